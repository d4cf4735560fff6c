import Postgres

/// Locks the orders of some groups of a wave that nothing was decided about, by id.
struct LockOrdersOfGroups: Statement {
    let wave: ID<Wave>
    let after: Int32
    let through: Int32

    static let sql = """
        SELECT placed.id
        FROM wave_order AS chosen
        JOIN customer_order AS placed ON placed.id = chosen.order_id
        WHERE chosen.wave_id = $1 AND chosen.group_number > $2 AND chosen.group_number <= $3 AND chosen.outcome IS NULL
        ORDER BY placed.id
        FOR NO KEY UPDATE OF placed
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(after)
        parameters.append(through)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<CustomerOrder> { try row.next() }
}

/// Reads the orders of a wave that the statement before has locked, those that have to leave first.
struct OrdersToBind: Statement {
    let wave: ID<Wave>
    let orders: [ID<CustomerOrder>]

    static let sql = """
        SELECT placed.id, chosen.group_number, placed.source, terms.shop, placed.state,
            terms.refund_lock IS NOT NULL, \(sentOtherwise), COALESCE(ship_to.version, 0::smallint),
            ship_to.merge_key, ship_to.key_id
        FROM wave_order AS chosen
        JOIN customer_order AS placed ON placed.id = chosen.order_id
        LEFT JOIN order_terms AS terms ON terms.order_id = placed.id
        LEFT JOIN LATERAL (
            SELECT version, merge_key, key_id FROM recipient WHERE recipient.order_id = placed.id ORDER BY version DESC LIMIT 1
        ) AS ship_to ON true
        WHERE chosen.wave_id = $1 AND placed.id = ANY ($2)
        ORDER BY chosen.group_number, placed.id
        """

    /// Whether a parcel of `placed` was recorded that is of no wave.
    static let sentOtherwise = """
        EXISTS (
                SELECT FROM shipment WHERE shipment.order_id = placed.id AND shipment.withdrawn_at IS NULL
                    AND NOT EXISTS (
                        SELECT FROM parcel_order AS own
                        JOIN parcel ON parcel.id = own.parcel_id
                        WHERE own.order_id = placed.id AND parcel.carrier = shipment.carrier
                            AND parcel.tracking = shipment.tracking
                    )
            )
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(orders)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OrderToBind {
        OrderToBind(
            id: try row.next(), group: try row.next(), source: try row.next(), shop: try row.next(),
            state: try row.next(), isRefundLocked: try row.next(),
            isSentOtherwise: try row.next(), addressVersion: try row.next(), mergeKey: try row.next(),
            keyID: try row.next())
    }
}

/// Reads what orders want of a warehouse and have in no parcel yet.
struct LinesToBind: Statement {
    let orders: [ID<CustomerOrder>]
    let warehouse: ID<Warehouse>

    static let sql = """
        SELECT line.order_id, line.position, line.sku_id, sku.code, line.owner_id,
            line.quantity - line.cancelled - line.bound, COALESCE(packing.unit_grams, CASE sku.base_unit WHEN 'gram' THEN 1::bigint END), packing.most_per_parcel
        FROM order_line AS line
        JOIN sku ON sku.id = line.sku_id
        LEFT JOIN sku_packing AS packing ON packing.sku_id = line.sku_id
        WHERE line.order_id = ANY ($1) AND line.warehouse_id = $2 AND line.claim = 'committed'
            AND line.quantity - line.cancelled > line.bound
        ORDER BY line.order_id, line.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders)
        parameters.append(warehouse)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> LineToBind {
        LineToBind(
            order: try row.next(), position: try row.next(), sku: try row.next(), skuCode: try row.next(),
            owner: try row.next(), quantity: try row.next(), unitGrams: try row.next(), mostPerParcel: try row.next())
    }
}

/// Locks, in key order, what may be bound of SKUs in a warehouse: good, released, kept for picking, bound to nobody, not in
/// doubt, and long enough to live on the day on which it leaves. What has expired or is held is not among it, ever.
struct ShelvesOfSKUs: Statement {
    let skus: [ID<SKU>]
    let warehouse: ID<Warehouse>
    let shipOn: CalendarDate

    static let select = """
        SELECT balance.sku_id, balance.owner_id, balance.lot_id, balance.location_id, location.storage_class, lot.expires_on,
                location.pick_sequence, balance.on_hand - balance.allocated AS free
            FROM balance
            JOIN location ON location.id = balance.location_id
            JOIN lot ON lot.id = balance.lot_id
            LEFT JOIN sku_packing AS packing ON packing.sku_id = balance.sku_id
        """

    /// The parameters of the warehouse and the day have these numbers.
    static func condition(warehouse: Int, day: Int) -> String {
        """
        location.warehouse_id = $\(warehouse) AND location.purpose = 'storage'
                AND balance.quality = 'good' AND lot.status = 'released' AND balance.on_hand > balance.allocated
                AND (lot.expires_on IS NULL
                    OR lot.expires_on >= $\(day)::date + COALESCE(packing.minimum_life_days, 0::smallint))
                AND NOT EXISTS (
                    SELECT FROM pick_doubt AS doubt
                    WHERE doubt.location_id = balance.location_id AND doubt.lot_id = balance.lot_id
                )
        """
    }

    static let sql = """
        \(select)
        WHERE balance.sku_id = ANY ($1) AND \(condition(warehouse: 2, day: 3))
        ORDER BY balance.sku_id, balance.location_id, balance.lot_id, balance.quality
        FOR NO KEY UPDATE OF balance
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(skus)
        parameters.append(warehouse)
        parameters.append(shipOn)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Shelf {
        Shelf(
            sku: try row.next(), owner: try row.next(), lot: try row.next(), location: try row.next(),
            storageClass: try row.next(), expiresOn: try row.next(), walk: try row.next(), free: try row.next())
    }
}

/// Says what became of a wave's orders.
struct SetBindingOutcomes: Command {
    let wave: ID<Wave>
    let outcomes: [(order: ID<CustomerOrder>, outcome: BindingOutcome)]

    static let sql = """
        UPDATE wave_order SET outcome = new.outcome
        FROM unnest($2::uuid[], $3::text[]) AS new (order_id, outcome)
        WHERE wave_order.wave_id = $1 AND wave_order.order_id = new.order_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(outcomes.map(\.order))
        parameters.append(outcomes.map(\.outcome))
    }
}

/// Changes how much of order lines lies in parcels, and how much of them has left; the transaction has locked the orders.
struct ChangeLinesBound: Command {
    struct Change: Hashable {
        let order: ID<CustomerOrder>
        let position: Int16
        var bound: Int64 = 0
        var shipped: Int64 = 0
    }

    let changes: [Change]

    static let sql = """
        UPDATE order_line SET bound = order_line.bound + new.bound, shipped = order_line.shipped + new.shipped
        FROM unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bigint[]) AS new (order_id, position, bound, shipped)
        WHERE order_line.order_id = new.order_id AND order_line.position = new.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(changes.map(\.order))
        parameters.append(changes.map(\.position))
        parameters.append(changes.map(\.bound))
        parameters.append(changes.map(\.shipped))
    }
}
