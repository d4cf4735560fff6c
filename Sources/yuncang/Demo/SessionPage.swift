internal import CloudWarehouse
internal import WarehouseAPI

/// A session's result on one page: no script, nothing from elsewhere, for a screen by day and night and for paper.
struct SessionPage: Sendable {
    let report: SessionReport

    /// The whole document.
    var document: String { page.markup }

    private var page: HTML {
        """
        <!DOCTYPE html>
        <html lang="\(Language.current == .chinese ? "zh-Hans" : "en")">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.title.current)</title>
        <link rel="icon" href="data:,">
        \(Self.style)
        </head>
        <body>
        <header><p>\(Text(en: "Yuncang", zh: "云仓").current)</p><h1>\(report.headline.current)</h1><p>\(lead.current)</p></header>
        \(cards)
        <figure>\(chart)<figcaption>\(caption.current)</figcaption></figure>
        <table><tbody>\(rows)</tbody></table>
        \(faults)
        <footer><p>\(report.circumstances.time) · \(report.circumstances.machine.text.current)</p>
        <p>\(Text(en: "Again:", zh: "再来一次：").current) <code>\(report.circumstances.command)</code></p></footer>
        </body>
        </html>

        """
    }

    private static var title: Text { Text(en: "A melon session", zh: "甜瓜直播专场") }

    private var lead: Text {
        let (stock, viewers) = (FigureText.grouped(report.tally.stock), FigureText.grouped(report.tally.viewers))
        return Text(
            en: """
                A livestream sells \(stock) boxes of \(report.circumstances.sku.rawValue) to \(viewers) viewers over \
                \(report.circumstances.connections) connections. Some pay later, some call their order off, some tap twice; \
                whoever gets no answer sends the same order again.
                """,
            zh: """
                直播间把 \(stock) 件 \(report.circumstances.sku.rawValue) 卖给 \(viewers) 位观众，经 \
                \(report.circumstances.connections) 个连接下单。有人稍后付款，有人取消，有人连点两次；没有得到应答的，就把同一订单再发一次。
                """)
    }

    // MARK: Parts

    private var cards: HTML {
        let tally = report.tally
        let clean = report.verification.differences.isEmpty
        var cards = [
            card(
                FigureText.grouped(tally.sold), Text(en: "pieces sold", zh: "卖出件数"), isGood: tally.sold == tally.stock),
            card(FigureText.grouped(tally.refused), Text(en: "refused, sold out", zh: "售罄未成交")),
            card(FigureText.duration(report.latency(500)), Text(en: "median answer", zh: "应答中位数")),
        ]
        if let gap = tally.longestOutage {
            cards.append(card(FigureText.duration(gap.length), Text(en: "without service", zh: "服务中断")))
        }
        cards.append(
            card(
                clean ? Text(en: "clean", zh: "吻合").current : "\(report.verification.differences.count)",
                Text(en: "verify", zh: "核验"), isGood: clean))
        return "<ul class=\"cards\">\(cards)</ul>"
    }

    private func card(_ figure: String, _ name: Text, isGood: Bool? = nil) -> HTML {
        let look = isGood.map { $0 ? "good" : "bad" } ?? ""
        return "<li><strong class=\"\(look)\">\(figure)</strong><span>\(name.current)</span></li>"
    }

    private var chart: HTML {
        let what = report.circumstances.interruption.map(Text.verbatim) ?? Text(en: "nobody served", zh: "服务中断")
        return SessionChart(
            timeline: SessionTimeline(report.tally), stock: report.tally.stock,
            gap: report.tally.longestOutage.map { ($0, what) }
        ).drawing
    }

    private var caption: Text {
        let soldOut = report.tally.soldOutAt.map(FigureText.duration) ?? "–"
        return Text(
            en: """
                The line is what was left, the columns are orders answered. The last piece went for the first time after \
                \(soldOut); what came back later was sold again.
                """,
            zh: "折线是剩余件数，柱是处理的订单。最后一件首次售出于第 \(soldOut)；之后退回的又重新卖出。")
    }

    private var rows: [HTML] {
        report.figures.map { figure in
            let look = figure.role == .good ? "good" : figure.role == .bad ? "bad" : ""
            return
                "<tr><th scope=\"row\">\(figure.name.current)</th><td class=\"\(look)\">\(figure.value.current)</td></tr>\n"
        }
    }

    private var faults: HTML {
        let faults = report.audit.faults.prefix(50)
        guard !faults.isEmpty else { return .empty }
        let lines = faults.map { fault -> HTML in "<li class=\"bad\">\(fault.text.current)</li>" }
        return "<ul>\(lines)</ul>"
    }

    private static let style: HTML = """
        <style>
        :root { color-scheme: light dark; --ground: #f6f7f4; --paper: #fff; --ink: #1c241d; --quiet: #5b665c; --line: #d5dbd3;
          --stock: #1f6b3a; --rate: #d9a441; --rate-ink: #8a5a00; --gap: #a3261b; }
        @media (prefers-color-scheme: dark) { :root { --ground: #141815; --paper: #1d231e; --ink: #e8ede8; --quiet: #a2ada3;
          --line: #39423a; --stock: #7fd09a; --rate: #8a6a2c; --rate-ink: #e0b050; --gap: #ff9488; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem; color: var(--ink); background: var(--ground);
          font: 16px/1.5 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
        header p { margin: 0; color: var(--quiet); }
        h1 { margin: .2rem 0 .5rem; font-size: 1.7rem; line-height: 1.25; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0;
          padding: 0; list-style: none; }
        .cards li, figure { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; }
        .cards strong { display: block; font-size: 1.6rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
        .cards span, figcaption, footer { color: var(--quiet); font-size: .92rem; }
        figure { margin: 0 0 1rem; break-inside: avoid; }
        svg { display: block; width: 100%; height: auto; }
        svg text { font-size: 140px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
        svg .strong { font-weight: 700; }
        svg .of-stock { fill: var(--stock); }
        svg .of-rate { fill: var(--rate-ink); }
        svg .of-kill { fill: var(--gap); font-weight: 700; }
        svg .grid { stroke: var(--line); stroke-width: 8; }
        svg .rate { fill: var(--rate); opacity: .7; }
        svg .stock { fill: none; stroke: var(--stock); stroke-width: 36; stroke-linejoin: round; }
        svg .gap { fill: var(--gap); opacity: .22; }
        svg .kill { stroke: var(--gap); stroke-width: 16; stroke-dasharray: 60 40; }
        table { width: 100%; border-collapse: collapse; }
        th, td { padding: .3rem .5rem .3rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top;
          font-variant-numeric: tabular-nums; }
        th { width: 15rem; font-weight: normal; color: var(--quiet); }
        .good { color: var(--stock); }
        .bad { color: var(--gap); font-weight: 700; }
        code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        footer { margin-top: 1rem; border-top: 1px solid var(--line); }
        footer p { margin: .4rem 0; }
        @media (max-width: 40rem) { th, td { display: block; width: auto; padding: .2rem 0; } td { border: 0; padding-top: 0; } }
        @media print { :root { color-scheme: light; --ground: #fff; --paper: #fff; --ink: #000; --quiet: #444; --line: #ccc;
          --stock: #1f6b3a; --rate: #d9a441; --rate-ink: #8a5a00; --gap: #a3261b; }
          body { font-size: 9.5pt; line-height: 1.35; max-width: none; padding: 0; } h1 { font-size: 15pt; }
          .cards { grid: auto / auto-flow 1fr; margin: .6rem 0; } .cards strong { font-size: 13pt; }
          figure { padding: .4rem .75rem; }
          th, td { padding: .12rem .5rem .12rem 0; }
          @page { size: A4; margin: 14mm; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        </style>
        """
}
