internal import ArgumentParser
internal import CloudWarehouse
internal import JSON

/// `yuncang maintain`
struct MaintainCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "maintain",
            abstract: Text(
                en: "Make the partitions of the months ahead, for all bases.", zh: "为所有直播基地提前建好后几个月的分区。"
            ).current,
            discussion: Text(
                en: "Runs as the schema's owner, at YUNCANG_OWNER_URL if that is set. Let a timer run it once a day.",
                zh: "以 schema 所有者的身份运行；设置了 YUNCANG_OWNER_URL 时使用它。请用定时器每天运行一次。"
            ).current)
    }

    @OptionGroup(title: ServerOptions.title)
    var server: ServerOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let location = try server.ownerLocation(in: context.environment)
        let made = try await DatabaseAccess.at(location) { database in
            try await database.withInstallation { installation in
                for condition in try await installation.conditions() {
                    try CommandFailure.refuse(unlessCurrent: condition)
                }
                var made: [(base: BaseKey, partitions: [String])] = []
                for base in try await installation.bases() {
                    made.append((base.key, try await installation.maintain(base)))
                }
                return made
            }
        }
        context.output.show(PartitionList(bases: made))
        return .success
    }
}

/// The partitions that were made.
private struct PartitionList: Presentable {
    let bases: [(base: BaseKey, partitions: [String])]

    func show(on page: inout Page) {
        var table = Table([.words(Text(en: "BASE", zh: "直播基地")), .words(Text(en: "MADE", zh: "已建分区"))])
        for (base, partitions) in bases {
            for partition in partitions { table.append([StyledText(base.rawValue), StyledText(partition)]) }
        }
        page.table(
            table,
            whenEmpty: bases.isEmpty
                ? Text(en: "there is no base yet", zh: "还没有任何直播基地")
                : Text(en: "all partitions were there already", zh: "所有分区都已存在"))
    }

    func write(to json: inout JSONWriter) {
        json.beginArray()
        for (base, partitions) in bases {
            json.beginObject()
            json.member("base", base.rawValue)
            json.key("made")
            json.strings(partitions)
            json.endObject()
        }
        json.endArray()
    }
}
