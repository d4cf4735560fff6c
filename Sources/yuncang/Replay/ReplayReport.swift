internal import CloudWarehouse
internal import JSON

/// What became of a replay: the file's sums beside those of the orders, and what does not agree.
struct ReplayReport: Presentable {
    /// One sum that is not the file's.
    struct Disagreement: Sendable {
        let sku: SKUCode
        /// `lines`, `quantity`, `fen` or `committed`.
        let sum: String
        let expected: Int64
        let found: Int64
    }

    let outcome: ReplayRun.Outcome
    /// What the file says.
    let expected: [SKUSales]
    private(set) var disagreements: [Disagreement] = []
    let verification: VerificationReport

    /// Compares the sums of the file, of the orders, and of the stock that is served.
    ///
    /// - Parameters:
    ///   - before: What the same references had sold before the replay.
    ///   - rise: By how much the committed stock has grown over HTTP.
    init(
        _ outcome: ReplayRun.Outcome, expected: [SKUSales], before: [SKUSales], found: [SKUSales],
        rise: [SKUCode: Int64], verification: VerificationReport
    ) {
        self.outcome = outcome
        self.expected = expected
        self.verification = verification
        let sums = Dictionary(uniqueKeysWithValues: found.map { ($0.sku, $0) })
        let formerly = Dictionary(uniqueKeysWithValues: before.map { ($0.sku, $0.quantity) })
        for sales in expected {
            let sum = sums[sales.sku]
            expect(sales.sku, "lines", sales.lines, sum?.lines ?? 0)
            expect(sales.sku, "quantity", sales.quantity, sum?.quantity ?? 0)
            expect(sales.sku, "fen", sales.amount.rawValue, sum?.amount.rawValue ?? 0)
            expect(
                sales.sku, "committed", sales.quantity - formerly[sales.sku, default: 0], rise[sales.sku, default: 0])
        }
        for sales in found where !expected.contains(where: { $0.sku == sales.sku }) {
            expect(sales.sku, "lines", 0, sales.lines)
        }
    }

    private mutating func expect(_ sku: SKUCode, _ sum: String, _ expected: Int64, _ found: Int64) {
        guard expected != found else { return }
        disagreements.append(Disagreement(sku: sku, sum: sum, expected: expected, found: found))
    }

    /// Whether everything is as the file says.
    var agrees: Bool { outcome.mishaps.isEmpty && disagreements.isEmpty && verification.differences.isEmpty }

    private var total: Int64 { expected.reduce(0) { $0 + $1.amount.rawValue } }
    private var rate: Int64 { Int64(Double(outcome.placed) / max(outcome.seconds, 0.001)) }

    func show(on page: inout Page) {
        page.line(
            StyledText(
                Text(
                    en: "\(outcome.placed) orders of \(expected.count) SKUs, ¥\(Fen(rawValue: total).yuan), \(rate)/s",
                    zh: "\(outcome.placed) 笔订单，\(expected.count) 个单品，¥\(Fen(rawValue: total).yuan)，每秒 \(rate) 笔"
                ).current))
        for mishap in outcome.mishaps.prefix(5) {
            page.line(StyledText("\(mishap.reference): \(mishap.answer)", .bad))
        }
        if outcome.mishaps.count > 5 {
            page.line(Text(en: "and \(outcome.mishaps.count - 5) more", zh: "另有 \(outcome.mishaps.count - 5) 笔"), .bad)
        }
        var table = Table([
            .words(Text(en: "SKU", zh: "单品")), .words(Text(en: "SUM", zh: "合计")),
            .numbers(Text(en: "FILE", zh: "文件")), .numbers(Text(en: "FOUND", zh: "系统")),
        ])
        for each in disagreements {
            table.append([
                StyledText(each.sku.rawValue), StyledText(each.sum), StyledText("\(each.expected)"),
                StyledText("\(each.found)", .bad),
            ])
        }
        page.table(
            table,
            whenEmpty: Text(en: "every SKU's sums are the file's", zh: "每个单品的合计都与文件一致"))
        VerificationDescription(report: verification).show(on: &page)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("placed", outcome.placed)
        json.member("failed", outcome.mishaps.count)
        json.member("orders_per_second", rate)
        json.member("skus", expected.count)
        json.member("total_fen", total)
        json.key("disagreements")
        json.beginArray()
        for each in disagreements {
            json.beginObject()
            json.member("sku", each.sku.rawValue)
            json.member("sum", each.sum)
            json.member("expected", each.expected)
            json.member("found", each.found)
            json.endObject()
        }
        json.endArray()
        json.member("differences", verification.differences.count)
        json.endObject()
    }
}
