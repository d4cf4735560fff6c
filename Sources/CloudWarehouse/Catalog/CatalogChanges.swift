import Postgres

/// Makes the categories of an import, and may rename those that are there; sorted by code, so that two imports cannot lock
/// each other out.
struct UpsertCategories: Command {
    let categories: [Category]
    /// Whether a category that is there gets its new name.
    let renames: Bool

    static let sql = """
        INSERT INTO category (code, name)
        SELECT code, name FROM unnest($1::text[], $2::text[]) AS new (code, name)
        ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name WHERE $3 AND category.name <> EXCLUDED.name
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(categories.map(\.code))
        parameters.append(categories.map(\.name))
        parameters.append(renames)
    }
}

/// Inserts products of one owner.
struct InsertProducts: Command {
    let ids: [ID<Product>]
    let entries: [CatalogEntry]
    let owner: ID<Owner>
    let at: Timestamp

    static let sql = """
        INSERT INTO product (id, owner_id, category_code, name, created_at)
        SELECT id, $4, category_code, name, $5
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS new (id, category_code, name)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ids)
        parameters.append(entries.map(\.category?.code))
        parameters.append(entries.map(\.name))
        parameters.append(owner)
        parameters.append(at)
    }
}

/// Inserts SKUs, one for each product.
struct InsertSKUs: Command {
    let ids: [ID<SKU>]
    let products: [ID<Product>]
    let entries: [CatalogEntry]
    let at: Timestamp

    static let sql = """
        INSERT INTO sku (id, product_id, code, name, base_unit, created_at)
        SELECT id, product_id, code, name, base_unit, $6
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
            AS new (id, product_id, code, name, base_unit)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ids)
        parameters.append(products)
        parameters.append(entries.map(\.code))
        parameters.append(entries.map(\.name))
        parameters.append(entries.map(\.unit))
        parameters.append(at)
    }
}

/// Sets list prices, whether or not there were any.
struct UpsertPrices: Command {
    let prices: [(sku: ID<SKU>, price: Price)]

    static let sql = """
        INSERT INTO sku_price (sku_id, fen, per_quantity)
        SELECT sku_id, fen, per_quantity FROM unnest($1::uuid[], $2::bigint[], $3::bigint[])
            AS new (sku_id, fen, per_quantity)
        ORDER BY sku_id
        ON CONFLICT (sku_id) DO UPDATE SET fen = EXCLUDED.fen, per_quantity = EXCLUDED.per_quantity
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(prices.map(\.sku))
        parameters.append(prices.map(\.price.fen))
        parameters.append(prices.map(\.price.per))
    }
}

/// Locks SKUs and their products in the order of the SKUs' ids, so that two imports cannot lock each other out.
struct LockListed: Statement {
    let skus: [ID<SKU>]

    static let sql = """
        SELECT sku.id FROM sku JOIN product ON product.id = sku.product_id
        WHERE sku.id = ANY ($1)
        ORDER BY sku.id
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(skus)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<SKU> {
        try row.next()
    }
}

/// Gives products new names and categories; no category leaves the one that is there.
struct UpdateProducts: Command {
    let changes: [(entry: CatalogEntry, sku: SKU)]

    static let sql = """
        UPDATE product SET name = new.name, category_code = COALESCE(new.category_code, product.category_code)
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS new (id, name, category_code)
        WHERE product.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(changes.map(\.sku.product))
        parameters.append(changes.map(\.entry.name))
        parameters.append(changes.map(\.entry.category?.code))
    }
}

/// Gives SKUs new names.
struct RenameSKUs: Command {
    let changes: [(entry: CatalogEntry, sku: SKU)]

    static let sql = """
        UPDATE sku SET name = new.name FROM unnest($1::uuid[], $2::text[]) AS new (id, name) WHERE sku.id = new.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(changes.map(\.sku.id))
        parameters.append(changes.map(\.entry.name))
    }
}
