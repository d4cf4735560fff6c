import Postgres

/// Locks SKUs in the order of their ids, so that nobody else makes sets or components of them, or receives goods of them as
/// sets, meanwhile. What is known of them is read by the next statement: this one may have waited.
struct LockSKUs: Statement {
    let codes: [SKUCode]

    static let sql = "SELECT id FROM sku WHERE code = ANY ($1) ORDER BY id FOR NO KEY UPDATE"

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> {
        try row.next()
    }
}

/// Keeps SKUs from becoming sets until the transaction is over; others may do the same.
struct KeepSKUs: Statement {
    let codes: [SKUCode]

    static let sql = "SELECT id FROM sku WHERE code = ANY ($1) ORDER BY id FOR SHARE"

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> {
        try row.next()
    }
}

/// Tells which of some SKUs are sets.
struct SetsAmong: Statement {
    let codes: [SKUCode]

    static let sql = """
        SELECT code FROM sku
        WHERE code = ANY ($1) AND EXISTS (SELECT FROM set_component WHERE set_sku_id = sku.id)
        ORDER BY code
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SKUCode {
        try row.next()
    }
}

/// Reads what decides whether SKUs can be sets or components. A balance is never deleted, so one says that goods came.
struct SetFactsOf: Statement {
    let codes: [SKUCode]

    static let sql = """
        SELECT sku.id, sku.code, EXISTS (SELECT FROM set_component WHERE set_sku_id = sku.id),
            (
                SELECT min(bundle.code)
                FROM set_component
                JOIN sku AS bundle ON bundle.id = set_component.set_sku_id
                WHERE set_component.component_sku_id = sku.id
            ),
            EXISTS (SELECT FROM balance WHERE balance.sku_id = sku.id)
        FROM sku
        WHERE sku.code = ANY ($1)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SetPlan.Facts {
        SetPlan.Facts(
            id: try row.next(), code: try row.next(), isSet: try row.next(), componentOf: try row.next(),
            hasGoods: try row.next())
    }
}

/// Lists what sets are made of, in the order of the components' codes; of a SKU that is none, nothing.
struct ComponentsOfSet: Statement {
    let set: SKUCode

    static let sql = """
        SELECT sku.code, sku.name, sku.base_unit, component.quantity
        FROM sku AS bundle
        JOIN set_component AS component ON component.set_sku_id = bundle.id
        JOIN sku ON sku.id = component.component_sku_id
        WHERE bundle.code = $1
        ORDER BY sku.code
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(set)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ListedComponent {
        ListedComponent(sku: try row.next(), name: try row.next(), unit: try row.next(), quantity: try row.next())
    }
}

/// Forgets what a set is made of.
struct DeleteComponents: Command {
    let set: ID<SKU>

    static let sql = "DELETE FROM set_component WHERE set_sku_id = $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(set)
    }
}

/// Says what a set is made of.
struct InsertComponents: Command {
    let plan: SetPlan

    static let sql = """
        INSERT INTO set_component (set_sku_id, component_sku_id, quantity)
        SELECT $1, sku_id, quantity FROM unnest($2::uuid[], $3::bigint[]) AS new (sku_id, quantity)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(plan.set.id)
        parameters.append(plan.components.map(\.sku))
        parameters.append(plan.components.map(\.quantity))
    }
}
