public import Postgres

/// An order with its lines.
public struct OrderDetails: Hashable, Sendable {
    /// One line of an order, as it was when it was placed.
    public struct Line: Hashable, Sendable {
        /// What was bought.
        public let sku: SKUCode
        /// The SKU's name, as it is now.
        public let name: Name
        /// What the quantity is counted in.
        public let unit: BaseUnit
        /// The warehouse whose stock it claims.
        public let warehouse: WarehouseCode
        /// Whose goods it claims.
        public let owner: OwnerCode
        /// How much.
        public let quantity: Quantity
        /// The price as it was.
        public let price: Price
        /// What the line costs.
        public let amount: Fen
        /// What has become of its claim.
        public let claim: ClaimState
        /// When the claim ends, unless it is paid before.
        public let expiresAt: Timestamp?

        /// A line with these fields.
        public init(
            sku: SKUCode, name: Name, unit: BaseUnit, warehouse: WarehouseCode, owner: OwnerCode, quantity: Quantity,
            price: Price, amount: Fen, claim: ClaimState, expiresAt: Timestamp?
        ) {
            self.sku = sku
            self.name = name
            self.unit = unit
            self.warehouse = warehouse
            self.owner = owner
            self.quantity = quantity
            self.price = price
            self.amount = amount
            self.claim = claim
            self.expiresAt = expiresAt
        }
    }

    /// The order itself.
    public let summary: OrderSummary
    /// Its lines, in the order in which they were sent.
    public let lines: [Line]
    /// Who gets it, masked; nil when the order has no recipient.
    public let recipient: MaskedRecipient?

    /// An order with these fields.
    public init(summary: OrderSummary, lines: [Line], recipient: MaskedRecipient?) {
        self.summary = summary
        self.lines = lines
        self.recipient = recipient
    }
}

/// Reads an order with its lines in one statement, so that its state and their claims are of one moment.
struct OrderDetailsRows: Statement {
    let order: OrderIdentity
    /// Only an order of this source; nil for any.
    let source: OrderSource?

    static let sql = """
        SELECT placed.id, placed.source, placed.reference, placed.state, placed.total_fen, placed.placed_at,
            recipient.mask, recipient.region, recipient.erased_at,
            sku.code, sku.name, sku.base_unit, warehouse.code, owner.code, line.quantity, line.price_fen,
            line.price_per, line.amount_fen, line.claim, line.expires_at
        FROM customer_order AS placed
        JOIN order_line AS line ON line.order_id = placed.id
        JOIN sku ON sku.id = line.sku_id
        JOIN warehouse ON warehouse.id = line.warehouse_id
        JOIN owner ON owner.id = line.owner_id
        LEFT JOIN recipient ON recipient.order_id = placed.id
        WHERE placed.id = COALESCE($1, (SELECT id FROM customer_order WHERE source = $2 AND reference = $3))
            AND ($4::text IS NULL OR placed.source = $4)
        ORDER BY line.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(source)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (summary: OrderSummary, recipient: MaskedRecipient?, line: OrderDetails.Line) {
        (try row.nextOrderSummary(), try row.nextMaskedRecipient(), try OrderDetails.Line(row: &row))
    }
}

extension OrderDetails {
    /// The order whose rows these are; nil when there are none.
    init?(_ rows: [OrderDetailsRows.Row]) {
        guard let first = rows.first else { return nil }
        self.init(summary: first.summary, lines: rows.map(\.line), recipient: first.recipient)
    }
}

extension OrderDetails.Line {
    fileprivate init(row: inout RowDecoder) throws(DecodingFailure) {
        let (sku, name, unit) = (try row.next(SKUCode.self), try row.next(Name.self), try row.next(BaseUnit.self))
        let (warehouse, owner) = (try row.next(WarehouseCode.self), try row.next(OwnerCode.self))
        let quantity: Quantity = try row.next()
        guard let price = try row.nextPrice() else { throw .unexpectedNull }
        self.init(
            sku: sku, name: name, unit: unit, warehouse: warehouse, owner: owner, quantity: quantity, price: price,
            amount: try row.next(), claim: try row.next(), expiresAt: try row.next())
    }
}

extension Parameters {
    /// Adds three parameters: the id, or the source and the reference.
    mutating func append(_ order: OrderIdentity) {
        append(order.id)
        append(order.key?.source)
        append(order.key?.reference)
    }
}
