import EventLoop

/// Decides what a feed reads next, and how far its boards can be trusted. Knows neither database nor clock.
struct FeedMachine {
    /// One reading.
    enum Reading: Equatable {
        /// Every pool.
        case all
        /// The pools of some SKUs.
        case skus(Set<ID<SKU>>)
        /// Whether something has changed, and if so, what.
        case check
    }

    /// How doorbells come.
    private enum Link {
        /// Nobody listens: it is asked instead.
        case off
        /// The first attempt is under way.
        case starting
        case up
        case down
    }

    private let limits: BoardLimits
    private var link: Link
    private var wanted = Doorbell.Wanted.all
    private var wantsCheck = false
    /// Whether somebody waits for a reading, though nothing may be wanted.
    private var wantsTurn = false
    private var isReading = false
    /// After a failure nothing is read until time has passed.
    private var isPausing = false
    /// Whether the boards show everything, as far as anybody has told.
    private var isWhole = false
    /// When what they show was last known to be everything.
    private var wholeAt: MonotonicInstant?
    private var lastCheck: MonotonicInstant?

    init(listens: Bool, limits: BoardLimits) {
        link = listens ? .starting : .off
        self.limits = limits
    }

    /// How far the boards can be trusted.
    var freshness: Freshness {
        guard let wholeAt else { return .unread }
        return isWhole ? .current : .stale(since: wholeAt)
    }

    // MARK: What happens

    /// Somebody has changed something.
    mutating func rang(_ rung: Doorbell.Wanted) {
        switch (wanted, rung) {
        case (.all, _): break
        case (_, .all): wanted = .all
        case (.skus(let known), .skus(let new)):
            let union = known.union(new)
            wanted = union.count > limits.rungSKUs ? .all : .skus(union)
        }
    }

    /// Somebody waits until what has rung so far is shown, or cannot be read: a pause would be too long for that.
    mutating func turnWanted() {
        wantsTurn = true
        isPausing = false
    }

    /// From now on doorbells are heard; any may have been missed before.
    mutating func listening() {
        link = .up
        wanted = .all
        isPausing = false
    }

    /// Doorbells are not heard any more.
    mutating func lost() {
        link = .down
        isWhole = false
    }

    /// So much time has passed that it may be worth asking.
    mutating func tick(at now: MonotonicInstant) {
        isPausing = false
        if link == .up, let lastCheck, now - lastCheck < limits.safetyInterval { return }
        wantsCheck = true
    }

    // MARK: Readings

    /// Whether a reading is due.
    var isDue: Bool {
        !isReading && !isPausing && (wantsCheck || wantsTurn || wanted != .skus([]))
    }

    /// The next reading, which is under way then: one at a time, and what rings meanwhile is for the one after.
    mutating func next(at now: MonotonicInstant) -> Reading? {
        guard isDue else { return nil }
        isReading = true
        wantsTurn = false
        switch wanted {
        case .skus([]) where wantsCheck:
            wantsCheck = false
            lastCheck = now
            return .check
        case .skus(let skus):
            wanted = .skus([])
            return .skus(skus)
        case .all:
            wanted = .skus([])
            wantsCheck = false
            lastCheck = now
            return .all
        }
    }

    /// A reading that had begun at `began` is on the boards.
    mutating func finished(_ reading: Reading, began: MonotonicInstant) {
        isReading = false
        guard reading == .all || reading == .check else { return }
        wholeAt = began
        // A wish to read everything says that changes were missed; all else that rang since concerns later ones.
        if link != .down, wanted != .all { isWhole = true }
    }

    /// A reading failed: another one would fail as well, and after it the database may be another.
    mutating func failed() {
        isReading = false
        // Whoever has come meanwhile has just committed, so the database may answer again.
        isPausing = !wantsTurn
        isWhole = false
        wanted = .all
    }
}
