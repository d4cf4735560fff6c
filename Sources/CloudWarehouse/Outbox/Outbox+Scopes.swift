import EventLoop
public import Postgres

extension Outbox {
    /// Events that one statement looks at.
    private static let window: Int32 = 200
    /// Orders and goods that a page speaks of, and one event more: events of one batch of the intake speak of many.
    static let subjectsOfPage = 5_000
    /// How long it is looked on for somebody who sees little.
    private static let patience = Duration.seconds(5)

    /// The events that follow a number, as somebody sees them, at most `limit`.
    ///
    /// What they do not see is passed over without a word; a page may be short only when it took too long to fill it, or when
    /// it speaks of ``subjectsOfPage`` orders or goods already.
    public func events(
        after number: Int64, in scope: EventScope, limit: Int32
    ) async throws(PostgresError) -> ScopedEvents {
        let end = MonotonicInstant.now().advanced(by: Self.patience)
        var (seen, last): ([ScopedEvent], Int64) = ([], number)
        var subjects = 0
        while true {
            let rows = try await rows(after: last, in: scope)
            for row in rows {
                last = row.number
                guard row.isSeen else { continue }
                seen.append(row)
                subjects += row.orders.count + row.goods.count
                if seen.count == Int(limit) || subjects >= Self.subjectsOfPage {
                    return ScopedEvents(events: seen, last: last)
                }
            }
            if rows.count < Int(Self.window) || MonotonicInstant.now() >= end {
                return ScopedEvents(events: seen, last: last)
            }
        }
    }

    private func rows(after number: Int64, in scope: EventScope) async throws(PostgresError) -> [ScopedEvent] {
        switch scope {
        case .all:
            try await events(after: number, limit: Self.window).map {
                ScopedEvent(number: $0.number, kind: $0.kind, recordedAt: $0.recordedAt, orders: $0.subjects, goods: [])
            }
        case .source(let source):
            try await pool.query(EventsOfSourceAfter(number: number, limit: Self.window, source: source))
        case .owner(let owner):
            try await pool.query(EventsOfOwnerAfter(number: number, limit: Self.window, owner: owner))
        }
    }

    /// What the cursors of this base are sealed with.
    public func cursors() async throws(PostgresError) -> EventCursors {
        guard let secret = try await pool.query(FeedSecret()).first else {
            throw .misuse("there is no secret for the feed of events")
        }
        return EventCursors(secret: secret.bytes)
    }
}
