internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang recipients`
struct RecipientCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "recipients",
            abstract: Text(en: "Who gets the parcels.", zh: "收件人信息。").current,
            subcommands: [RecipientEraseCommand.self])
    }
}

/// `yuncang recipients erase --before <date>`
struct RecipientEraseCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "erase",
            abstract: Text(en: "Erase the recipients of old orders for good.", zh: "永久清除旧订单的收件人信息。").current,
            discussion: Text(
                en: """
                    Only orders that are over lose theirs: shipped, released, cancelled or returned. The region stays. \
                    Backups and write-ahead log keep what they hold until they are gone themselves.
                    """,
                zh: """
                    只清除已结束订单的收件人：已发货、已释放、已取消或已退货；保留省市区。\
                    备份和预写日志中的内容要等其自身删除后才消失。
                    """
            ).current)
    }

    @Option(
        help: ArgumentHelp(
            en: "Orders that were placed before this day begins in the base's time zone, such as 2026-08-01.",
            zh: "在基地时区的这一天开始之前下的订单，例如 2026-08-01。", valueName: "date"))
    var before: String

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        guard let day = CalendarDate(before) else {
            throw CommandFailure.invalid(
                before, rule: Text(en: "a day is written 2026-08-01", zh: "日期写成 2026-08-01"))
        }
        let person = Principal.atTerminal(context.environment)
        let erased = try await database.withBase(in: context) { open in
            try await open.orders.eraseRecipients(placedBefore: day, in: open.base.timeZone, by: person)
        }
        context.output.show(ErasedRecipients(count: erased))
        return .success
    }
}

/// How many recipients were erased.
private struct ErasedRecipients: Presentable {
    let count: Int

    func show(on page: inout Page) {
        page.line(Text(en: "\(count) erased", zh: "已清除 \(count) 个"))
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("erased", count)
        json.endObject()
    }
}
