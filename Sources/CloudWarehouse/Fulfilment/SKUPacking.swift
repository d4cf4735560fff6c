import Postgres

/// What packers have to know of a SKU.
public struct SKUPacking: Hashable, Sendable {
    /// So many days of its life have to remain on the day on which it leaves.
    public var minimumLifeDays: Int16
    /// What one base unit weighs with its own packing, in grams; nil: nobody has said.
    public var unitGrams: Int64?
    /// How much of it one parcel takes, in base units; nil for any number.
    public var mostPerParcel: Int64?

    /// Rules with these numbers.
    public init(minimumLifeDays: Int16 = 0, unitGrams: Int64? = nil, mostPerParcel: Int64? = nil) {
        self.minimumLifeDays = minimumLifeDays
        self.unitGrams = unitGrams
        self.mostPerParcel = mostPerParcel
    }

    func check() throws(FulfilmentError) {
        guard (0...3_650).contains(minimumLifeDays) else { throw .outOfRange(.minimumLife, atMost: 3_650) }
        if let unitGrams, !(1...1_000_000_000).contains(unitGrams) {
            throw .outOfRange(.unitGrams, atMost: 1_000_000_000)
        }
        if let mostPerParcel, !(1...Quantity.maximum.rawValue).contains(mostPerParcel) {
            throw .outOfRange(.mostPerParcel, atMost: Quantity.maximum.rawValue)
        }
    }
}

extension Fulfilment {
    /// Says how a SKU is packed, from the next wave on.
    public func setPacking(
        _ packing: SKUPacking, of sku: SKUCode, by principal: Principal
    ) async throws(FulfilmentError) {
        try packing.check()
        try await pool.transaction(throwing: FulfilmentError.self) { transaction in
            let now = try await transaction.now()
            guard let found = try await transaction.query(SKUsByCode(codes: [sku])).first else {
                throw FulfilmentError.unknownSKU(sku)
            }
            try await transaction.execute(UpsertPacking(sku: found.id, packing: packing))
            let numbers = [("unit_grams", packing.unitGrams), ("most_per_parcel", packing.mostPerParcel)]
                .map { ", \"\($0.0)\": \($0.1.map { "\($0)" } ?? "null")" }.joined()
            try await transaction.record(
                "catalog.packing", of: sku.rawValue, by: principal, at: now,
                detail: #"{"minimum_life_days": \#(packing.minimumLifeDays)\#(numbers)}"#)
        }
    }

    /// How a SKU is packed; nil when nobody has said.
    public func packing(of sku: SKUCode) async throws(FulfilmentError) -> SKUPacking? {
        try await pool.rows(of: PackingOfSKU(sku: sku), throwing: FulfilmentError.self).first
    }
}

/// Says how a SKU is packed.
struct UpsertPacking: Command {
    let sku: ID<SKU>
    let packing: SKUPacking

    static let sql = """
        INSERT INTO sku_packing (sku_id, minimum_life_days, unit_grams, most_per_parcel) VALUES ($1, $2, $3, $4)
        ON CONFLICT (sku_id) DO UPDATE SET minimum_life_days = EXCLUDED.minimum_life_days,
            unit_grams = EXCLUDED.unit_grams, most_per_parcel = EXCLUDED.most_per_parcel
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
        parameters.append(packing.minimumLifeDays)
        parameters.append(packing.unitGrams)
        parameters.append(packing.mostPerParcel)
    }
}

/// Reads how a SKU is packed.
struct PackingOfSKU: Statement {
    let sku: SKUCode

    static let sql = """
        SELECT packing.minimum_life_days, packing.unit_grams, packing.most_per_parcel
        FROM sku
        JOIN sku_packing AS packing ON packing.sku_id = sku.id
        WHERE sku.code = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> SKUPacking {
        SKUPacking(minimumLifeDays: try row.next(), unitGrams: try row.next(), mostPerParcel: try row.next())
    }
}
