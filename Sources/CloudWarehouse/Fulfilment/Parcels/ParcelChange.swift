import Postgres

/// What is changed of one parcel before it leaves.
public enum ParcelChange: Hashable, Sendable {
    /// It is taken apart: its goods go to this location, or back where they came from, and may go into another parcel.
    case dissolve(to: LocationCode?)
    /// It has this number of a carrier.
    case number(Carrier, TrackingNumber)
    /// It has a new label, with the address as it is now.
    case relabel

    var event: ParcelEvent {
        switch self {
        case .dissolve: .dissolve
        case .number: .number
        case .relabel: .relabel
        }
    }
}

/// Gives a parcel the number of a carrier.
struct NumberParcel: Command {
    let parcel: ID<Parcel>
    let carrier: Carrier
    let tracking: TrackingNumber

    static let sql = "UPDATE parcel SET carrier = $2, tracking = $3 WHERE id = $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(parcel)
        parameters.append(carrier)
        parameters.append(tracking)
    }
}

/// Says which parcel has a carrier's number.
struct ParcelOfNumber: Statement {
    let carrier: Carrier
    let tracking: TrackingNumber

    static let sql = "SELECT id FROM parcel WHERE carrier = $1 AND tracking = $2"

    func bind(to parameters: inout Parameters) {
        parameters.append(carrier)
        parameters.append(tracking)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<Parcel> { try row.next() }
}

/// Says that a parcel's label has the addresses that its orders have now.
struct RelabelParcel: Command {
    let parcel: ID<Parcel>
    let orders: [(order: ID<CustomerOrder>, version: Int16)]

    static let sql = """
        UPDATE parcel_order SET address_version = new.version
        FROM unnest($2::uuid[], $3::smallint[]) AS new (order_id, version)
        WHERE parcel_order.parcel_id = $1 AND parcel_order.order_id = new.order_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(parcel)
        parameters.append(orders.map(\.order))
        parameters.append(orders.map(\.version))
    }
}

/// Tells to how many addresses orders go; one without an address counts by itself.
struct AddressesOfOrders: Statement {
    let orders: [ID<CustomerOrder>]

    static let sql = """
        SELECT count(DISTINCT (ship_to.key_id, ship_to.merge_key, CASE WHEN ship_to.merge_key IS NULL THEN asked.id END))
        FROM unnest($1::uuid[]) AS asked (id)
        LEFT JOIN LATERAL (
            SELECT key_id, merge_key FROM recipient WHERE recipient.order_id = asked.id ORDER BY version DESC LIMIT 1
        ) AS ship_to ON true
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(orders)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}
