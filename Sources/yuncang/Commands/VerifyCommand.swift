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

    @Option(
        help: ArgumentHelp(
            en: "A seal of the audit log that was noted elsewhere: finds a cut tail. serve logs each new one.",
            zh: "在别处记下的审计封条，用于发现被截掉的尾部。serve 会把每个新封条写入日志。", valueName: "number:digest"))
    var seal: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let seal = try seal.map { text throws(CommandFailure) in try SealMark(argument: text) }
        let report = try await database.withBase(in: context) { base in
            try await Verification(pool: base.pool, known: seal).run()
        }
        context.output.show(VerificationDescription(report: report))
        if !report.differences.isEmpty {
            context.output.hint(
                NextStep(
                    command: "yuncang repair", purpose: Text(en: "what can be done about it", zh: "看看可以怎么处理")))
        }
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
        let audit = report.audit
        page.line(
            StyledText(
                Text(
                    en: "audit log: \(audit.sealed) rows sealed, \(audit.unsealed) not yet",
                    zh: "审计日志：已封存 \(audit.sealed) 行，未封存 \(audit.unsealed) 行"
                ).current))
        if let last = audit.last {
            page.line(StyledText(Text(en: "last seal: \(last)", zh: "最新封条：\(last)").current, .quiet))
        }
        guard !report.differences.isEmpty else {
            page.line(StyledText(Text(en: "all explained", zh: "全部吻合").current, .good))
            return
        }
        var table = Table([
            .words(Text(en: "TABLE", zh: "表")), .words(Text(en: "ROW", zh: "行")),
            .words(Text(en: "COLUMN", zh: "列")), .numbers(Text(en: "STORED", zh: "记录值")),
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
        json.member("audit_sealed", report.audit.sealed)
        json.member("audit_unsealed", report.audit.unsealed)
        json.member("last_seal", report.audit.last?.description)
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

extension SealMark {
    /// Takes an argument.
    fileprivate init(argument text: String) throws(CommandFailure) {
        guard let mark = SealMark(text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a seal is its number, a colon and 64 hexadecimal digits, as verify prints it",
                    zh: "封条是编号、冒号和 64 位十六进制数字，与 verify 显示的一致"))
        }
        self = mark
    }
}
