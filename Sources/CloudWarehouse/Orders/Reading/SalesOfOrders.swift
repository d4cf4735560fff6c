public import Postgres

/// What some orders sold of one SKU.
public struct SKUSales: Hashable, Sendable {
    /// The SKU.
    public let sku: SKUCode
    /// How many order lines there are.
    public var lines: Int64
    /// Base units of all lines together.
    public var quantity: Int64
    /// Their amounts together.
    public var amount: Fen

    /// Sales with these fields.
    public init(sku: SKUCode, lines: Int64, quantity: Int64, amount: Fen) {
        self.sku = sku
        self.lines = lines
        self.quantity = quantity
        self.amount = amount
    }
}

/// Adds up the order lines of one source's references, per SKU.
struct SalesOfOrders: Statement {
    let source: OrderSource
    let references: [OrderReference]

    static let sql = """
        SELECT sku.code, count(*), sum(line.quantity - line.cancelled)::bigint, sum(line.amount_fen)::bigint
        FROM customer_order AS placed
        JOIN order_line AS line ON line.order_id = placed.id
        JOIN sku ON sku.id = line.sku_id
        WHERE placed.source = $1 AND placed.reference = ANY ($2) AND line.part_of IS NULL
        GROUP BY sku.code
        ORDER BY sku.code
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(source)
        parameters.append(references)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SKUSales {
        SKUSales(sku: try row.next(), lines: try row.next(), quantity: try row.next(), amount: try row.next())
    }
}

/// What orders have sold.
public struct Sales: Sendable {
    private let pool: Pool

    /// The sales of the base that the connections of `pool` belong to.
    public init(pool: Pool) {
        self.pool = pool
    }

    /// Adds up what the orders under these references of a source have sold, per SKU in the order of the codes.
    public func total(
        of source: OrderSource, references: [OrderReference]
    ) async throws(OrdersError) -> [SKUSales] {
        try await pool.rows(of: SalesOfOrders(source: source, references: references), throwing: OrdersError.self)
    }
}
