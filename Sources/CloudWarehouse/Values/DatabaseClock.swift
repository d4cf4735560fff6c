import Postgres

/// Reads the database's clock; the first statement of every transaction that writes.
///
/// All times and ids of the transaction come from it: never from this machine's clock.
struct DatabaseClock: Statement {
    static let sql = "SELECT clock_timestamp()"

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Timestamp {
        try row.next()
    }
}
