import Postgres

/// What a buyer has of a limited SKU once the batch is committed, as far as the batch knows.
///
/// It is written as a change, so that what others have counted meanwhile is kept, and a CHECK holds what comes of it against
/// ``ceiling``.
struct BuyerCount {
    /// Where it is kept.
    static let table = "buyer_count"

    /// In base units.
    private(set) var taken: Int64
    /// By how much the batch changes it.
    private(set) var change: Int64 = 0
    /// The most that it may come to; nil as long as only facts and what was given back have changed it.
    private(set) var ceiling: Int64?
    /// So much was given back that had not been counted.
    private(set) var uncounted: Int64 = 0
    /// The limit that it is kept for.
    let limit: BuyerLimit

    init(taken: Int64, limit: BuyerLimit) {
        self.taken = taken
        self.limit = limit
    }

    /// Counts so much more, or less; gives false and counts nothing when that is beyond counting.
    ///
    /// - Parameter isFact: It may pass the limit.
    mutating func add(_ growth: Int64, isFact: Bool) -> Bool {
        let (sum, overflow) = taken.addingReportingOverflow(growth)
        guard !overflow else { return false }
        if growth > 0, !isFact {
            ceiling = limit.quantity.rawValue
        } else if growth > 0 {
            // A fact after it raises what the orders before were held against.
            ceiling = ceiling.map { $0.addingSaturated(growth) }
        }
        if sum < 0 { uncounted += -sum }
        change += max(0, sum) - taken
        taken = max(0, sum)
        return true
    }
}
