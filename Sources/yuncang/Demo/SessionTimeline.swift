/// What a session did over time, in columns of equal width.
struct SessionTimeline: Sendable {
    struct Column: Sendable, Equatable {
        /// Orders that were placed or refused in it.
        var answered = 0
        /// Pieces that were left at its end.
        var left: Int64
    }

    /// How much time a column is.
    let width: Duration
    let columns: [Column]

    /// - Parameter most: How many columns there are at most.
    init(_ tally: SessionTally, most: Int = 120) {
        let end = tally.end
        let width = Self.widths.first { $0 * most >= end } ?? end / most
        self.width = width
        let count = max(1, Int((end / width).rounded(.up)))
        var columns = [Column](repeating: Column(left: tally.stock), count: count)
        for answer in tally.answers { columns[min(Int(answer.at / width), count - 1)].answered += 1 }
        var level = tally.levels.startIndex
        for index in columns.indices {
            let border = width * (index + 1)
            while level + 1 < tally.levels.count, tally.levels[level + 1].at < border || index == count - 1 {
                level += 1
            }
            columns[index].left = max(0, tally.levels[level].left)
        }
        self.columns = columns
    }

    private static let widths: [Duration] = [
        .milliseconds(10), .milliseconds(20), .milliseconds(50), .milliseconds(100), .milliseconds(200),
        .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(5), .seconds(10), .seconds(30),
    ]

    /// Orders a second in that column.
    func rate(of column: Column) -> Int { Int((Double(column.answered) / (width / .seconds(1))).rounded()) }

    /// The most orders that were answered within any second.
    static func bestSecond(of tally: SessionTally) -> Int {
        let times = tally.answers.map(\.at).sorted()
        var (best, first) = (0, 0)
        for (last, time) in times.enumerated() {
            while time - times[first] >= .seconds(1) { first += 1 }
            best = max(best, last - first + 1)
        }
        return best
    }
}
