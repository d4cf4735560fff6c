internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang manifest`
struct ManifestCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "manifest",
            abstract: Text(en: "What carriers took along.", zh: "交接单：承运方带走了什么。").current,
            subcommands: [ManifestShowCommand.self])
    }
}

/// `yuncang manifest show <code>`
struct ManifestShowCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Text(en: "Show what was handed over under a manifest.", zh: "查看一张交接单上的包裹。").current)
    }

    @Argument(help: ArgumentHelp(en: "The manifest's code.", zh: "交接单号。"))
    var code: String

    @Option(help: ArgumentHelp(en: "Only parcels after this one.", zh: "只列出这一个之后的包裹。", valueName: "id"))
    var after: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let code = try ManifestCode(argument: code)
        let after = try after.map { text throws(CommandFailure) in try ID<Parcel>(argument: text) }
        let (found, times) = try await database.withBase(in: context) { base in
            let found = try await base.fulfilment.manifest(code, after: after)
            return (found, try await base.times(of: [found.manifest.openedAt]))
        }
        context.output.show(ManifestDescription(manifest: found.manifest, parcels: found.parcels, times: times))
        return .success
    }
}

private struct ManifestDescription: Presentable {
    let manifest: Manifest
    let parcels: [Parcel]
    let times: LocalTimes

    func show(on page: inout Page) {
        var record = Record()
        record.append(Text(en: "manifest", zh: "交接单"), StyledText(manifest.code.rawValue, .heading))
        record.append(
            Text(en: "carrier", zh: "承运方"),
            StyledText(manifest.carrier?.rawValue ?? Text(en: "the base's own cars", zh: "自有车辆").current))
        record.append(Text(en: "opened at", zh: "开始时间"), StyledText(times.text(manifest.openedAt)))
        record.append(Text(en: "parcels", zh: "包裹"), StyledText("\(parcels.count)"))
        page.record(record)
        ParcelList(parcels: parcels).show(on: &page)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", manifest.id.description)
        json.member("code", manifest.code.rawValue)
        json.member("carrier", manifest.carrier?.rawValue)
        json.member("opened_at", manifest.openedAt.description)
        json.key("parcels")
        ParcelList(parcels: parcels).write(to: &json)
        json.endObject()
    }
}
