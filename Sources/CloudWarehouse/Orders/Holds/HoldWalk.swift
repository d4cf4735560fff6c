import FoundationEssentials
import Postgres

/// Where a walk through the ends of holds is: the end of an order's hold, and the order, since several end at once.
struct HoldEnd: Hashable, Comparable {
    let at: Timestamp
    let order: ID<CustomerOrder>

    static func < (one: Self, other: Self) -> Bool { (one.at, one.order) < (other.at, other.order) }

    /// The last place before this one.
    var predecessor: Self { HoldEnd(at: at, order: order.predecessor) }
}

/// A walk through the orders in the order in which their holds end: how far it is, and where the next one has to begin.
struct HoldWalk: Equatable {
    /// What one look gave.
    struct Look: Equatable {
        /// The database's time, read before the look.
        let at: Timestamp
        /// Where it ended: every order between its beginning and here was looked at.
        let cursor: HoldEnd
        /// The first order that stays held though its time is over: somebody else has it locked, or what became of it is not
        /// known. Nil when there is none.
        let firstHeld: HoldEnd?
        /// Whether nothing was left to look at.
        let isLast: Bool
    }

    /// Where the next look begins; nil before the first.
    private(set) var cursor: HoldEnd?
    /// When the walk began; nil before its first look.
    private var began: Timestamp?
    private var firstHeld: HoldEnd?

    /// Goes on by a look. After the last one, the walk begins anew.
    ///
    /// - Parameter margin: So long after the end of its hold an order may still appear.
    mutating func pass(_ look: Look, margin: Duration) {
        let began = began ?? look.at
        firstHeld = firstHeld ?? look.firstHeld
        if look.isLast {
            let horizon = HoldEnd(at: began.advanced(by: .zero - margin), order: .least)
            self = HoldWalk(cursor: min(firstHeld?.predecessor ?? horizon, horizon))
        } else {
            self.began = began
            cursor = look.cursor
        }
    }

    /// A walk that begins after a place.
    init(cursor: HoldEnd? = nil) {
        self.cursor = cursor
    }
}

/// A walk through all orders that were there when it began, in the order of their ids.
struct OrderWalk: Equatable {
    private(set) var cursor = ID<CustomerOrder>.least
    let through: ID<CustomerOrder>
    private(set) var isAtEnd = false

    /// A walk through the orders from before `time`.
    init(before time: Timestamp) {
        through = ID(firstAt: time)
    }

    /// Goes on by a look that ended there, with nothing left behind it if it was the last.
    mutating func pass(_ cursor: ID<CustomerOrder>, isLast: Bool) {
        (self.cursor, isAtEnd) = (cursor, isLast)
    }
}

extension ID {
    /// The greatest id below this one; the least has none, and is its own.
    fileprivate var predecessor: Self {
        let (high, low) = words
        if low > 0 { return Self(rawValue: UUID(high: high, low: low - 1)) }
        return high > 0 ? Self(rawValue: UUID(high: high - 1, low: .max)) : self
    }
}
