import FoundationEssentials
public import Postgres

/// A delivery that was received (入库单), without what it brought.
public struct InboundSummary: Hashable, Sendable {
    /// Its identity in the database: the later, the greater.
    public let id: ID<Inbound>
    /// What stands on its paper.
    public let reference: ReceiptReference
    /// When it was received, by the database's clock.
    public let receivedAt: Timestamp
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
}

/// A delivery with what it brought.
public struct InboundDetails: Hashable, Sendable {
    /// The delivery.
    public let summary: InboundSummary
    /// Its lines, in the order in which they were sent.
    public let lines: [InboundLine]
}

extension Stock {
    /// The most deliveries that one page lists.
    public static let maximumInbounds: Int32 = 500

    /// Lists deliveries, the newest first, a page at a time: at most `limit`, the first ones before `before`.
    public func inbounds(
        before: ID<Inbound>? = nil, limit: Int32 = maximumInbounds
    ) async throws(StockError) -> [InboundSummary] {
        let limit = min(max(limit, 1), Self.maximumInbounds)
        return try await pool.rows(of: InboundsBefore(before: before, limit: limit), throwing: StockError.self)
    }

    /// The delivery that was received under this reference; nil when there is none.
    public func inbound(_ reference: ReceiptReference) async throws(StockError) -> InboundDetails? {
        let found = try await pool.rows(of: InboundByReference(reference: reference), throwing: StockError.self)
        guard let found = found.first else { return nil }
        return InboundDetails(
            summary: InboundSummary(id: found.id, reference: reference, receivedAt: found.receivedAt),
            lines: try await pool.rows(of: LinesOfInbound(inbound: found.id), throwing: StockError.self))
    }
}

/// Lists deliveries, the newest first.
struct InboundsBefore: Statement {
    /// Where the page before ended; nil for the first page.
    let before: ID<Inbound>?
    let limit: Int32

    static let sql = """
        SELECT id, reference, received_at FROM inbound WHERE id < $1 ORDER BY id DESC LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(before ?? .greatest)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> InboundSummary {
        InboundSummary(id: try row.next(), reference: try row.next(), receivedAt: try row.next())
    }
}

/// Reads what a delivery brought.
///
/// Its movements were given their ids with its own, in the same millisecond: the key leads to them.
struct LinesOfInbound: Statement {
    let inbound: ID<Inbound>

    static let sql = """
        SELECT sku.code, sku.name, sku.base_unit, owner.code, movement.quantity, lot.id, lot.harvested_on, lot.expires_on,
            lot.grade, warehouse.code, location.code, movement.to_quality, movement.id
        FROM movement
        JOIN sku ON sku.id = movement.sku_id
        JOIN owner ON owner.id = movement.owner_id
        JOIN lot ON lot.id = movement.lot_id
        JOIN location ON location.id = movement.to_location_id
        JOIN warehouse ON warehouse.id = location.warehouse_id
        WHERE movement.id > $1 AND movement.id < $2
            AND movement.document_kind = 'inbound' AND movement.document_id = $1
        ORDER BY movement.id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(inbound.startOfNextMillisecond)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> InboundLine {
        InboundLine(
            sku: try row.next(), name: try row.next(), unit: try row.next(), owner: try row.next(),
            quantity: try row.next(), lot: try row.next(), harvestedOn: try row.next(), expiresOn: try row.next(),
            grade: try row.next(), warehouse: try row.next(), location: try row.next(), quality: try row.next(),
            movement: try row.next())
    }
}

extension ID {
    /// What no id of the same millisecond reaches, and no later one lies below.
    fileprivate var startOfNextMillisecond: Self {
        Self(rawValue: UUID(high: ((words.0 >> 16) + 1) << 16, low: 0))
    }
}
