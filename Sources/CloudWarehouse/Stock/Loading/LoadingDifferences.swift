import Postgres

/// Loadings whose state is not where their events lead, and those that are done by nobody.
struct LoadingDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH flow AS (
            SELECT loading_id, to_state AS state, 1 AS change FROM loading_event
            UNION ALL
            SELECT loading_id, from_state, -1 FROM loading_event
            UNION ALL
            SELECT id, state, -1 FROM loading
            UNION ALL
            SELECT id, 'absent', 1 FROM loading
        )
        SELECT loading_id AS id, 'state' AS what, string_agg(state, ', ' ORDER BY state) AS stored
        FROM (SELECT loading_id, state FROM flow GROUP BY loading_id, state HAVING sum(change) <> 0) AS uneven
        GROUP BY loading_id
        UNION ALL
        SELECT id, 'workers', 'nobody'
        FROM loading
        WHERE state = 'finished' AND NOT EXISTS (
            SELECT FROM loading_worker WHERE loading_worker.loading_id = loading.id AND event = 'finish'
        )
        ORDER BY 1, 2
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let loading: ID<Loading> = try row.next()
        let column: String = try row.next()
        let stored: String? = try row.next()
        return Difference(
            table: "loading", row: "loading \(loading)", column: column, stored: stored,
            expected: "what its events say")
    }
}
