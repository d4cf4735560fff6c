import Postgres

/// Finds the parcels that were scanned: by their labels, or by their carriers' numbers, of which the newest counts.
struct FindParcels: Statement {
    let scans: [ParcelScan]

    /// Each is looked up by its key: joined as sets, all parcels of a wave were read for each scan, half a second for 250 of them.
    static let sql = """
        SELECT scan.ordinal, COALESCE(
            (
                SELECT parcel.id FROM wave JOIN parcel ON parcel.wave_id = wave.id AND parcel.number = scan.number
                WHERE wave.code = scan.wave
            ),
            (SELECT (array_agg(parcel.id ORDER BY parcel.id DESC))[1] FROM parcel WHERE parcel.tracking = scan.tracking)
        )
        FROM unnest($1::integer[], $2::text[], $3::integer[], $4::text[]) AS scan (ordinal, wave, number, tracking)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(scans.indices.map { Int32($0) })
        parameters.append(scans.map(\.label?.wave))
        parameters.append(scans.map(\.label?.number))
        parameters.append(scans.map(\.tracking))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (ordinal: Int32, parcel: ID<Parcel>?) {
        (try row.next(), try row.next())
    }
}

/// A parcel that the transaction has locked.
struct StandingParcel: Hashable {
    let id: ID<Parcel>
    let wave: ID<Wave>
    let label: ParcelLabel
    let kind: Wave.Kind
    let warehouse: ID<Warehouse>
    let packing: ID<Location>
    let state: ParcelState
    let storageClass: StorageClass
    let carrier: Carrier?
    let tracking: TrackingNumber?
    let expectedGrams: Int64?
    let isShort: Bool
    /// Under which it has left; nil before.
    let manifest: ID<Manifest>?
}

/// Locks parcels by id.
struct LockParcels: Statement {
    let parcels: [ID<Parcel>]

    static let sql = """
        SELECT parcel.id, parcel.wave_id, wave.code, parcel.number, wave.kind, wave.warehouse_id, wave.packing_location_id,
            parcel.state, parcel.storage_class, parcel.carrier, parcel.tracking, parcel.expected_grams, parcel.is_short,
            parcel.manifest_id
        FROM parcel
        JOIN wave ON wave.id = parcel.wave_id
        WHERE parcel.id = ANY ($1)
        ORDER BY parcel.id
        FOR NO KEY UPDATE OF parcel
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingParcel {
        StandingParcel(
            id: try row.next(), wave: try row.next(), label: ParcelLabel(wave: try row.next(), number: try row.next()),
            kind: try row.next(), warehouse: try row.next(), packing: try row.next(), state: try row.next(),
            storageClass: try row.next(), carrier: try row.next(), tracking: try row.next(),
            expectedGrams: try row.next(), isShort: try row.next(), manifest: try row.next())
    }
}

/// Locks the orders of parcels by id: none is called off before the transaction ends.
struct LockOrdersOfParcels: Statement {
    let parcels: [ID<Parcel>]

    static let sql = """
        SELECT placed.id FROM customer_order AS placed
        WHERE placed.id IN (SELECT order_id FROM parcel_order WHERE parcel_id = ANY ($1))
        ORDER BY placed.id
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<CustomerOrder> { try row.next() }
}

/// Reads the orders of parcels as they are now: what the statement before has locked.
struct OrdersAtGate: Statement {
    let parcels: [ID<Parcel>]

    static let sql = """
        SELECT inside.parcel_id, placed.id, placed.source, placed.reference, placed.state,
            EXISTS (
                SELECT FROM order_terms AS terms WHERE terms.order_id = placed.id AND terms.refund_lock IS NOT NULL
            ),
            \(OrdersToBind.sentOtherwise), EXISTS (
                SELECT FROM order_line AS line
                WHERE line.order_id = placed.id AND line.quantity - line.cancelled < line.bound
            ), COALESCE((
                SELECT max(version) FROM recipient WHERE recipient.order_id = placed.id
            ), 0::smallint), inside.address_version
        FROM parcel_order AS inside
        JOIN customer_order AS placed ON placed.id = inside.order_id
        WHERE inside.parcel_id = ANY ($1)
        ORDER BY inside.parcel_id, placed.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> OrderAtGate {
        OrderAtGate(
            parcel: try row.next(), order: try row.next(),
            key: OrderKey(source: try row.next(), reference: try row.next()), state: try row.next(),
            isRefundLocked: try row.next(), isSentOtherwise: try row.next(), isReduced: try row.next(),
            addressVersion: try row.next(), labelVersion: try row.next())
    }
}

/// Goods of one line, lot and location in a parcel.
enum ParcelItem {
    /// What has become of them.
    enum State: String, CaseIterable, Hashable, Sendable, PostgresCodable {
        case bound, picked, shipped
        case givenUp = "given_up"
    }
}

/// Goods in a parcel, with what there is to know of their lot.
struct StandingItem: Hashable {
    let id: ID<ParcelItem>
    let parcel: ID<Parcel>
    let order: ID<CustomerOrder>
    let position: Int16
    let goods: AdjustmentPlan.Goods
    let location: ID<Location>
    let quantity: Int64
    let state: ParcelItem.State

    /// Whether its lot may still be sold on that day.
    func isSellable(on day: CalendarDate) -> Bool {
        goods.status == .released && (goods.expiresOn ?? day) >= day
    }
}

/// Reads what is, or is to be, in parcels; no lot of it is released or blocked before the transaction ends.
struct ItemsOfParcels: Statement {
    let parcels: [ID<Parcel>]

    static let sql = """
        SELECT item.id, item.parcel_id, item.order_id, item.position, lot.id, lot.sku_id, lot.owner_id, sku.base_unit,
            lot.status, lot.expires_on, item.location_id, item.quantity, item.state
        FROM parcel_item AS item
        JOIN lot ON lot.id = item.lot_id
        JOIN sku ON sku.id = lot.sku_id
        WHERE item.parcel_id = ANY ($1) AND item.state IN ('bound', 'picked')
        ORDER BY lot.id, item.id
        FOR SHARE OF lot
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingItem {
        StandingItem(
            id: try row.next(), parcel: try row.next(), order: try row.next(), position: try row.next(),
            goods: try GoodsOfLot.decode(&row), location: try row.next(), quantity: try row.next(),
            state: try row.next())
    }
}

/// Of which SKUs something has left in parcels.
struct SKUsOfParcels: Statement {
    let parcels: [ID<Parcel>]

    static let sql = "SELECT DISTINCT sku_id FROM parcel_item WHERE parcel_id = ANY ($1) AND state = 'shipped'"

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> { try row.next() }
}

/// Says what has become of goods in parcels.
struct SetItemStates: Command {
    let items: [ID<ParcelItem>]
    let state: ParcelItem.State

    static let sql = "UPDATE parcel_item SET state = $2 WHERE id = ANY ($1)"

    func bind(to parameters: inout Parameters) {
        parameters.append(items)
        parameters.append(state)
    }
}

/// Gives parcels a state in which nothing else of them changes.
struct SetParcelStates: Command {
    let parcels: [ID<Parcel>]
    let state: ParcelState

    static let sql = "UPDATE parcel SET state = $2 WHERE id = ANY ($1)"

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels)
        parameters.append(state)
    }
}

/// Says that parcels are packed, and what they weigh.
struct PackParcels: Command {
    let parcels: [(id: ID<Parcel>, weighedGrams: Int64?)]
    let at: Timestamp

    static let sql = """
        UPDATE parcel SET state = 'packed', packed_at = $3, weighed_grams = new.grams
        FROM unnest($1::uuid[], $2::bigint[]) AS new (id, grams)
        WHERE parcel.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(parcels.map(\.id))
        parameters.append(parcels.map(\.weighedGrams))
        parameters.append(at)
    }
}
