internal import CloudWarehouse

/// Everything that the viewers of a session were told, and when.
struct SessionTally: Sendable {
    /// What one viewer was told about the order.
    struct Promise: Sendable, Equatable {
        let order: ID<CustomerOrder>
        let pieces: Int64
        /// What the order is after the last answer: held, committed or cancelled.
        var state: OrderState
    }

    /// An order that was placed or refused.
    struct Answer: Sendable {
        let at: Duration
        /// From the last time it was sent.
        let took: Duration
        /// From when the viewer came, however often it had to be sent.
        let waited: Duration
    }

    /// How much was left.
    struct Level: Sendable, Equatable {
        let at: Duration
        let left: Int64
    }

    /// A time in which nobody was answered, because the service or its database was not there.
    struct Outage: Sendable, Equatable {
        let from: Duration
        let until: Duration
        var length: Duration { until - from }
    }

    /// A viewer who got an answer that nobody should get, or none.
    struct Mishap: Sendable, Equatable {
        let number: Int
        let words: String
    }

    /// How many pieces there were.
    let stock: Int64
    /// By the viewer's number: whoever was told that the order is placed.
    var promises: [Int: Promise] = [:]
    /// Whoever was told at least once that so many are not left.
    var refusals: Set<Int> = []
    /// How many viewers have asked.
    var viewers = 0
    /// How many of them only came because pieces had come back at the very end.
    var lateViewers = 0
    /// How many sent the same order over two connections at once.
    var doubled = 0
    /// How many requests had to be sent again.
    var retried = 0
    var answers: [Answer] = []
    var levels: [Level]
    var outages: [Outage] = []
    var mishaps: [Mishap] = []
    /// When the last piece was promised for the first time.
    var soldOutAt: Duration?

    init(stock: Int64) {
        self.stock = stock
        levels = [Level(at: .zero, left: stock)]
    }

    /// What is left by what was told. For a moment it can be less than what there is: who hears first of a cancelled order's
    /// pieces may be the one who gets them.
    var left: Int64 { levels.last?.left ?? stock }

    /// Pieces that viewers have and keep.
    var sold: Int64 { promises.values.reduce(0) { $0 + ($1.state == .committed ? $1.pieces : 0) } }

    /// Orders that were called off.
    var cancelled: [Promise] { promises.values.filter { $0.state == .cancelled } }

    /// Viewers who got nothing.
    var refused: Int { refusals.subtracting(promises.keys).count }

    /// The longest time in which nobody was answered.
    var longestOutage: Outage? { outages.max { $0.length < $1.length } }

    /// When the last order was answered.
    var end: Duration { answers.map(\.at).max() ?? .zero }
}
