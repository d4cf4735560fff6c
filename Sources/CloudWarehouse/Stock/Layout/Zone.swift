import Postgres

/// A part of a warehouse that people call by one name (库区).
public struct Zone: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Zone>
    /// The warehouse that it is in.
    public let warehouse: ID<Warehouse>
    /// Its short name, unique in the warehouse, for ever.
    public let code: ZoneCode
    /// Its name for people.
    public var name: Name
    /// Whether no location may be in it any more.
    public var isClosed: Bool
}

/// Adds a zone; a code that exists in the warehouse is the server's 23505.
struct InsertZone: Command {
    let zone: Zone
    let at: Timestamp

    static let sql = """
        INSERT INTO zone (id, warehouse_id, code, name, created_at) VALUES ($1, $2, $3, $4, $5)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(zone.id)
        parameters.append(zone.warehouse)
        parameters.append(zone.code)
        parameters.append(zone.name)
        parameters.append(at)
    }
}

/// Lists the zones of a warehouse in the order of their codes; an empty text lies before every code.
struct ZonesOfWarehouse: Statement {
    let warehouse: WarehouseCode
    /// The last one of the page before; nil for the first page.
    let after: ZoneCode?
    let limit: Int32

    static let sql = """
        SELECT zone.id, zone.warehouse_id, zone.code, zone.name, zone.closed_at IS NOT NULL
        FROM zone
        JOIN warehouse ON warehouse.id = zone.warehouse_id
        WHERE warehouse.code = $1 AND zone.code > $2
        ORDER BY zone.code
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(after?.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Zone { try row.nextZone() }
}

/// Finds a zone, which is not closed before the transaction ends.
struct KeepZone: Statement {
    let warehouse: ID<Warehouse>
    let code: ZoneCode

    static let sql = """
        SELECT id, warehouse_id, code, name, closed_at IS NOT NULL FROM zone WHERE warehouse_id = $1 AND code = $2
        FOR KEY SHARE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Zone { try row.nextZone() }
}

/// Locks a zone against everybody who would put a location into it, so it is known which are in it.
struct LockZone: Statement {
    let warehouse: ID<Warehouse>
    let code: ZoneCode

    static let sql = """
        SELECT id, warehouse_id, code, name, closed_at IS NOT NULL FROM zone WHERE warehouse_id = $1 AND code = $2
        FOR UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Zone { try row.nextZone() }
}

/// Counts the locations of a zone that are not closed.
struct OpenLocationsOfZone: Statement {
    let zone: ID<Zone>

    static let sql = """
        SELECT count(*) FROM location WHERE zone_id = $1 AND closed_at IS NULL
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(zone)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}

/// Gives a zone its name, and closes or opens it; what is closed keeps the time since when.
struct UpdateZone: Command {
    let zone: Zone
    let at: Timestamp

    static let sql = """
        UPDATE zone SET name = $2, closed_at = CASE WHEN $3 THEN COALESCE(zone.closed_at, $4) END WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(zone.id)
        parameters.append(zone.name)
        parameters.append(zone.isClosed)
        parameters.append(at)
    }
}

extension RowDecoder {
    fileprivate mutating func nextZone() throws(DecodingFailure) -> Zone {
        Zone(id: try next(), warehouse: try next(), code: try next(), name: try next(), isClosed: try next())
    }
}
