import Postgres

/// Lists how many whole sets lie in each warehouse, in the order of the codes, a page at a time: all components of a set
/// from one consistent reading.
struct SetLevelsAfter: Statement {
    /// Only this set's, when there is one.
    let sku: SKUCode?
    /// The last position of the page before; nil for the first page.
    let after: StockLevel.Position?
    let limit: Int32

    static let sql = """
        SELECT bundle.code, warehouse.code, bundle.name, bundle.base_unit,
            min(GREATEST(COALESCE(part.available, 0), 0) / component.quantity), sum(COALESCE(part.version, 0))::bigint
        FROM sku AS bundle
        JOIN set_component AS component ON component.set_sku_id = bundle.id
        CROSS JOIN warehouse
        CROSS JOIN LATERAL (
            SELECT least(sum(sellable - held - committed - allotted), 9223372036854775807)::bigint AS available,
                sum(version)::bigint AS version, count(*) AS pools
            FROM pool
            WHERE pool.sku_id = component.component_sku_id AND pool.warehouse_id = warehouse.id
        ) AS part
        WHERE bundle.code >= $1 AND bundle.code <= $2 AND (bundle.code, warehouse.code) > ($3, $4)
        GROUP BY bundle.id, warehouse.id
        HAVING sum(part.pools) > 0
        ORDER BY bundle.code, warehouse.code
        LIMIT $5
        """

    /// Both bounds of the code are always there: an empty text lies before every code, and a DEL after every one.
    func bind(to parameters: inout Parameters) {
        parameters.append(max(sku?.rawValue ?? "", after?.sku.rawValue ?? ""))
        parameters.append(sku?.rawValue ?? "\u{7F}")
        parameters.append(after?.sku.rawValue ?? "")
        parameters.append(after?.warehouse.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StockLevel {
        let position = StockLevel.Position(sku: try row.next(), warehouse: try row.next(), owner: nil)
        let (name, unit) = (try row.next(Name.self), try row.next(BaseUnit.self))
        return StockLevel(
            position: position, name: name, unit: unit, counters: PoolCounters(sellable: try row.next()),
            version: try row.next())
    }
}
