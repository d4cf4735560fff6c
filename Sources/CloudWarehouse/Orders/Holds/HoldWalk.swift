import FoundationEssentials
import Postgres

/// A walk through the orders in the order of their ids, to find holds: how far it is, and where the next one has to begin.
struct HoldWalk: Equatable {
    /// What one look gave.
    struct Look: Equatable {
        /// The database's time, read before the look.
        let at: Timestamp
        /// Where it ended: every order between its beginning and here was looked at.
        let cursor: ID<CustomerOrder>
        /// The first order that stays held: its time is not over, or somebody else has it locked. Nil when there is none.
        let firstHeld: ID<CustomerOrder>?
        /// Whether nothing was left to look at.
        let isLast: Bool
    }

    /// Where the next look begins; nil for where the longest hold that can still last does.
    private(set) var cursor: ID<CustomerOrder>?
    /// When the walk began; nil before its first look.
    private var began: Timestamp?
    private var firstHeld: ID<CustomerOrder>?

    /// Goes on by a look. After the last one, the walk begins anew.
    ///
    /// - Parameter margin: So long after its id was made an order may still appear.
    mutating func pass(_ look: Look, margin: Duration) {
        let began = began ?? look.at
        firstHeld = firstHeld ?? look.firstHeld
        if look.isLast {
            let horizon = ID<CustomerOrder>(firstAt: began.advanced(by: .zero - margin))
            self = HoldWalk(cursor: min(firstHeld?.predecessor ?? horizon, horizon))
        } else {
            self.began = began
            cursor = look.cursor
        }
    }

    /// A walk that begins after an id.
    init(cursor: ID<CustomerOrder>? = nil) {
        self.cursor = cursor
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
