import Postgres

/// Locks orders by their keys, in the order of their ids, so that none is called off meanwhile.
struct LockOrdersByKey: Statement {
    let keys: [OrderKey]

    static let sql = """
        SELECT placed.id, placed.source, placed.reference, placed.state, placed.total_fen, placed.placed_at,
            placed.revision
        FROM unnest($1::text[], $2::text[]) AS wanted (source, reference)
        JOIN customer_order AS placed ON placed.source = wanted.source AND placed.reference = wanted.reference
        ORDER BY placed.id
        FOR NO KEY UPDATE OF placed
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(keys.map(\.source))
        parameters.append(keys.map(\.reference))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OrderSummary {
        try row.nextOrderSummary()
    }
}

/// Tells for which of the orders that the transaction has locked a refund is asked for.
struct RefundLocked: Statement {
    let orders: [ID<CustomerOrder>]

    static let sql = "SELECT order_id FROM order_terms WHERE order_id = ANY ($1) AND refund_lock IS NOT NULL"

    func bind(to parameters: inout Parameters) {
        parameters.append(orders)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<CustomerOrder> {
        try row.next()
    }
}

/// Records parcels, each once; one that was taken back counts again. Gives those that were written.
struct InsertShipments: Statement {
    /// One parcel of an order that the transaction has locked.
    struct Entry: Hashable {
        let id: ID<Shipment>
        let order: ID<CustomerOrder>
        let parcel: Shipment.Parcel
    }

    let rows: [Entry]
    let at: Timestamp

    static let sql = """
        INSERT INTO shipment (id, order_id, carrier, tracking, recorded_at)
        SELECT parcel.id, parcel.order_id, parcel.carrier, parcel.tracking, $5
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS parcel (id, order_id, carrier, tracking)
        ON CONFLICT (order_id, carrier, tracking) DO UPDATE SET withdrawn_at = NULL, exported_at = NULL
        WHERE shipment.withdrawn_at IS NOT NULL
        RETURNING order_id, carrier, tracking
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(rows.map(\.id))
        parameters.append(rows.map(\.order))
        parameters.append(rows.map(\.parcel.carrier))
        parameters.append(rows.map(\.parcel.tracking))
        parameters.append(at)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (order: ID<CustomerOrder>, carrier: Carrier, tracking: TrackingNumber) {
        (try row.next(), try row.next(), try row.next())
    }
}

/// Locks the parcels of a source's orders that no file has told yet, in the order in which they were recorded.
struct LockShipmentsToExport: Statement {
    let source: OrderSource
    let since: Timestamp
    let limit: Int32

    static let sql = """
        SELECT \(Shipment.columns)
        FROM shipment
        JOIN customer_order AS placed ON placed.id = shipment.order_id
        WHERE shipment.exported_at IS NULL AND shipment.withdrawn_at IS NULL AND placed.source = $1
            AND shipment.recorded_at >= $2
        ORDER BY shipment.id
        LIMIT $3
        FOR UPDATE OF shipment
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(source)
        parameters.append(since)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Shipment { try row.nextShipment() }
}

/// The same, whether a file has told them or not.
struct LockShipmentsAgain: Statement {
    let source: OrderSource
    let since: Timestamp
    let limit: Int32

    static let sql = """
        SELECT \(Shipment.columns)
        FROM shipment
        JOIN customer_order AS placed ON placed.id = shipment.order_id
        WHERE shipment.withdrawn_at IS NULL AND placed.source = $1 AND shipment.recorded_at >= $2
        ORDER BY shipment.id
        LIMIT $3
        FOR UPDATE OF shipment
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(source)
        parameters.append(since)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Shipment { try row.nextShipment() }
}

/// Marks parcels as told.
struct MarkShipmentsExported: Command {
    let shipments: [ID<Shipment>]
    let at: Timestamp

    static let sql = "UPDATE shipment SET exported_at = $2 WHERE id = ANY ($1)"

    func bind(to parameters: inout Parameters) {
        parameters.append(shipments)
        parameters.append(at)
    }
}

/// Takes back what was recorded of an order under a number.
struct WithdrawShipment: Command {
    let order: ID<CustomerOrder>
    let tracking: TrackingNumber
    let at: Timestamp

    static let sql = """
        UPDATE shipment SET withdrawn_at = $3 WHERE order_id = $1 AND tracking = $2 AND withdrawn_at IS NULL
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(tracking)
        parameters.append(at)
    }
}

/// Lists parcels, the newest first, a page at a time.
struct ShipmentsBefore: Statement {
    let before: ID<Shipment>?
    let source: OrderSource?
    let order: ID<CustomerOrder>?
    let limit: Int32

    static let sql = """
        SELECT \(Shipment.columns)
        FROM shipment
        JOIN customer_order AS placed ON placed.id = shipment.order_id
        WHERE shipment.id < $1 AND ($2::text IS NULL OR placed.source = $2) AND ($3::uuid IS NULL OR order_id = $3)
        ORDER BY shipment.id DESC
        LIMIT $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(source)
        parameters.append(order)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Shipment { try row.nextShipment() }
}

extension Shipment {
    /// What ``RowDecoder/nextShipment()`` reads.
    fileprivate static let columns = """
        shipment.id, placed.source, placed.reference, shipment.carrier, shipment.tracking, placed.state,
            EXISTS (
                SELECT FROM order_terms AS terms WHERE terms.order_id = placed.id AND terms.refund_lock IS NOT NULL
            ),
            shipment.recorded_at, shipment.exported_at, shipment.withdrawn_at
        """
}

extension RowDecoder {
    fileprivate mutating func nextShipment() throws(DecodingFailure) -> Shipment {
        Shipment(
            id: try next(),
            parcel: Shipment.Parcel(
                order: OrderKey(source: try next(), reference: try next()), carrier: try next(), tracking: try next()),
            state: try next(), isRefundLocked: try next(), recordedAt: try next(), exportedAt: try next(),
            withdrawnAt: try next())
    }
}
