import Postgres

/// Finds SKUs by their codes.
struct SKUsByCode: Statement {
    let codes: [SKUCode]

    static let sql = """
        SELECT sku.id, sku.product_id, owner.code, sku.code, sku.name, sku.base_unit, category.code,
            category.name, sku_price.fen, sku_price.per_quantity
        FROM sku
        JOIN product ON product.id = sku.product_id
        JOIN owner ON owner.id = product.owner_id
        LEFT JOIN category ON category.code = product.category_code
        LEFT JOIN sku_price ON sku_price.sku_id = sku.id
        WHERE sku.code = ANY ($1)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SKU {
        try SKU(row: &row)
    }
}

/// Lists SKUs in the order of their codes, a page at a time.
struct SKUsAfter: Statement {
    /// The last code of the page before; nil for the first page.
    let after: SKUCode?
    let limit: Int32

    /// The bound of ``Catalog/maximumPage`` stands in the text, so that a plan for all values knows how few rows there are:
    /// with `LIMIT $2` alone it expects a tenth of the table, and starts parallel workers for a page.
    static let sql = """
        SELECT sku.id, sku.product_id, owner.code, sku.code, sku.name, sku.base_unit, category.code,
            category.name, sku_price.fen, sku_price.per_quantity
        FROM (
            SELECT id, product_id, code, name, base_unit FROM sku WHERE code > $1 ORDER BY code LIMIT 1000
        ) AS sku
        JOIN product ON product.id = sku.product_id
        JOIN owner ON owner.id = product.owner_id
        LEFT JOIN category ON category.code = product.category_code
        LEFT JOIN sku_price ON sku_price.sku_id = sku.id
        ORDER BY sku.code
        LIMIT $2
        """

    /// An empty text lies before every code, so the first page needs no other statement.
    func bind(to parameters: inout Parameters) {
        parameters.append(after?.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SKU {
        try SKU(row: &row)
    }
}

/// Lists the SKUs that one owner lists in the order of their codes, a page at a time.
///
/// A statement of its own: with an owner that may be missing, one plan for all would read everybody's SKUs for a few.
struct SKUsOfOwnerAfter: Statement {
    let owner: OwnerCode
    /// The last code of the page before; nil for the first page.
    let after: SKUCode?
    let limit: Int32

    static let sql = """
        SELECT sku.id, sku.product_id, owner.code, sku.code, sku.name, sku.base_unit, category.code,
            category.name, sku_price.fen, sku_price.per_quantity
        FROM sku
        JOIN product ON product.id = sku.product_id
        JOIN owner ON owner.id = product.owner_id
        LEFT JOIN category ON category.code = product.category_code
        LEFT JOIN sku_price ON sku_price.sku_id = sku.id
        WHERE owner.code = $1 AND sku.code > $2
        ORDER BY sku.code
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(owner)
        parameters.append(after?.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SKU {
        try SKU(row: &row)
    }
}

extension SKU {
    fileprivate init(row: inout RowDecoder) throws(DecodingFailure) {
        self.init(
            id: try row.next(), product: try row.next(), owner: try row.next(), code: try row.next(),
            name: try row.next(), unit: try row.next(), category: try row.nextCategory(),
            price: try row.nextPrice())
    }
}

extension RowDecoder {
    /// Reads two columns, the code and the name: both NULL or neither.
    fileprivate mutating func nextCategory() throws(DecodingFailure) -> Category? {
        let code: CategoryCode? = try next()
        let name: Name? = try next()
        guard let code, let name else { return nil }
        return Category(code: code, name: name)
    }

    /// Reads two columns, the fen and the quantity that they are for: both NULL or neither.
    mutating func nextPrice() throws(DecodingFailure) -> Price? {
        let fen: Fen? = try next()
        let per: Quantity? = try next()
        guard let fen, let per else { return nil }
        guard let price = try? Price(fen: fen, per: per) else { throw .malformed("\(fen) fen per \(per) is no price") }
        return price
    }
}
