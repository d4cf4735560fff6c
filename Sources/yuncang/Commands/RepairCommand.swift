internal import ArgumentParser
internal import CloudWarehouse
internal import JSON
internal import Postgres

/// `yuncang repair [--yes] [--note <text>]`
struct RepairCommand: ConsoleCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "repair",
            abstract: Text(
                en: "Bring counters to what the ledger and the orders explain.", zh: "把计数改回流水和订单所能解释的数。"
            ).current,
            discussion: Text(
                en: """
                    Without --yes it only shows what it would post. With it, each difference is read again under the locks, \
                    and what is still there is posted in one transaction and recorded; nothing that has happened is \
                    rewritten. What no counter can mend is named with what to do, and never touched. May run while the \
                    base sells: orders for the same SKUs wait for it. Exits with 3 when something is left to do.
                    """,
                zh: """
                    不加 --yes 时只显示将要记录的修正。加上后，在锁内重新读取每一处差异，仍然存在的在一个事务里修正并留下记录，\
                    已发生的事不会被改写。计数解决不了的，会指出该怎么办，绝不改动。销售期间可以运行，同一 SKU 的订单会稍等。\
                    还有事情要做时退出码为 3。
                    """
            ).current)
    }

    @Flag(help: ArgumentHelp(en: "Do it.", zh: "执行。"))
    var yes = false

    @Option(
        help: ArgumentHelp(en: "What went wrong, in your words.", zh: "出了什么问题，用自己的话写。", valueName: "text"))
    var note: String?

    @OptionGroup(title: DatabaseOptions.title)
    var database: DatabaseOptions

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let note = try note.map { text throws(CommandFailure) in try AdjustmentNote(argument: text) }
        let (plan, report) = try await database.withBase(in: context) { base in
            let repair = Repair(pool: base.pool)
            let plan = try await repair.plan()
            guard yes else { return (plan, RepairReport?.none) }
            let report = try await repair.carryOut(plan, note: note, by: .atTerminal(context.environment))
            return (plan, report)
        }
        context.output.show(RepairDescription(plan: plan, report: report))
        if report == nil, !plan.entries.isEmpty {
            context.output.hint(
                NextStep(
                    command: "yuncang repair --yes", purpose: Text(en: "post what is listed", zh: "执行上面列出的修正")))
        }
        let isLeft = report == nil ? !plan.entries.isEmpty : plan.isCut
        return isLeft || !plan.cases.isEmpty ? .differences : .success
    }
}

/// What a repair would post or has posted, and what it leaves to people.
struct RepairDescription: Presentable {
    let plan: RepairPlan
    /// What was posted; nil when nothing was to be.
    let report: RepairReport?

    private var entries: [RepairEntry] { report?.entries ?? plan.entries }

    func show(on page: inout Page) {
        guard !plan.entries.isEmpty || !plan.cases.isEmpty else {
            page.line(Text(en: "nothing to repair: all explained", zh: "无需修正：全部吻合"), .good)
            return
        }
        showEntries(on: &page)
        if plan.isCut {
            page.line(
                Text(en: "there may be more: run it again afterwards", zh: "可能还有更多：之后请再运行一次"), .warning)
        }
        showCases(on: &page)
    }

    private func showEntries(on page: inout Page) {
        guard !plan.entries.isEmpty else { return }
        guard let report else {
            page.line(
                Text(
                    en: "would post \(entries.count); nothing was changed", zh: "将修正 \(entries.count) 处；没有改变什么"),
                .warning)
            return page.table(table, whenEmpty: Text(en: "nothing", zh: "无"))
        }
        let changed = plan.entries.count - entries.count
        if let id = report.id {
            page.line(
                Text(en: "posted \(entries.count), recorded as \(id)", zh: "已修正 \(entries.count) 处，记录 \(id)"), .good)
        }
        if changed > 0 {
            page.line(
                Text(
                    en: "\(changed) had changed meanwhile and were not posted",
                    zh: "\(changed) 处在此期间已变化，没有修正"), .warning)
        }
        page.table(table, whenEmpty: Text(en: "nothing was left to post", zh: "已没有需要修正的"))
    }

    private var table: Table {
        var table = Table([
            .words(Text(en: "TABLE", zh: "表")), .words(Text(en: "ROW", zh: "行")),
            .words(Text(en: "COLUMN", zh: "列")), .numbers(Text(en: "STORED", zh: "记录值")),
            .numbers(Text(en: "SHOULD BE", zh: "应为")), .numbers(Text(en: "POSTED", zh: "修正")),
        ])
        for entry in entries {
            table.append([
                StyledText(entry.table), StyledText(entry.row), StyledText(entry.column),
                StyledText(entry.stored.map { "\($0)" } ?? "—"), StyledText("\(entry.expected)"),
                StyledText(entry.delta > 0 ? "+\(entry.delta)" : "\(entry.delta)"),
            ])
        }
        return table
    }

    private func showCases(on page: inout Page) {
        guard !plan.cases.isEmpty else { return }
        page.line(Text(en: "needs a person: \(plan.cases.count)", zh: "需要人工处理：\(plan.cases.count) 处"), .bad)
        for remedy in Remedy.allCases {
            let cases = plan.cases.filter { $0.remedy == remedy }
            guard !cases.isEmpty else { continue }
            page.line(remedy.advice, .plain)
            for found in cases { page.line(found.difference.words, .quiet) }
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("repair", report?.id?.description)
        json.member("repaired_at", report?.repairedAt?.description)
        json.member("posted", report?.id != nil)
        json.key("entries")
        json.beginArray()
        for entry in entries {
            json.beginObject()
            json.member("table", entry.table)
            json.member("row", entry.row)
            json.member("column", entry.column)
            json.key("stored")
            if let stored = entry.stored { json.integer(stored) } else { json.null() }
            json.member("expected", entry.expected)
            json.member("delta", entry.delta)
            json.endObject()
        }
        json.endArray()
        json.key("needs_person")
        json.beginArray()
        for found in plan.cases {
            json.beginObject()
            json.member("table", found.difference.table)
            json.member("row", found.difference.row)
            json.member("column", found.difference.column)
            json.member("stored", found.difference.stored)
            json.member("expected", found.difference.expected)
            json.member("remedy", found.remedy.rawValue)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}

extension Difference {
    /// One line.
    fileprivate var words: Text {
        Text(
            en: "  \(description)",
            zh: "  \(table) \(row)：\(column) 为 \(stored ?? "无")，应为 \(expected ?? "无")")
    }
}
