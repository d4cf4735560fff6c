import FoundationEssentials
import Postgres

/// Lists orders, the newest first, a page at a time.
struct OrdersBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<CustomerOrder>?
    /// The oldest order that is looked at; nil for no bound.
    let oldest: ID<CustomerOrder>?
    /// Only orders of this source; nil for all.
    let source: OrderSource?
    /// Only orders in this state; nil for all.
    let state: OrderState?
    let limit: Int32

    /// The id is the time, so it is the order and the cursor. No index names the state, which changes. Both bounds are always
    /// there, since a plan for all values of `$1 IS NULL OR id < $1` reads every newer order first.
    static let sql = """
        SELECT id, source, reference, state, total_fen, placed_at, revision
        FROM customer_order
        WHERE id < $1 AND id >= $2
            AND ($3::text IS NULL OR source = $3) AND ($4::text IS NULL OR state = $4)
        ORDER BY id DESC
        LIMIT $5
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(oldest ?? .least)
        parameters.append(source)
        parameters.append(state)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OrderSummary {
        try row.nextOrderSummary()
    }
}

/// Finds the last of so many orders, from the newest or from a page's end on: how far a filtered page looks.
struct OrderAtDepth: Statement {
    let before: ID<CustomerOrder>?
    let depth: Int32

    static let sql = """
        SELECT id FROM customer_order WHERE id < $1 ORDER BY id DESC OFFSET $2 LIMIT 1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(Int64(depth) - 1)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<CustomerOrder> {
        try row.next()
    }
}

extension ID {
    /// What no id of the same second lies below: it says when, and nothing of which row.
    var startOfSecond: Self {
        let milliseconds = words.0 >> 16
        return Self(rawValue: UUID(high: (milliseconds - milliseconds % 1_000) << 16, low: 0))
    }
    /// What no id is below: the bound of an interval that has none.
    static var least: Self { Self(rawValue: UUID(high: 0, low: 0)) }
    /// What no id that is made is above or at.
    static var greatest: Self { Self(rawValue: UUID(high: .max, low: .max)) }
}
