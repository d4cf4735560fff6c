import Postgres

/// Finds SKUs by their codes, in the order of the codes; with an owner, only what the owner lists or has lots of.
struct OverlaySKUs: Statement {
    let codes: [SKUCode]
    let owner: ID<Owner>?

    static let sql = """
        SELECT sku.id, sku.code
        FROM unnest($1::text[]) WITH ORDINALITY AS asked (code, position)
        JOIN sku ON sku.code = asked.code
        JOIN product ON product.id = sku.product_id
        WHERE $2::uuid IS NULL OR product.owner_id = $2
            OR EXISTS (SELECT FROM pool WHERE pool.sku_id = sku.id AND pool.owner_id = $2)
        ORDER BY asked.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
        parameters.append(owner)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (id: ID<SKU>, code: SKUCode) {
        (try row.next(), try row.next())
    }
}

/// Writes what a key shows, in its order.
struct InsertOverlaySKUs: Command {
    let token: ID<Token>
    let skus: [ID<SKU>]

    static let sql = """
        INSERT INTO overlay_sku (token_id, position, sku_id)
        SELECT $1, shown.position, shown.sku_id
        FROM unnest($2::uuid[]) WITH ORDINALITY AS shown (sku_id, position)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(token)
        parameters.append(skus)
    }
}

/// What these keys show, each in its order.
struct SKUsOfOverlays: Statement {
    let tokens: [ID<Token>]

    static let sql = """
        SELECT overlay_sku.token_id, sku.code
        FROM overlay_sku
        JOIN sku ON sku.id = overlay_sku.sku_id
        WHERE overlay_sku.token_id = ANY ($1)
        ORDER BY overlay_sku.token_id, overlay_sku.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(tokens)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (token: ID<Token>, sku: SKUCode) {
        (try row.next(), try row.next())
    }
}
