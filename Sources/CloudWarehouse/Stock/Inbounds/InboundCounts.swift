import Postgres

/// What was expected of one SKU and owner of a delivery, and what came.
public struct InboundTally: Hashable, Sendable {
    /// What it is.
    public let sku: SKUCode
    /// Its name, as it is now.
    public let name: Name
    /// What the quantities count.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// How much was announced, of all lines together; 0 for what came unannounced. Sums end at ``greatest``.
    public let expected: Int64
    /// How much was taken in.
    public let received: Int64
    /// How much was rejected.
    public let rejected: Int64

    /// Where sums end: what a thousand lines may say.
    public static let greatest: Int64 = 1_000_000_000_000_000_000

    /// How much more came than was announced; below 0: how much is missing.
    public var difference: Int64 { received + rejected - expected }

    /// A tally with these fields.
    public init(
        sku: SKUCode, name: Name, unit: BaseUnit, owner: OwnerCode, expected: Int64, received: Int64, rejected: Int64
    ) {
        self.sku = sku
        self.name = name
        self.unit = unit
        self.owner = owner
        self.expected = expected
        self.received = received
        self.rejected = rejected
    }
}

extension Stock {
    /// What was announced of a delivery and what came of it, by SKU and owner.
    public func tallies(of inbound: ID<Inbound>) async throws(StockError) -> [InboundTally] {
        try await pool.rows(of: TalliesOfInbound(inbound: inbound), throwing: StockError.self)
    }
}

/// Adds up what was announced and what was counted of a delivery, but for what was taken back.
struct TalliesOfInbound: Statement {
    let inbound: ID<Inbound>

    static let sql = """
        SELECT sku.code, sku.name, sku.base_unit, owner.code, LEAST(sum(expected), $2)::bigint,
            LEAST(sum(received), $2)::bigint, LEAST(sum(rejected), $2)::bigint
        FROM (
            SELECT sku_id, owner_id, expected, 0::bigint AS received, 0::bigint AS rejected
            FROM inbound_line WHERE inbound_id = $1
            UNION ALL
            SELECT sku_id, owner_id, 0, received, rejected
            FROM inbound_receipt AS receipt
            WHERE inbound_id = $1
                AND NOT EXISTS (SELECT FROM adjustment WHERE adjustment.reverses = receipt.movement_id)
                AND NOT EXISTS (
                    SELECT FROM inbound_event AS counted
                    JOIN inbound_event AS retracted ON retracted.inbound_id = counted.inbound_id
                        AND retracted.event = 'retract' AND retracted.reference = counted.reference
                    WHERE counted.id = receipt.event_id
                )
        ) AS part
        JOIN sku ON sku.id = part.sku_id
        JOIN owner ON owner.id = part.owner_id
        GROUP BY sku.code, sku.name, sku.base_unit, owner.code
        ORDER BY sku.code, owner.code
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(inbound)
        parameters.append(InboundTally.greatest)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> InboundTally {
        InboundTally(
            sku: try row.next(), name: try row.next(), unit: try row.next(), owner: try row.next(),
            expected: try row.next(), received: try row.next(), rejected: try row.next())
    }
}
