internal import CloudWarehouse
internal import JSON

/// What became of a melon session, for a terminal, a program and a page.
struct SessionReport: Presentable {
    /// How and where it was taken.
    struct Circumstances: Sendable {
        let sku: SKUCode
        let connections: Int
        /// What was done to the service in the midst, in words; nil when nothing was.
        let interruption: String?
        /// The base's local time at the end.
        let time: String
        let machine: MachineDescription
        /// What to type for another one.
        let command: String
        /// Where the page is.
        let path: String?
    }

    /// A line of the result.
    struct Figure: Sendable {
        let name: Text
        let value: Text
        var role = Role.plain
    }

    let tally: SessionTally
    let audit: SessionAudit
    let verification: VerificationReport
    let circumstances: Circumstances

    /// Whether everything is as it should be.
    var agrees: Bool { audit.faults.isEmpty && verification.differences.isEmpty }

    /// Orders that were placed or refused, a second.
    var rate: Int { Int((Double(tally.answers.count) / max(tally.end / .seconds(1), 0.001)).rounded()) }

    /// The answer's time that so many of a thousand do not exceed, from the last time an order was sent.
    func latency(_ thousandth: Int) -> Duration {
        let times = tally.answers.map(\.took).sorted()
        guard !times.isEmpty else { return .zero }
        return times[(times.count * thousandth + 999) / 1_000 - 1]
    }

    /// The longest that a viewer waited, interruptions included.
    var longestWait: Duration { tally.answers.map(\.waited).max() ?? .zero }

    // MARK: For people

    func show(on page: inout Page) {
        page.blank()
        page.line(headline, agrees ? .good : .bad)
        page.blank()
        var record = Record()
        for figure in figures { record.append(figure.name, StyledText(figure.value.current, figure.role)) }
        page.record(record)
        for fault in audit.faults.prefix(5) { page.line(fault.text, .bad) }
        if audit.faults.count > 5 {
            page.line(Text(en: "and \(audit.faults.count - 5) more", zh: "另有 \(audit.faults.count - 5) 处"), .bad)
        }
        if !verification.differences.isEmpty { VerificationDescription(report: verification).show(on: &page) }
        if let path = circumstances.path {
            page.blank()
            page.line(StyledText(Text(en: "report: ", zh: "报告：").current), StyledText(path, .command))
        }
    }

    /// The result in a sentence.
    var headline: Text {
        let (sold, stock) = (FigureText.grouped(tally.sold), FigureText.grouped(tally.stock))
        guard agrees else {
            return Text(
                en: "\(sold) of \(stock) pieces sold, and something is not as it should be",
                zh: "\(stock) 件中卖出 \(sold) 件，但有不符之处")
        }
        return Text(
            en: "\(sold) of \(stock) pieces sold, none twice, none left, none lost",
            zh: "\(stock) 件全部卖出：没有超卖，没有剩余，没有丢单")
    }

    /// Line by line, for the terminal and the page.
    var figures: [Figure] { demand + supply + speed + proofs }

    private var demand: [Figure] {
        let late = tally.lateViewers
        return [
            Figure(
                name: Text(en: "viewers who ordered", zh: "下单观众"),
                value: late == 0
                    ? .verbatim(FigureText.grouped(tally.viewers))
                    : Text(
                        en: "\(FigureText.grouped(tally.viewers)), the last \(late) for pieces that came back",
                        zh: "\(FigureText.grouped(tally.viewers))，其中最后 \(late) 位买走退回的件数")),
            Figure(name: Text(en: "connections", zh: "连接数"), value: .verbatim("\(circumstances.connections)")),
            Figure(
                name: Text(en: "sent twice at once", zh: "同时重复提交"),
                value: Text(
                    en: "\(tally.doubled), each with one effect", zh: "\(tally.doubled) 笔，每笔只生效一次")),
            Figure(
                name: Text(en: "sent again after no answer", zh: "无应答后重发"), value: .verbatim("\(tally.retried)")),
        ]
    }

    private var supply: [Figure] {
        let cancelled = tally.cancelled
        let back = cancelled.reduce(0) { $0 + $1.pieces }
        return [
            Figure(
                name: Text(en: "orders placed", zh: "成功订单"),
                value: Text(
                    en: """
                        \(FigureText.grouped(tally.promises.count)), of which \(cancelled.count) were called off: \
                        \(back) pieces were sold again
                        """,
                    zh: "\(FigureText.grouped(tally.promises.count))，其中取消 \(cancelled.count) 笔，退回的 \(back) 件重新卖出")),
            Figure(
                name: Text(en: "pieces sold", zh: "卖出件数"),
                value: Text(
                    en: "\(FigureText.grouped(tally.sold)) of \(FigureText.grouped(tally.stock))",
                    zh: "\(FigureText.grouped(tally.sold)) / \(FigureText.grouped(tally.stock))"),
                role: tally.sold == tally.stock ? .good : .bad),
            Figure(
                name: Text(en: "refused: sold out", zh: "售罄未成交"),
                value: .verbatim(FigureText.grouped(tally.refused))),
        ]
    }

    private var speed: [Figure] {
        let best = FigureText.grouped(SessionTimeline.bestSecond(of: tally))
        var figures = [
            Figure(
                name: Text(en: "orders answered", zh: "处理速度"),
                value: Text(
                    en: "\(FigureText.grouped(rate))/s as the viewers came, \(best) in the busiest second",
                    zh: "按观众到来的节奏平均每秒 \(FigureText.grouped(rate)) 笔，最忙的一秒 \(best) 笔")),
            Figure(
                name: Text(en: "time to answer", zh: "应答时间"),
                value: Text(
                    en: "median \(FigureText.duration(latency(500))), 99% within \(FigureText.duration(latency(990)))",
                    zh: "中位数 \(FigureText.duration(latency(500)))，99% 在 \(FigureText.duration(latency(990))) 以内")),
            Figure(
                name: Text(en: "longest wait of a viewer", zh: "观众最长等待"),
                value: Text(
                    en: "\(FigureText.duration(longestWait)), with every repetition",
                    zh: "\(FigureText.duration(longestWait))，含全部重发")),
        ]
        if let gap = tally.longestOutage {
            let what = circumstances.interruption.map { ": \($0)" } ?? ""
            figures.append(
                Figure(
                    name: Text(en: "nobody was served for", zh: "服务中断"),
                    value: .verbatim(FigureText.duration(gap.length) + what), role: .warning))
        }
        return figures
    }

    private var proofs: [Figure] {
        let (extent, differences) = (verification.extent, verification.differences.count)
        return [
            Figure(
                name: Text(en: "told and recorded", zh: "告知与记录"),
                value: audit.faults.isEmpty
                    ? Text(
                        en:
                            "the same: \(FigureText.grouped(audit.found)) orders, each there once, none that nobody was told of",
                        zh: "一致：\(FigureText.grouped(audit.found)) 笔订单，各只有一笔，没有一笔是无人知晓的")
                    : Text(en: Text.count(audit.faults.count, "fault"), zh: "\(audit.faults.count) 处不符"),
                role: audit.faults.isEmpty ? .good : .bad),
            Figure(
                name: .verbatim("yuncang verify"),
                value: differences == 0
                    ? Text(
                        en:
                            "all explained: \(extent.movements) movements, \(extent.pools) pools, \(extent.orders) orders",
                        zh: "全部吻合：流水 \(extent.movements) 条，库存池 \(extent.pools) 个，订单 \(extent.orders) 笔")
                    : Text(en: Text.count(differences, "difference"), zh: "\(differences) 处差异"),
                role: differences == 0 ? .good : .bad),
        ]
    }

    // MARK: For programs

    func write(to json: inout JSONWriter) {
        let microseconds = { (duration: Duration) in Int64(duration / .microseconds(1)) }
        json.beginObject()
        json.member("viewers", tally.viewers)
        json.member("doubled", tally.doubled)
        json.member("retried", tally.retried)
        json.member("placed", tally.promises.count)
        json.member("cancelled", tally.cancelled.count)
        json.member("stock", tally.stock)
        json.member("sold", tally.sold)
        json.member("refused", tally.refused)
        json.member("orders_per_second", rate)
        json.member("busiest_second", SessionTimeline.bestSecond(of: tally))
        json.member("median_us", microseconds(latency(500)))
        json.member("p99_us", microseconds(latency(990)))
        json.member("longest_wait_us", microseconds(longestWait))
        json.member("gap_us", microseconds(tally.longestOutage?.length ?? .zero))
        json.member("interruption", circumstances.interruption)
        json.key("faults")
        json.strings(audit.faults.map(\.text.en))
        json.member("differences", verification.differences.count)
        json.member("report", circumstances.path)
        json.endObject()
    }
}
