public import Postgres

/// An order with its lines.
public struct OrderDetails: Hashable, Sendable {
    /// One line of an order, or a part of one.
    public struct Line: Hashable, Sendable {
        /// Its number in the order, from 1; parts have numbers of their own.
        public let position: Int16
        /// The line that it is a part of: one component of a set, or the goods of one of several pools.
        public let partOf: Int16?
        /// What was bought.
        public let sku: SKUCode
        /// The SKU's name, as it is now.
        public let name: Name
        /// What the quantity is counted in.
        public let unit: BaseUnit
        /// Where it claims its goods; nil for a line that claims by its parts, or that is short of goods.
        public let place: Place?
        /// How much was ordered.
        public let quantity: Quantity
        /// So much of it is not wanted any more.
        public let cancelled: Quantity
        /// The price as it was; of a part nothing, since the line has it.
        public let price: Price
        /// What the line costs, as far as it is still wanted.
        public let amount: Fen
        /// What has become of its claim.
        public let claim: ClaimState
        /// When the claim ends, unless it is paid before.
        public let expiresAt: Timestamp?

        /// A line with these fields.
        public init(
            position: Int16, partOf: Int16?, sku: SKUCode, name: Name, unit: BaseUnit, place: Place?,
            quantity: Quantity,
            cancelled: Quantity, price: Price, amount: Fen, claim: ClaimState, expiresAt: Timestamp?
        ) {
            self.position = position
            self.partOf = partOf
            self.sku = sku
            self.name = name
            self.unit = unit
            self.place = place
            self.quantity = quantity
            self.cancelled = cancelled
            self.price = price
            self.amount = amount
            self.claim = claim
            self.expiresAt = expiresAt
        }
    }

    /// A pool, as people name it, and why goods come from it.
    public struct Place: Hashable, Sendable {
        /// The warehouse where the goods stand.
        public let warehouse: WarehouseCode
        /// Whose goods they are.
        public let owner: OwnerCode
        /// Why these: how the order was split, then the rules of the choice, such as `one_parcel+quota`; nil where there was
        /// no choice.
        public let reason: String?

        /// A place with these fields.
        public init(warehouse: WarehouseCode, owner: OwnerCode, reason: String?) {
            self.warehouse = warehouse
            self.owner = owner
            self.reason = reason
        }
    }

    /// The order itself.
    public let summary: OrderSummary
    /// Its lines, in the order in which they were sent, each with its parts; without parts that are not wanted any more.
    public let lines: [Line]
    /// What else it says.
    public let terms: OrderTerms
    /// Since when a refund is asked for, so that nothing of it leaves the house; nil when none is.
    public let refundLock: Timestamp?
    /// Who gets it, masked; nil when the order has no recipient.
    public let recipient: MaskedRecipient?

    /// An order with these fields.
    public init(
        summary: OrderSummary, lines: [Line], terms: OrderTerms = .none, refundLock: Timestamp? = nil,
        recipient: MaskedRecipient?
    ) {
        self.summary = summary
        self.lines = lines
        self.terms = terms
        self.refundLock = refundLock
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
            placed.revision, ship_to.mask, ship_to.region, ship_to.erased_at, terms.shop, terms.buyer, terms.ship_by,
            terms.ship_not_before, terms.buyer_note, terms.seller_note, terms.refund_lock,
            line.position, line.part_of, sku.code, sku.name, sku.base_unit, warehouse.code, owner.code, line.reason,
            line.quantity, line.cancelled, line.price_fen, line.price_per, line.amount_fen, line.claim, line.expires_at
        FROM customer_order AS placed
        JOIN order_line AS line ON line.order_id = placed.id
        JOIN sku ON sku.id = line.sku_id
        LEFT JOIN warehouse ON warehouse.id = line.warehouse_id
        LEFT JOIN owner ON owner.id = line.owner_id
        LEFT JOIN order_terms AS terms ON terms.order_id = placed.id
        LEFT JOIN LATERAL (
            SELECT mask, region, erased_at FROM recipient WHERE order_id = placed.id ORDER BY version DESC LIMIT 1
        ) AS ship_to ON true
        WHERE placed.id = COALESCE($1, (SELECT id FROM customer_order WHERE source = $2 AND reference = $3))
            AND ($4::text IS NULL OR placed.source = $4)
            AND (line.part_of IS NULL OR line.cancelled < line.quantity)
        ORDER BY COALESCE(line.part_of, line.position), line.position
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
        parameters.append(source)
    }

    /// What a row says.
    struct Found {
        let summary: OrderSummary
        let recipient: MaskedRecipient?
        let terms: OrderTerms
        let refundLock: Timestamp?
        let line: OrderDetails.Line
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Found {
        Found(
            summary: try row.nextOrderSummary(), recipient: try row.nextMaskedRecipient(),
            terms: OrderTerms(
                shop: try row.next(), buyer: try row.next(), shipBy: try row.next(), shipNotBefore: try row.next(),
                buyerNote: try row.next(), sellerNote: try row.next()),
            refundLock: try row.next(), line: try OrderDetails.Line(row: &row))
    }
}

extension OrderDetails {
    /// The order whose rows these are; nil when there are none.
    init?(_ rows: [OrderDetailsRows.Row]) {
        guard let first = rows.first else { return nil }
        self.init(
            summary: first.summary, lines: rows.map(\.line), terms: first.terms, refundLock: first.refundLock,
            recipient: first.recipient)
    }
}

extension OrderDetails.Line {
    fileprivate init(row: inout RowDecoder) throws(DecodingFailure) {
        let (position, partOf) = (try row.next(Int16.self), try row.next(Int16?.self))
        let (sku, name, unit) = (try row.next(SKUCode.self), try row.next(Name.self), try row.next(BaseUnit.self))
        let (warehouse, owner) = (try row.next(WarehouseCode?.self), try row.next(OwnerCode?.self))
        let reason = try row.next(String?.self)
        let (quantity, cancelled) = (try row.next(Quantity.self), try row.next(Quantity.self))
        guard let price = try row.nextPrice() else { throw .unexpectedNull }
        self.init(
            position: position, partOf: partOf, sku: sku, name: name, unit: unit,
            place: warehouse.flatMap { warehouse in
                owner.map { OrderDetails.Place(warehouse: warehouse, owner: $0, reason: reason) }
            },
            quantity: quantity, cancelled: cancelled, price: price, amount: try row.next(), claim: try row.next(),
            expiresAt: try row.next())
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
