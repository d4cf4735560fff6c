import FoundationEssentials
public import Postgres

/// How cold a storage location is.
public enum StorageClass: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 常温
    case ambient
    /// 冷藏
    case chilled
    /// 冷冻
    case frozen
}

/// A storage location: a place in a warehouse where goods stand (库位).
///
/// The ledger knows other places too, outside of every warehouse: ``supplier`` and its like.
public struct Location: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Location>
    /// The warehouse that it is in.
    public let warehouse: ID<Warehouse>
    /// Its short name, unique in the warehouse.
    public let code: LocationCode
    /// What may change about it.
    public var terms: LocationTerms

    /// How cold it is.
    public var storageClass: StorageClass { terms.storageClass }

    /// Where goods come from when they are received. The same in every base: the first migration makes it.
    public static let supplier = ID<Location>(rawValue: UUID(high: 0x7000, low: 0x8000_0000_0000_0001))
    /// Where goods go that have left with a carrier. The same in every base.
    public static let customer = ID<Location>(rawValue: UUID(high: 0x7000, low: 0x8000_0000_0000_0002))
    /// Where goods are that go from one warehouse to another. The same in every base.
    public static let inTransit = ID<Location>(rawValue: UUID(high: 0x7000, low: 0x8000_0000_0000_0003))
    /// Where goods wait that were picked for a transfer and have not departed. The same in every base.
    public static let transferDock = ID<Location>(rawValue: UUID(high: 0x7000, low: 0x8000_0000_0000_00d0))
    /// Where goods go that are lost, and come from that are found. The same in every base.
    public static let loss = ID<Location>(rawValue: UUID(high: 0x7000, low: 0x8000_0000_0000_0004))
}

/// Adds a storage location; a code that exists in the warehouse is the server's 23505.
struct InsertLocation: Command {
    let location: Location
    let zone: ID<Zone>?
    let at: Timestamp

    static let sql = """
        INSERT INTO location (id, warehouse_id, code, kind, storage_class, created_at, purpose, zone_id, capacity,
            capacity_unit, pick_sequence, closed_at)
        VALUES ($1, $2, $3, 'storage', $4, $5, $6, $7, $8, $9, $10, CASE WHEN $11 THEN $5 END)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(location.id)
        parameters.append(location.warehouse)
        parameters.append(location.code)
        parameters.append(location.storageClass)
        parameters.append(at)
        parameters.append(location.terms.purpose)
        parameters.append(zone)
        parameters.append(location.terms.capacity?.quantity)
        parameters.append(location.terms.capacity?.unit)
        parameters.append(location.terms.pickSequence)
        parameters.append(location.terms.isClosed)
    }
}

/// Finds a storage location by the codes of its warehouse and of itself; it is not closed before the transaction ends.
struct LocationByCode: Statement {
    let warehouse: WarehouseCode
    let code: LocationCode

    static let sql = """
        SELECT \(Location.columns)
        FROM location
        JOIN warehouse ON warehouse.id = location.warehouse_id
        WHERE warehouse.code = $1 AND location.code = $2
        FOR KEY SHARE OF location
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Location { try row.nextLocation() }
}

/// Lists the storage locations of a warehouse in the order of their codes; an empty text lies before every code.
struct LocationsOfWarehouse: Statement {
    let warehouse: WarehouseCode
    /// The last one of the page before; nil for the first page.
    let after: LocationCode?
    let limit: Int32

    static let sql = """
        SELECT \(Location.columns)
        FROM location
        JOIN warehouse ON warehouse.id = location.warehouse_id
        WHERE warehouse.code = $1 AND location.code > $2
        ORDER BY location.code
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(after?.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Location { try row.nextLocation() }
}
