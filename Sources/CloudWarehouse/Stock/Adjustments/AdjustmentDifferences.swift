import Postgres

/// Corrections without the row of the ledger that they are, and such rows without their correction.
struct AdjustmentDifferences: Statement {
    let limit: Int32

    static let sql = """
        SELECT adjustment.id, adjustment.movement_id, movement.id, movement.document_id
        FROM adjustment
        FULL JOIN (SELECT id, document_id FROM movement WHERE document_kind = 'adjustment') AS movement
            ON movement.id = adjustment.movement_id AND movement.document_id = adjustment.id
        WHERE adjustment.id IS NULL OR movement.id IS NULL
        ORDER BY adjustment.id, movement.id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let adjustment: ID<Adjustment>? = try row.next()
        let named: ID<LedgerEntry>? = try row.next()
        let movement: ID<LedgerEntry>? = try row.next()
        let document: ID<Adjustment>? = try row.next()
        if let adjustment {
            return Difference(
                table: "adjustment", row: "adjustment \(adjustment)", column: "movement_id",
                stored: named.map { "\($0)" }, expected: nil)
        }
        return Difference(
            table: "movement", row: "movement \(movement.map { "\($0)" } ?? "")", column: "document_id",
            stored: document.map { "\($0)" }, expected: nil)
    }
}

/// Reversals that do not move the same goods the other way.
struct ReversalDifferences: Statement {
    let limit: Int32

    static let sql = """
        SELECT adjustment.id, adjustment.reverses
        FROM adjustment
        JOIN movement AS back ON back.id = adjustment.movement_id
        LEFT JOIN movement AS origin ON origin.id = adjustment.reverses
        WHERE (adjustment.reverses IS NOT NULL) <> (back.reason = 'reversal')
            OR adjustment.reverses IS NOT NULL AND (
                back.sku_id, back.lot_id, back.owner_id, back.quantity, back.from_location_id, back.from_quality,
                back.to_location_id, back.to_quality
            ) IS DISTINCT FROM (
                origin.sku_id, origin.lot_id, origin.owner_id, origin.quantity, origin.to_location_id,
                origin.to_quality, origin.from_location_id, origin.from_quality
            )
        ORDER BY adjustment.id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let adjustment: ID<Adjustment> = try row.next()
        let reverses: ID<LedgerEntry>? = try row.next()
        return Difference(
            table: "adjustment", row: "adjustment \(adjustment)", column: "reverses",
            stored: reverses.map { "\($0)" }, expected: "the movement that it takes back")
    }
}
