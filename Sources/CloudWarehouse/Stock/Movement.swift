import Postgres

/// One row of the ledger that a delivery writes: goods of a lot that came from the supplier.
struct Movement: Hashable, Sendable {
    let id: ID<Movement>
    let from: ID<Location>
    let to: ID<Location>
    let lot: Lot
    let quantity: Quantity
    /// In what state they are.
    let quality: Quality
}

/// Writes what one delivery brought: rows of the ledger.
struct InsertReceiptMovements: Command {
    let movements: [Movement]
    let inbound: ID<Inbound>
    let at: Timestamp

    static let sql = """
        INSERT INTO movement (id, from_location_id, to_location_id, sku_id, lot_id, owner_id, quantity,
            from_quality, to_quality, reason, document_kind, document_id, recorded_at)
        SELECT id, from_location_id, to_location_id, sku_id, lot_id, owner_id, quantity,
            quality, quality, 'receipt', 'inbound', $9, $10
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[])
            AS new (id, from_location_id, to_location_id, sku_id, lot_id, owner_id, quantity, quality)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(movements.map(\.id))
        parameters.append(movements.map(\.from))
        parameters.append(movements.map(\.to))
        parameters.append(movements.map(\.lot.sku))
        parameters.append(movements.map(\.lot.id))
        parameters.append(movements.map(\.lot.owner))
        parameters.append(movements.map(\.quantity))
        parameters.append(movements.map(\.quality))
        parameters.append(inbound)
        parameters.append(at)
    }
}

/// Writes the balances of lots that have just come into being, at one location, so no row can be there yet.
struct InsertBalances: Command {
    let movements: [Movement]

    static let sql = """
        INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
        SELECT sku_id, location_id, lot_id, owner_id, quality, on_hand
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[])
            AS new (sku_id, location_id, lot_id, owner_id, on_hand, quality)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(movements.map(\.lot.sku))
        parameters.append(movements.map(\.to))
        parameters.append(movements.map(\.lot.id))
        parameters.append(movements.map(\.lot.owner))
        parameters.append(movements.map(\.quantity))
        parameters.append(movements.map(\.quality))
    }
}
