import Postgres

/// Finds the SKUs of a batch with their list prices.
struct OffersByCode: Statement {
    let codes: [SKUCode]

    static let sql = """
        SELECT sku.code, sku.id, sku_price.fen, sku_price.per_quantity
        FROM sku
        LEFT JOIN sku_price ON sku_price.sku_id = sku.id
        WHERE sku.code = ANY ($1)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (code: SKUCode, offer: IntakeSnapshot.Offer)
    {
        (try row.next(), IntakeSnapshot.Offer(sku: try row.next(), price: try row.nextPrice()))
    }
}

/// Finds the orders of a batch that were placed before.
struct OrdersByKey: Statement {
    let keys: [OrderKey]

    static let sql = """
        SELECT placed.source, placed.reference, placed.id, placed.total_fen, placed.placed_at, placed.fingerprint
        FROM unnest($1::text[], $2::text[]) AS wanted (source, reference)
        JOIN customer_order AS placed ON placed.source = wanted.source AND placed.reference = wanted.reference
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(keys.map(\.source))
        parameters.append(keys.map(\.reference))
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (key: OrderKey, recorded: IntakeSnapshot.Recorded) {
        (
            OrderKey(source: try row.next(), reference: try row.next()),
            IntakeSnapshot.Recorded(
                order: PlacedOrder(id: try row.next(), total: try row.next(), placedAt: try row.next()),
                fingerprint: try row.next())
        )
    }
}
