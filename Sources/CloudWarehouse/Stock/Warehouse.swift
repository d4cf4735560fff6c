import Postgres

/// A building where goods stand (仓库).
public struct Warehouse: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Warehouse>
    /// Its short name, unique in the base.
    public let code: WarehouseCode
    /// Its name for people.
    public let name: Name
}

/// Adds a warehouse; a code that exists is the server's 23505.
struct InsertWarehouse: Command {
    let warehouse: Warehouse
    let at: Timestamp

    static let sql = """
        INSERT INTO warehouse (id, code, name, created_at) VALUES ($1, $2, $3, $4)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse.id)
        parameters.append(warehouse.code)
        parameters.append(warehouse.name)
        parameters.append(at)
    }
}

/// Finds a warehouse by its code.
struct WarehouseByCode: Statement {
    let code: WarehouseCode

    static let sql = """
        SELECT id, code, name FROM warehouse WHERE code = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(code)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Warehouse {
        Warehouse(id: try row.next(), code: try row.next(), name: try row.next())
    }
}

/// Lists warehouses in the order of their codes; an empty text lies before every code.
struct WarehousesInOrder: Statement {
    /// The last one of the page before; nil for the first page.
    let after: WarehouseCode?
    let limit: Int32

    static let sql = """
        SELECT id, code, name FROM warehouse WHERE code > $1 ORDER BY code LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(after?.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Warehouse {
        Warehouse(id: try row.next(), code: try row.next(), name: try row.next())
    }
}
