import Postgres

/// Counts what a verification looks at.
struct LedgerExtent: Statement {
    static let sql = """
        SELECT now(), (SELECT count(*) FROM movement), (SELECT count(*) FROM balance), (SELECT count(*) FROM pool),
            (SELECT count(*) FROM customer_order), (SELECT COALESCE(sum(total_fen), 0)::bigint FROM customer_order)
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> VerificationReport.Extent {
        VerificationReport.Extent(
            at: try row.next(), movements: try row.next(), balances: try row.next(), pools: try row.next(),
            orders: try row.next(), total: try row.next())
    }
}
