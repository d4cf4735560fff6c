import FoundationEssentials
public import Postgres

/// A delivery (入库单), without what it brought.
public struct InboundSummary: Hashable, Sendable {
    /// Its identity in the database: the later, the greater.
    public let id: ID<Inbound>
    /// What stands on its paper.
    public let reference: ReceiptReference
    /// When it was received, by the database's clock; nil as long as it is not.
    public let receivedAt: Timestamp?
    /// How far it has come.
    public let state: InboundState
    /// Where it is expected or has come to; nil for one of before deliveries had steps.
    public let warehouse: WarehouseCode?

    /// A delivery with these fields.
    public init(
        id: ID<Inbound>, reference: ReceiptReference, receivedAt: Timestamp?, state: InboundState,
        warehouse: WarehouseCode? = nil
    ) {
        self.id = id
        self.reference = reference
        self.receivedAt = receivedAt
        self.state = state
        self.warehouse = warehouse
    }
}

/// One line of a delivery, as it was received.
public struct InboundLine: Hashable, Sendable {
    /// What came.
    public let sku: SKUCode
    /// The SKU's name, as it is now.
    public let name: Name
    /// What the quantity is counted in.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// How much came.
    public let quantity: Quantity
    /// The lot that it became.
    public let lot: ID<Lot>
    /// 采收日期
    public let harvestedOn: CalendarDate?
    /// 保质期到期
    public let expiresOn: CalendarDate?
    /// 等级
    public let grade: Grade?
    /// The warehouse that it came to.
    public let warehouse: WarehouseCode
    /// Where it was put.
    public let location: LocationCode
    /// In what state it came.
    public let quality: Quality
    /// The row of the ledger that says so.
    public let movement: ID<LedgerEntry>

    /// A line with these fields.
    public init(
        lot: ID<Lot>, sku: SKUCode, name: Name, unit: BaseUnit, owner: OwnerCode, quantity: Quantity,
        harvestedOn: CalendarDate?, expiresOn: CalendarDate?, grade: Grade?, warehouse: WarehouseCode,
        location: LocationCode, quality: Quality, movement: ID<LedgerEntry>
    ) {
        self.lot = lot
        self.sku = sku
        self.name = name
        self.unit = unit
        self.owner = owner
        self.quantity = quantity
        self.harvestedOn = harvestedOn
        self.expiresOn = expiresOn
        self.grade = grade
        self.warehouse = warehouse
        self.location = location
        self.quality = quality
        self.movement = movement
    }
}

/// A delivery with what it brought.
public struct InboundDetails: Hashable, Sendable {
    /// The delivery.
    public let summary: InboundSummary
    /// Its lines, in the order in which they were sent.
    public let lines: [InboundLine]

    /// A delivery with these lines.
    public init(summary: InboundSummary, lines: [InboundLine]) {
        self.summary = summary
        self.lines = lines
    }
}

extension Stock {
    /// The delivery of this reference; nil when there is none.
    public func inbound(_ reference: ReceiptReference) async throws(StockError) -> InboundDetails? {
        let found = try await pool.rows(of: InboundByReference(reference: reference), throwing: StockError.self)
        guard let found = found.first else { return nil }
        return InboundDetails(
            summary: InboundSummary(
                id: found.id, reference: reference, receivedAt: found.receivedAt, state: found.state),
            lines: try await pool.rows(of: LinesOfInbound(inbound: found.id), throwing: StockError.self))
    }
}

/// Reads what a delivery brought, but for what was taken back.
///
/// Its counts name their movements. Those of a delivery of before there were counts were given their ids with its own, in the
/// same millisecond: the key leads to them.
struct LinesOfInbound: Statement {
    let inbound: ID<Inbound>

    static let sql = """
        SELECT lot.id, sku.code, sku.name, sku.base_unit, owner.code, movement.quantity, lot.harvested_on, lot.expires_on,
            lot.grade, warehouse.code, location.code, movement.to_quality, movement.id
        FROM movement
        JOIN sku ON sku.id = movement.sku_id
        JOIN owner ON owner.id = movement.owner_id
        JOIN lot ON lot.id = movement.lot_id
        JOIN location ON location.id = movement.to_location_id
        JOIN warehouse ON warehouse.id = location.warehouse_id
        WHERE (movement.id > $1 AND movement.id < $2
                OR movement.id = ANY (ARRAY(SELECT movement_id FROM inbound_receipt WHERE inbound_id = $1)))
            AND movement.document_kind = 'inbound' AND movement.document_id = $1 AND movement.reason = 'receipt'
            AND NOT EXISTS (SELECT FROM adjustment WHERE adjustment.reverses = movement.id)
        ORDER BY movement.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(inbound.startOfNextMillisecond)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> InboundLine {
        InboundLine(
            lot: try row.next(), sku: try row.next(), name: try row.next(), unit: try row.next(), owner: try row.next(),
            quantity: try row.next(), harvestedOn: try row.next(), expiresOn: try row.next(), grade: try row.next(),
            warehouse: try row.next(), location: try row.next(), quality: try row.next(), movement: try row.next())
    }
}

extension ID {
    /// What no id of the same millisecond reaches, and no later one lies below.
    fileprivate var startOfNextMillisecond: Self {
        Self(rawValue: UUID(high: ((words.0 >> 16) + 1) << 16, low: 0))
    }
}
