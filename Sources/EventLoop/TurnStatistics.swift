/// How long the turns of a loop took: from when the kernel had told what was ready until all of it was done.
///
/// That is the most that anything ready had to wait for its turn, so it tells a loop that lags from one that is merely busy.
public struct TurnStatistics: Sendable {
    /// The upper bounds of the buckets, in nanoseconds; the last bucket has none.
    public static let bounds: [Int64] = [
        100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000,
        250_000_000, 1_000_000_000,
    ]

    /// How many turns each bucket has.
    public private(set) var counts = [UInt64](repeating: 0, count: TurnStatistics.bounds.count + 1)
    /// The length of all turns together, in nanoseconds.
    public private(set) var total: Int64 = 0

    /// No turns.
    init() {}

    mutating func note(_ nanoseconds: Int64) {
        // Most turns are short, so the first bound is nearly always the one.
        var bucket = 0
        if nanoseconds > 100_000 { bucket = Self.bounds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count }
        counts[bucket] += 1
        total += nanoseconds
    }
}
