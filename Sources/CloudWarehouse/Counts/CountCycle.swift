public import Postgres

/// How often a SKU is counted, by how much of the stock's value it is.
public enum CountClass: String, CaseIterable, Hashable, Sendable {
    /// The few that are the first four fifths of the value.
    case a
    /// Those that are the next 15%.
    case b
    /// The many that are the rest, or have no price.
    case c

    /// After how many days it is counted again.
    public var days: Int32 {
        switch self {
        case .a: 30
        case .b: 90
        case .c: 180
        }
    }
}

/// A SKU that is to be counted in a warehouse.
public struct DueCount: Hashable, Sendable {
    /// What it is.
    public let sku: SKUCode
    /// Its name, as it is now.
    public let name: Name
    /// How often it is counted.
    public let countClass: CountClass
    /// On which day it was counted last; nil: never.
    public let countedOn: CalendarDate?

    /// A SKU with these fields.
    public init(sku: SKUCode, name: Name, countClass: CountClass, countedOn: CalendarDate?) {
        self.sku = sku
        self.name = name
        self.countClass = countClass
        self.countedOn = countedOn
    }
}

/// A SKU that stands in a warehouse.
struct ValuedSKU: Hashable {
    let sku: SKUCode
    let name: Name
    /// What stands there costs by its list price, in fen, up to 10^13: of 100,000 SKUs the sum can be counted.
    let value: Int64
    let countedOn: CalendarDate?
}

extension DueCount {
    /// The SKUs whose time has come, those of the first class first, in it the longest uncounted ones first.
    static func all(of skus: [ValuedSKU], today: CalendarDate) -> [DueCount] {
        let sorted = skus.sorted { ($1.value, $0.sku) < ($0.value, $1.sku) }
        let whole = sorted.reduce(into: Int64(0)) { $0 += $1.value }
        var before: Int64 = 0
        var due: [DueCount] = []
        for found in sorted {
            // A SKU that begins within the first four fifths belongs to them.
            let countClass: CountClass =
                found.value == 0 ? .c : before < whole - whole / 5 ? .a : before < whole - whole / 20 ? .b : .c
            before += found.value
            if let last = found.countedOn, today.daysSince1970 - last.daysSince1970 < countClass.days { continue }
            due.append(
                DueCount(sku: found.sku, name: found.name, countClass: countClass, countedOn: found.countedOn))
        }
        func order(_ due: DueCount) -> (String, Int32, SKUCode) {
            (due.countClass.rawValue, due.countedOn?.daysSince1970 ?? .min, due.sku)
        }
        return due.sorted { order($0) < order($1) }
    }
}

extension Stock {
    /// The most SKUs that are told to be due at once.
    public static let maximumDueCounts = 1_000

    /// Which SKUs are to be counted in a warehouse, by the value of what stands there and by when they were counted last.
    public func dueCounts(in warehouse: WarehouseCode) async throws(StockError) -> [DueCount] {
        let skus = try await pool.rows(
            of: ValuedSKUs(warehouse: warehouse, timeZone: timeZone, limit: 100_000), throwing: StockError.self)
        return Array(DueCount.all(of: skus, today: try await today()).prefix(Self.maximumDueCounts))
    }
}

/// Reads what the goods of a warehouse are worth by their list prices, SKU by SKU, and when a count of the SKU was posted last.
struct ValuedSKUs: Statement {
    let warehouse: WarehouseCode
    let timeZone: String
    let limit: Int32

    static let sql = """
        SELECT sku.code, sku.name,
            LEAST(standing.on_hand::numeric * COALESCE(price.fen::numeric / price.per_quantity, 0), 10000000000000)::bigint,
            (SELECT (max(count.posted_at) AT TIME ZONE $2)::date FROM stock_count AS count
                WHERE count.warehouse_id = standing.warehouse_id AND count.state = 'posted' AND count.sku_id = sku.id)
        FROM (
            SELECT location.warehouse_id, balance.sku_id, sum(balance.on_hand) AS on_hand
            FROM warehouse
            JOIN location ON location.warehouse_id = warehouse.id
            JOIN balance ON balance.location_id = location.id AND balance.on_hand > 0
            WHERE warehouse.code = $1
            GROUP BY location.warehouse_id, balance.sku_id
        ) AS standing
        JOIN sku ON sku.id = standing.sku_id
        LEFT JOIN sku_price AS price ON price.sku_id = sku.id
        ORDER BY sku.code
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(timeZone)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ValuedSKU {
        ValuedSKU(
            sku: try row.next(), name: try row.next(), value: try row.next(), countedOn: try row.next())
    }
}
