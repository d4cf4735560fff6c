import Postgres

/// Events that a relay has had more than a minute to number, and has not.
///
/// Where no relay has run since, nothing is wrong: the next one will number them.
struct UnnumberedEvents: Statement {
    let limit: Int32

    static let sql = """
        SELECT outbox.id
        FROM outbox
        JOIN relay_lease ON relay_lease.name = 'outbox'
        WHERE outbox.recorded_at < relay_lease.expires_at - interval '90 seconds'
            AND NOT EXISTS (SELECT FROM outbox_number WHERE outbox_number.event_id = outbox.id)
        ORDER BY outbox.id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let id: ID<OutboxEvent> = try row.next()
        return Difference(table: "outbox", row: "event \(id)", column: "number", stored: nil, expected: "a number")
    }
}

/// Numbers whose event is not there: the foreign key that `outbox_number` does without.
struct NumbersWithoutEvent: Statement {
    let limit: Int32

    static let sql = """
        SELECT given.number, given.event_id
        FROM outbox_number AS given
        WHERE NOT EXISTS (SELECT FROM outbox WHERE outbox.id = given.event_id)
        ORDER BY given.number
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let number: Int64 = try row.next()
        let id: ID<OutboxEvent> = try row.next()
        return Difference(
            table: "outbox_number", row: "number \(number)", column: "event_id", stored: "\(id)", expected: nil)
    }
}

/// A lease that goes on from another number than the last one.
struct LeaseDifferences: Statement {
    static let sql = """
        SELECT relay_lease.last_number, last.number
        FROM relay_lease
        CROSS JOIN (SELECT COALESCE(max(number), 0) AS number FROM outbox_number) AS last
        WHERE relay_lease.last_number < last.number OR last.number > 0 AND relay_lease.last_number > last.number
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let stored: Int64 = try row.next()
        let expected: Int64 = try row.next()
        return Difference(
            table: "relay_lease", row: "outbox", column: "last_number", stored: "\(stored)", expected: "\(expected)")
    }
}
