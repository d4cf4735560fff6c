/// The line that shows how far long work has come.
struct ProgressBar: Sendable, Equatable {
    /// What is being done.
    let label: Text
    /// How many pieces there are; nil when nobody knows.
    let total: Int?
    /// Whether they come about equally fast, so that the time that is left can be told.
    var isSteady = true

    private static let barColumns = 24

    /// One line, cut to the surface: label, bar, share, count, the time that is left, and a remark.
    ///
    /// `done` beyond the total counts as the total.
    func line(done: Int, elapsed: Duration, remark: Text? = nil, on surface: Surface) -> String {
        let parts =
            [StyledText(label.current).text] + measures(done: done, elapsed: elapsed)
            + (remark.map { [StyledText($0.current).text] } ?? [])
        let line = parts.joined(separator: "  ")
        // The last column stays free: a terminal that wraps there would leave the line behind.
        guard let columns = surface.columns else { return line }
        return surface.width.truncated(line, to: columns - 1)
    }

    private func measures(done: Int, elapsed: Duration) -> [String] {
        guard let total, total > 0 else { return ["\(done)", Self.clock(elapsed)] }
        let done = min(max(done, 0), total)
        let filled = Self.barColumns * done / total
        let bar =
            "[" + String(repeating: "#", count: filled)
            + String(repeating: "-", count: Self.barColumns - filled) + "]"
        var measures = [bar, "\(100 * done / total)%", "\(done)/\(total)"]
        if done > 0, isSteady {
            let left = elapsed / done * (total - done)
            measures.append(Text(en: "\(Self.clock(left)) left", zh: "还需 \(Self.clock(left))").current)
        }
        return measures
    }

    /// `m:ss`, or `h:mm:ss` from an hour on.
    static func clock(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        let twoDigits = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
        let minutes = "\(twoDigits(seconds % 60))"
        return seconds < 3600
            ? "\(seconds / 60):\(minutes)"
            : "\(seconds / 3600):\(twoDigits(seconds / 60 % 60)):\(minutes)"
    }
}
