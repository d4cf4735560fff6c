internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang verify`
struct VerifyCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: Text(
                en: "Recompute every counter from the ledger and the orders, and name each difference.",
                zh: "根据流水和订单重新计算每一个计数，指出每一处差异。"
            ).current,
            discussion: Text(
                en: """
                    Reads one snapshot, waits for nobody and makes nobody wait; may run while the base sells. Exits with 3 \
                    when there are differences.
                    """,
                zh: "读取同一个快照，不等待别人，也不让别人等待；销售期间可以运行。有差异时退出码为 3。"
            ).current)
    }

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let report = try await database.withBase(in: context) { try await Verification(pool: $0.pool).run() }
        context.output.show(VerificationDescription(report: report))
        return report.differences.isEmpty ? .success : .differences
    }
}

/// What a verification found.
struct VerificationDescription: Presentable {
    let report: VerificationReport

    func show(on page: inout Page) {
        let extent = report.extent
        page.line(
            StyledText(
                Text(
                    en: """
                        \(extent.movements) movements, \(extent.balances) balances, \(extent.pools) pools, \
                        \(extent.orders) orders of ¥\(extent.total.yuan)
                        """,
                    zh: """
                        流水 \(extent.movements) 条，余额 \(extent.balances) 条，库存池 \(extent.pools) 个，\
                        订单 \(extent.orders) 笔共 ¥\(extent.total.yuan)
                        """
                ).current))
        guard !report.differences.isEmpty else {
            page.line(StyledText(Text(en: "all explained", zh: "全部吻合").current, .good))
            return
        }
        var table = Table([
            .words(Text(en: "TABLE", zh: "表")), .words(Text(en: "ROW", zh: "行")),
            .words(Text(en: "COLUMN", zh: "列")), .numbers(Text(en: "STORED", zh: "存的")),
            .numbers(Text(en: "SHOULD BE", zh: "应为")),
        ])
        for difference in report.differences {
            table.append([
                StyledText(difference.table, .bad), StyledText(difference.row), StyledText(difference.column),
                StyledText(difference.stored ?? "—"), StyledText(difference.expected ?? "—"),
            ])
        }
        page.table(table, whenEmpty: .verbatim(""))
    }

    func write(to json: inout JSONWriter) {
        let extent = report.extent
        json.beginObject()
        json.member("at", extent.at.description)
        json.member("movements", extent.movements)
        json.member("balances", extent.balances)
        json.member("pools", extent.pools)
        json.member("orders", extent.orders)
        json.member("total_fen", extent.total.rawValue)
        json.key("differences")
        json.beginArray()
        for difference in report.differences {
            json.beginObject()
            json.member("table", difference.table)
            json.member("row", difference.row)
            json.member("column", difference.column)
            json.member("stored", difference.stored)
            json.member("expected", difference.expected)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
