import Postgres

/// Reads the SKUs that a batch touches: what they cost, how much one buyer may have, by what it is chosen among their pools,
/// and how many of these there are, of which some may have been passed over.
struct SKUsOfBatch: Statement {
    struct Found {
        let sku: ID<SKU>
        let code: SKUCode
        let price: Price?
        let limit: BuyerLimit?
        let criteria: SourcingCriteria?
        let pools: Int64
    }

    let scope: BatchScope

    static let sql = """
        SELECT sku.id, sku.code, sku_price.fen, sku_price.per_quantity, buyer_limit.quantity, buyer_limit.since,
            COALESCE(own.criteria, (SELECT criteria FROM sourcing_rule WHERE sku_id IS NULL)),
            (SELECT count(*) FROM pool WHERE pool.sku_id = sku.id)
        FROM sku
        LEFT JOIN sku_price ON sku_price.sku_id = sku.id
        LEFT JOIN buyer_limit ON buyer_limit.sku_id = sku.id
        LEFT JOIN sourcing_rule AS own ON own.sku_id = sku.id
        WHERE sku.id = ANY (\(BatchScope.skus))
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(skusOf: scope)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Found {
        let (sku, code, price) = (try row.next(ID<SKU>.self), try row.next(SKUCode.self), try row.nextPrice())
        let (most, since) = (try row.next(Quantity?.self), try row.next(Timestamp?.self))
        return Found(
            sku: sku, code: code, price: price,
            limit: most.flatMap { most in since.map { BuyerLimit(quantity: most, since: $0) } },
            criteria: try row.next(), pools: try row.next())
    }
}

/// Reads what the sets among the SKUs of a batch are made of.
struct ComponentsOfSets: Statement {
    let codes: [SKUCode]

    static let sql = """
        SELECT component.set_sku_id, component.component_sku_id, sku.code, component.quantity
        FROM sku AS bundle
        JOIN set_component AS component ON component.set_sku_id = bundle.id
        JOIN sku ON sku.id = component.component_sku_id
        WHERE bundle.code = ANY ($1)
        ORDER BY component.set_sku_id, sku.code
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (bundle: ID<SKU>, component: IntakeSnapshot.Component) {
        (
            try row.next(),
            IntakeSnapshot.Component(sku: try row.next(), code: try row.next(), quantity: try row.next())
        )
    }
}

/// Finds the orders of a batch that were placed before, with the answers that they got.
struct OrdersByKey: Statement {
    let keys: [OrderKey]

    static let sql = """
        SELECT placed.source, placed.reference, placed.id, COALESCE(placed.placed_total_fen, placed.total_fen),
            placed.placed_at, placed.placed_short, placed.fingerprint
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
                order: PlacedOrder(
                    id: try row.next(), total: try row.next(), placedAt: try row.next(), isShort: try row.next()),
                fingerprint: try row.next())
        )
    }
}

/// Tells which of the orders that a batch changes are there, locked by it or not, and whether parcels of them were recorded:
/// not in one with the lock, since these would be as they were before it.
struct OrdersThere: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT placed.id, placed.source, placed.reference,
            EXISTS (SELECT FROM shipment WHERE shipment.order_id = placed.id AND shipment.withdrawn_at IS NULL)
                OR EXISTS (SELECT FROM order_line WHERE order_line.order_id = placed.id AND order_line.shipped > 0)
        FROM customer_order AS placed
        WHERE placed.id = ANY (\(BatchScope.orders))
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ordersOf: scope)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (
        id: ID<CustomerOrder>, key: OrderKey, isSent: Bool
    ) {
        (
            id: try row.next(), key: OrderKey(source: try row.next(), reference: try row.next()), isSent: try row.next()
        )
    }
}

/// Reads the lines of the orders that a batch changes, in the order of their positions.
struct LinesOfOrders: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT line.order_id, line.position, line.sku_id, line.warehouse_id, line.owner_id, line.quantity, line.cancelled,
            line.price_fen, line.price_per, line.amount_fen, line.claim, line.expires_at, line.part_of, line.reason
        FROM order_line AS line
        WHERE line.order_id = ANY (\(BatchScope.orders))
        ORDER BY line.order_id, line.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ordersOf: scope)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (order: ID<CustomerOrder>, line: StandingOrder.Line) {
        let (order, position, sku) = (
            try row.next(ID<CustomerOrder>.self), try row.next(Int16.self), try row.next(ID<SKU>.self)
        )
        let (warehouse, owner) = (try row.next(ID<Warehouse>?.self), try row.next(ID<Owner>?.self))
        let (quantity, cancelled) = (try row.next(Quantity.self), try row.next(Quantity.self))
        guard let price = try row.nextPrice() else { throw .unexpectedNull }
        let (amount, claim, end) = (
            try row.next(Fen.self), try row.next(ClaimState.self), try row.next(Timestamp?.self)
        )
        let (partOf, reason) = (try row.next(Int16?.self), try row.next(SourcingReason?.self))
        return (
            order,
            StandingOrder.Line(
                position: position, sku: sku, quantity: quantity, cancelled: cancelled, price: price, amount: amount,
                pool: warehouse.flatMap { warehouse in
                    owner.map { PoolKey(sku: sku, warehouse: warehouse, owner: $0) }
                },
                claim: claim, expiresAt: end, partOf: partOf, reason: reason)
        )
    }
}

/// Reads what buyers have of limited SKUs: those that a batch names, and those of the orders that it changes.
struct CountsOfBuyers: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT held.source, held.buyer, held.sku_id, held.taken
        FROM (
            SELECT source, buyer FROM unnest($4::text[], $5::text[]) AS named (source, buyer)
            UNION
            SELECT placed.source, terms.buyer
            FROM customer_order AS placed
            JOIN order_terms AS terms ON terms.order_id = placed.id
            WHERE placed.id = ANY (\(BatchScope.orders)) AND terms.buyer IS NOT NULL
        ) AS asked
        JOIN buyer_count AS held ON held.source = asked.source AND held.buyer = asked.buyer
        JOIN buyer_limit ON buyer_limit.sku_id = held.sku_id AND buyer_limit.since = held.since
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ordersOf: scope)
        parameters.append(scope.buyers.map(\.source))
        parameters.append(scope.buyers.map(\.buyer))
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (key: IntakeSnapshot.CountKey, taken: Int64) {
        (
            key: IntakeSnapshot.CountKey(source: try row.next(), buyer: try row.next(), sku: try row.next()),
            taken: try row.next()
        )
    }
}
