internal import WarehouseAPI

/// What was left and how many orders were answered, over time, as a drawing.
struct SessionChart: Sendable {
    let timeline: SessionTimeline
    let stock: Int64
    /// The time in which nobody was served, and what it was.
    let gap: (outage: SessionTally.Outage, what: Text)?

    /// The drawing's measures, in its own unit.
    private static let (left, right, top, bottom) = (800, 8_800, 500, 3_100)
    private static let (width, height) = (9_600, 3_700)

    private var time: ChartScale {
        ChartScale(
            upTo: max(Int((timeline.width * timeline.columns.count / .milliseconds(1)).rounded(.up)), 1), steps: 16)
    }
    private var pieces: ChartScale { ChartScale(upTo: Int(stock)) }
    private var rates: ChartScale { ChartScale(upTo: timeline.columns.map(timeline.rate).max() ?? 1) }

    /// As SVG for the midst of a page, whose style gives it its colours.
    var drawing: HTML {
        """
        <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(Self.title.current)">
        \(grid)\(band)\(bars)<polyline class="stock" points="\(line)"/>\(legend)
        </svg>
        """
    }

    static var title: Text {
        Text(en: "pieces left, and orders answered a second, over time", zh: "剩余件数与每秒处理订单数随时间的变化")
    }

    private func x(_ duration: Duration) -> Int {
        Self.left + time.position(of: Int(duration / .milliseconds(1)), on: Self.right - Self.left)
    }

    private func y(_ value: Int, on scale: ChartScale) -> Int {
        Self.bottom - scale.position(of: value, on: Self.bottom - Self.top)
    }

    private var grid: HTML {
        let levels = pieces.marks.map { mark -> HTML in
            let height = y(mark, on: pieces)
            return """
                <line class="grid" x1="\(Self.left)" x2="\(Self.right)" y1="\(height)" y2="\(height)"/>\
                <text class="of-stock" x="\(Self.left - 90)" y="\(height + 45)" text-anchor="end">\(FigureText.grouped(mark))</text>
                """
        }
        let speeds = rates.marks.map { mark -> HTML in
            """
            <text class="of-rate" x="\(Self.right + 90)" y="\(y(mark, on: rates) + 45)">\(FigureText.grouped(mark))</text>
            """
        }
        let times = time.marks.map { mark -> HTML in
            """
            <text x="\(x(.milliseconds(mark)))" y="\(Self.bottom + 210)" text-anchor="middle">\(Self.seconds(mark))</text>
            """
        }
        return """
            \(levels)\(speeds)\(times)<text x="\((Self.left + Self.right) / 2)" y="\(Self.bottom + 440)" \
            text-anchor="middle">\(Text(en: "seconds", zh: "秒").current)</text>
            """
    }

    /// `0.2` or `15` of milliseconds.
    private static func seconds(_ milliseconds: Int) -> String {
        guard milliseconds % 1_000 != 0 else { return "\(milliseconds / 1_000)" }
        var fraction = String(milliseconds % 1_000 + 1_000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return "\(milliseconds / 1_000).\(fraction)"
    }

    private var bars: HTML {
        HTML(
            joining: timeline.columns.enumerated().map { index, column in
                let (from, until) = (x(timeline.width * index), x(timeline.width * (index + 1)))
                let top = y(timeline.rate(of: column), on: rates)
                return """
                    <rect class="rate" x="\(from)" y="\(top)" width="\(max(until - from - 8, 4))" \
                    height="\(Self.bottom - top)"/>
                    """
            })
    }

    /// From the full stock to the left of all columns, through the end of each.
    private var line: String {
        let first = "\(Self.left),\(y(Int(stock), on: pieces))"
        let rest = timeline.columns.enumerated().map { index, column in
            "\(x(timeline.width * (index + 1))),\(y(Int(column.left), on: pieces))"
        }
        return ([first] + rest).joined(separator: " ")
    }

    private var band: HTML {
        guard let gap else { return .empty }
        let (from, until) = (x(gap.outage.from), x(gap.outage.until))
        let isLate = from > (Self.left + Self.right) / 2
        return """
            <rect class="gap" x="\(from)" y="\(Self.top)" width="\(max(until - from, 30))" \
            height="\(Self.bottom - Self.top)"/><line class="kill" x1="\(from)" x2="\(from)" y1="\(Self.top - 60)" \
            y2="\(Self.bottom)"/><text class="of-kill" x="\(from + (isLate ? -60 : 60))" y="\(Self.top - 70)" \
            text-anchor="\(isLate ? "end" : "start")">\(gap.what.current)</text>
            """
    }

    private var legend: HTML {
        """
        <text class="of-stock strong" x="\(Self.left - 700)" y="180">\(Text(en: "pieces left", zh: "剩余件数").current)</text>\
        <text class="of-rate strong" x="\(Self.right + 700)" y="180" text-anchor="end">\(Text(
            en: "orders answered a second", zh: "每秒处理订单数").current)</text>
        """
    }
}
