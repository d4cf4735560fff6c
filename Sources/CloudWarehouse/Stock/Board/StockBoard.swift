import EventLoop

/// What every pool holds, in memory: what is read of the stock is read here, without asking the database.
///
/// A ``StockFeed`` keeps it. Each loop that serves has one of its own, so that its lock is free but for the moment in
/// which a change is written into it, by whichever thread has committed that: whoever reads after a commit was answered
/// sees it. Orders never claim by what a board shows: only the database decides.
public final class StockBoard: Sendable {
    /// What was found, and how far it can be trusted.
    public struct Look<Found: Sendable>: Sendable {
        /// What the board shows.
        public let found: Found
        /// Whether that is all.
        public let freshness: Freshness
    }

    /// A level among all levels of its SKU.
    public struct Place: Sendable {
        /// The levels of the SKU, in order.
        public let shelf: [StockLevel]
        /// Which of them.
        public let index: Int
        /// The level itself.
        public var level: StockLevel { shelf[index] }
    }

    private struct State {
        var picture = StockPicture()
        var freshness = Freshness.unread
    }

    private let state = Lock(State())

    /// A board that shows nothing yet.
    public init() {}

    /// Whether what it shows can be trusted.
    public var freshness: Freshness { state.withLock { $0.freshness } }

    /// The levels of one SKU in the order of warehouse and owner; none when there is no such stock.
    ///
    /// - Parameter owner: Only this owner's; nil for all.
    public func levels(of sku: SKUCode, owner: OwnerCode? = nil) -> Look<[StockLevel]> {
        state.withLock { Look(found: $0.picture.levels(of: sku, owner: owner), freshness: $0.freshness) }
    }

    /// The levels that follow a position in the order of SKU, warehouse and owner, as many as `limit`.
    ///
    /// - Parameter owner: Only this owner's; nil for all.
    public func page(after: StockLevel.Position? = nil, limit: Int, owner: OwnerCode? = nil) -> Look<[Place]> {
        state.withLock { state in
            Look(found: state.picture.page(after: after, limit: limit, owner: owner), freshness: state.freshness)
        }
    }

    // MARK: What the feed does

    /// All that it shows. Whoever keeps it makes the next change copy it.
    var picture: StockPicture { state.withLock { $0.picture } }

    var extent: StockPicture.Extent { state.withLock { $0.picture.extent } }

    func skusBehind(_ versions: [(key: PoolKey, version: Int64)]) -> Set<ID<SKU>> {
        state.withLock { $0.picture.skusBehind(versions) }
    }

    func apply(_ states: [PoolState]) -> StockPicture.Outcome {
        state.withLock { $0.picture.apply(states) }
    }

    func apply(_ rows: [BoardRow]) -> StockPicture.Outcome {
        state.withLock { $0.picture.apply(rows) }
    }

    func beginReplacement() {
        state.withLock { $0.picture.beginReplacement() }
    }

    func giveUpReplacement() {
        state.withLock { $0.picture.giveUpReplacement() }
    }

    /// Gives what it showed before, so that its memory is freed outside of the lock.
    func replace(by new: StockPicture) -> StockPicture {
        state.withLock { state in
            let old = state.picture
            state.picture.replace(by: new)
            return old
        }
    }

    func show(_ freshness: Freshness) {
        state.withLock { $0.freshness = freshness }
    }
}
