import Postgres

/// Balances that the movements do not explain.
struct BalanceDifferences: Statement {
    /// Only these; nil for all of them.
    var only: [BalanceKey]?
    let limit: Int32

    static let sql = """
        WITH moved AS (
            SELECT sku_id, to_location_id AS location_id, lot_id, to_quality AS quality, quantity FROM movement
            WHERE $1::uuid[] IS NULL OR lot_id = ANY ($3::uuid[])
            UNION ALL
            SELECT sku_id, from_location_id, lot_id, from_quality, -quantity FROM movement
            WHERE $1::uuid[] IS NULL OR lot_id = ANY ($3::uuid[])
        ), ledger AS (
            SELECT moved.sku_id, moved.location_id, moved.lot_id, moved.quality, sum(moved.quantity)::bigint AS on_hand
            FROM moved
            JOIN location ON location.id = moved.location_id
            WHERE location.kind = 'storage'
            GROUP BY moved.sku_id, moved.location_id, moved.lot_id, moved.quality
        )
        SELECT sku_id, location_id, lot_id, quality, COALESCE(balance.owner_id, (SELECT lot.owner_id FROM lot WHERE lot.id = lot_id)),
            COALESCE(sku.code, sku_id::text), COALESCE(location.code, location_id::text),
            balance.on_hand, COALESCE(ledger.on_hand, 0), COALESCE(balance.allocated, 0)
        FROM balance
        FULL JOIN ledger USING (sku_id, location_id, lot_id, quality)
        LEFT JOIN sku ON sku.id = sku_id
        LEFT JOIN location ON location.id = location_id
        WHERE COALESCE(balance.on_hand, 0) <> COALESCE(ledger.on_hand, 0)
            AND ($1::uuid[] IS NULL OR (sku_id, location_id, lot_id, quality) IN (
                SELECT wanted.sku_id, wanted.location_id, wanted.lot_id, wanted.quality
                FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS wanted (sku_id, location_id, lot_id, quality)))
        ORDER BY 6, 7, 3, 4
        LIMIT $5
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(only?.map(\.sku))
        parameters.append(only?.map(\.location))
        parameters.append(only?.map(\.lot))
        parameters.append(only?.map(\.quality))
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> WrongBalance {
        let key = BalanceKey(
            sku: try row.next(), location: try row.next(), lot: try row.next(), quality: try row.next())
        let owner: ID<Owner> = try row.next()
        let (sku, location): (String, String) = (try row.next(), try row.next())
        return WrongBalance(
            key: key, owner: owner, name: "SKU \(sku), location \(location), lot \(key.lot), \(key.quality.rawValue)",
            stored: try row.next(), expected: try row.next(), allocated: try row.next())
    }
}

/// Which balance: what stands somewhere is counted per SKU, location, lot and quality.
struct BalanceKey: Hashable, Sendable {
    let sku: ID<SKU>
    let location: ID<Location>
    let lot: ID<Lot>
    let quality: Quality
}

/// A balance that says something else than the movements.
struct WrongBalance: Sendable {
    let key: BalanceKey
    /// Whose the lot is.
    let owner: ID<Owner>
    /// The row, in the words of its key.
    let name: String
    /// What is stored; nil when there is no row.
    let stored: Int64?
    let expected: Int64
    /// So much of it is bound to parcels.
    let allocated: Int64

    var difference: Difference {
        Difference(
            table: "balance", row: name, column: "on_hand", stored: stored.map { "\($0)" }, expected: "\(expected)")
    }
}
