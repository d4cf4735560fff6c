import Postgres

/// The first statement of a batch: tells the time, and sets for its transaction alone how long it waits for locks, and that
/// no plan is made for the values of one batch, which would cost more than the batch.
struct OpenBatch: Statement {
    /// How long to wait for a row that somebody else has locked; nil: as long as the session allows.
    let patience: Duration?

    static let sql = """
        SELECT clock_timestamp(), set_config('plan_cache_mode', 'force_generic_plan', true),
            CASE WHEN $1::bigint IS NOT NULL THEN set_config('lock_timeout', $1::bigint::text, true) END
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(patience.map { max(1, Int64($0 / .milliseconds(1))) })
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Timestamp {
        let now = try row.next(Timestamp.self)
        _ = (try row.next(String?.self), try row.next(String?.self))
        return now
    }
}
