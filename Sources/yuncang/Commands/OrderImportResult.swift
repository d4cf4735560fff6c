internal import CloudWarehouse
internal import JSON

/// What an import of orders came to.
struct OrderImportResult: Presentable {
    /// Orders placed just now, or that would be.
    private(set) var placed = 0
    /// Of those, orders that are short of goods: sold elsewhere, and not all there.
    private(set) var short = 0
    /// Orders that were there already.
    private(set) var repeated = 0
    /// Orders that were not tried, because of ``failure``.
    private(set) var untried = 0
    /// Orders that the intake refused.
    private(set) var refusedOrders = 0
    /// Everything that is wrong, by lines.
    private(set) var details: [FailureDetail]
    /// How much is wrong, listed or not.
    private(set) var detailCount: Int
    /// The rows of which nothing came, with what is wrong with each.
    private(set) var rows: [(raw: RawRow, details: [FailureDetail])] = []
    /// The headings of the file.
    let headings: [String]
    /// Where the rows were written to.
    var refusedFile: String?
    /// Why the import broke off; nil when it went through.
    let failure: CommandFailure?

    private let plan: OrderPlan
    private let isDryRun: Bool

    init(
        plan: OrderPlan, report: OrderImport.Report, headings: [String], units: [SKUCode: BaseUnit], isDryRun: Bool
    ) {
        self.plan = plan
        self.headings = headings
        self.isDryRun = isDryRun
        details = plan.problems.map { FailureDetail($0) }
        var byLine = Dictionary(grouping: details) { $0.line ?? 0 }
        var refused = plan.refused
        for (entry, outcome) in zip(plan.orders, report.outcomes) {
            switch outcome {
            case .placed: placed += 1
            case .short:
                placed += 1
                short += 1
            case .repeated: repeated += 1
            case .refused(let refusal):
                let detail = refusal.detail(
                    of: entry.order.key.reference, line: entry.rows.first?.line ?? 0, in: units)
                details.append(detail)
                refusedOrders += 1
                refused += entry.rows
                for row in entry.rows { byLine[row.line, default: []].append(detail) }
            }
        }
        untried = plan.orders.count - report.outcomes.count
        details.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        detailCount = plan.problemCount + refusedOrders
        rows = refused.sorted { $0.line < $1.line }.map { ($0, byLine[$0.line, default: []]) }
        failure = report.failure.map { error in
            var failure = error.commandFailure
            failure.remedy = Text(
                en: "import the same file again: what is placed is not placed twice", zh: "请重新导入同一文件：已下的订单不会重复")
            return failure
        }
    }

    func show(on page: inout Page) {
        if isDryRun { page.line(Text(en: "nothing was placed: this was a trial", zh: "这只是试运行，没有下单"), .warning) }
        page.line(counts, .good)
        if short > 0 {
            page.line(
                Text(
                    en:
                        "\(Text.count(short, "order")) of these short of goods: see `yuncang order list --state paid_short`",
                    zh: "其中 \(short) 个订单缺货：请查看 yuncang order list --state paid_short"), .warning)
        }
        if plan.skippedOrders > 0 || plan.skippedRows > 0 {
            page.line(
                Text(
                    en:
                        "not to be sent: \(Text.count(plan.skippedOrders, "order")), and \(Text.count(plan.skippedRows, "row")) of others",
                    zh: "无需发货：\(plan.skippedOrders) 个订单，另有其他订单中的 \(plan.skippedRows) 行"), .quiet)
        }
        if untried > 0 {
            page.line(
                Text(en: "\(Text.count(untried, "order")) not tried", zh: "\(untried) 个订单尚未处理"), .warning)
        }
        if !plan.notKept.isEmpty {
            let columns = plan.notKept.map(\.heading).joined(separator: ", ")
            page.line(Text(en: "read but not kept yet: \(columns)", zh: "已读取但暂不保存：\(columns)"), .quiet)
        }
        showProblems(on: &page)
    }

    private var counts: Text {
        isDryRun
            ? Text(
                en: "\(Text.count(placed, "order")) would be placed, \(repeated) are there already",
                zh: "将下 \(placed) 个订单，已有 \(repeated) 个")
            : Text(
                en: "\(Text.count(placed, "order")) placed, \(repeated) were there already",
                zh: "已下 \(placed) 个订单，此前已有 \(repeated) 个")
    }

    private func showProblems(on page: inout Page) {
        guard detailCount > 0 else { return }
        page.line(
            Text(
                en: "\(Text.count(detailCount, "problem")): \(Text.count(rows.count, "row")) not placed",
                zh: "\(detailCount) 个问题：\(rows.count) 行没有下单"), .bad)
        for detail in details.prefix(FailureDetail.shownAtMost) { page.line(detail.located) }
        if detailCount > FailureDetail.shownAtMost {
            let rest = detailCount - FailureDetail.shownAtMost
            page.line(Text(en: "and \(rest) more", zh: "另有 \(rest) 个问题"), .quiet)
        }
        if let refusedFile {
            page.line(
                Text(
                    en: "these rows are in \(refusedFile): mend and import it", zh: "这些行已写入 \(refusedFile)：改好后请导入它"),
                .warning)
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("dry_run", isDryRun)
        json.member("placed", placed)
        json.member("short", short)
        json.member("repeated", repeated)
        json.member("skipped_orders", plan.skippedOrders)
        json.member("skipped_rows", plan.skippedRows)
        json.member("refused_orders", refusedOrders)
        json.member("refused_rows", rows.count)
        json.member("untried_orders", untried)
        json.member("refused_file", refusedFile)
        json.key("not_kept")
        json.strings(plan.notKept.map(\.rawValue))
        json.key("problems")
        json.beginArray()
        for detail in details { detail.write(to: &json) }
        json.endArray()
        json.member("problem_count", detailCount)
        json.endObject()
    }
}
