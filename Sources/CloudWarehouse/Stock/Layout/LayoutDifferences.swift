import Postgres

/// Closed locations where something stands, and closed zones with locations that are not closed.
struct LayoutDifferences: Statement {
    let limit: Int32

    static let sql = """
        SELECT 'location' AS place, location.code, location.id, count(*)
        FROM location
        JOIN balance ON balance.location_id = location.id AND balance.on_hand > 0
        WHERE location.closed_at IS NOT NULL
        GROUP BY location.id
        UNION ALL
        SELECT 'zone', zone.code, zone.id, count(*)
        FROM zone
        JOIN location ON location.zone_id = zone.id AND location.closed_at IS NULL
        WHERE zone.closed_at IS NOT NULL
        GROUP BY zone.id
        ORDER BY 1, 2, 3
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let place: String = try row.next()
        let code: String = try row.next()
        let id: ID<Location> = try row.next()
        let inside: Int64 = try row.next()
        return Difference(
            table: place, row: "\(place) \(code) (\(id))", column: "closed_at", stored: "closed, with \(inside) inside",
            expected: "open or empty")
    }
}
