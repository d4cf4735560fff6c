import Postgres

/// Goods that may be brought to a warehouse whose open orders may want them.
public struct TransferSuggestion: Hashable, Sendable {
    /// What it is.
    public let sku: SKUCode
    /// What the quantity counts.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// Where it is free.
    public let from: WarehouseCode
    /// Where it is needed.
    public let to: WarehouseCode
    /// How much.
    public let quantity: Quantity

    /// A suggestion with these fields.
    public init(
        sku: SKUCode, unit: BaseUnit, owner: OwnerCode, from: WarehouseCode, to: WarehouseCode, quantity: Quantity
    ) {
        self.sku = sku
        self.unit = unit
        self.owner = owner
        self.from = from
        self.to = to
        self.quantity = quantity
    }
}

/// What a warehouse has of a SKU and owner, and what its open orders take.
struct StockNeed: Hashable {
    let sku: SKUCode
    let unit: BaseUnit
    let owner: OwnerCode
    let warehouse: WarehouseCode
    /// What can still be sold there, or is on its way there.
    let free: Int64
    /// What can be sold there now, and may go.
    let movable: Int64
    /// What open orders have been promised there, and what waits there for the rest of its order.
    let open: Int64
}

extension TransferSuggestion {
    /// Where as much as open orders take now is not free once more, goods are suggested from where more than that is: from the
    /// most that is spare to the most that is lacking.
    ///
    /// - Parameter target: Only what is to be brought to this warehouse.
    static func all(from needs: [StockNeed], to target: WarehouseCode?) -> [TransferSuggestion] {
        struct Goods: Hashable {
            let sku: SKUCode
            let owner: OwnerCode
        }
        let groups = Dictionary(grouping: needs) { Goods(sku: $0.sku, owner: $0.owner) }
        var suggestions: [TransferSuggestion] = []
        for (_, places) in groups.sorted(by: { ($0.key.sku, $0.key.owner) < ($1.key.sku, $1.key.owner) }) {
            var spare = places.map { min($0.movable, $0.free - $0.open) }
            func order(_ index: Int) -> (Int64, WarehouseCode) { (-spare[index], places[index].warehouse) }
            let lacking = places.indices.filter { places[$0].open > places[$0].free }.sorted {
                (places[$0].free - places[$0].open, places[$0].warehouse)
                    < (places[$1].free - places[$1].open, places[$1].warehouse)
            }
            for here in lacking {
                var lack = places[here].open - places[here].free
                for there in places.indices.sorted(by: { order($0) < order($1) }) where there != here && lack > 0 {
                    guard let quantity = Quantity(rawValue: min(lack, max(0, spare[there]))), quantity > .zero else {
                        continue
                    }
                    spare[there] -= quantity.rawValue
                    lack -= quantity.rawValue
                    let place = places[here]
                    suggestions.append(
                        TransferSuggestion(
                            sku: place.sku, unit: place.unit, owner: place.owner, from: places[there].warehouse,
                            to: place.warehouse, quantity: quantity))
                }
            }
        }
        return suggestions.filter { target == nil || $0.to == target }
    }
}

extension Stock {
    /// The most suggestions that are made at once.
    public static let maximumTransferSuggestions = 1_000

    /// What may be brought to a warehouse from others, or from where to where anything may be; nothing is reserved by it.
    public func transferSuggestions(
        to target: WarehouseCode? = nil
    ) async throws(StockError) -> [TransferSuggestion] {
        let needs = try await pool.rows(of: StockNeeds(limit: 100_000), throwing: StockError.self)
        return Array(TransferSuggestion.all(from: needs, to: target).prefix(Self.maximumTransferSuggestions))
    }
}

/// Reads what warehouses have and need of what is in some warehouse lacking, pool by pool.
///
/// What is short of goods claims no pool: it is needed where other goods of its order come from, of the owner that has most of
/// it. The newest 100,000 orders are looked at, since no index tells which are short.
struct StockNeeds: Statement {
    let limit: Int32

    static let sql = """
        WITH coming AS (
            SELECT line.sku_id, transfer.to_warehouse_id AS warehouse_id, line.owner_id,
                sum(line.requested - line.picked)::bigint AS quantity
            FROM transfer
            JOIN transfer_line AS line ON line.transfer_id = transfer.id
            WHERE transfer.state IN ('requested', 'approved', 'picking')
            GROUP BY line.sku_id, transfer.to_warehouse_id, line.owner_id
            UNION ALL
            SELECT moving.sku_id, transfer.to_warehouse_id, moving.owner_id,
                sum(moving.waiting + moving.in_transit)::bigint
            FROM transfer
            JOIN transfer_lot AS moving ON moving.transfer_id = transfer.id
            WHERE transfer.state IN ('picking', 'loaded', 'in_transit') AND moving.quality = 'good'
            GROUP BY moving.sku_id, transfer.to_warehouse_id, moving.owner_id
        ), waiting AS (
            SELECT DISTINCT short.order_id, short.position, short.sku_id, short.quantity - short.cancelled AS quantity,
                (SELECT other.warehouse_id FROM order_line AS other
                    WHERE other.order_id = short.order_id AND other.claim IN ('committed', 'picked')
                    GROUP BY other.warehouse_id ORDER BY count(*) DESC, other.warehouse_id LIMIT 1) AS warehouse_id
            FROM (SELECT id, state FROM customer_order ORDER BY id DESC LIMIT 100000) AS newest
            JOIN order_line AS short ON short.order_id = newest.id AND short.claim = 'short'
            WHERE newest.state = 'paid_short'
        ), source AS (
            SELECT DISTINCT ON (pool.sku_id) pool.sku_id, pool.owner_id
            FROM pool
            WHERE pool.sku_id IN (SELECT sku_id FROM waiting WHERE warehouse_id IS NOT NULL)
            ORDER BY pool.sku_id, pool.sellable - pool.held - pool.committed - pool.allotted DESC, pool.owner_id
        ), need AS (
            SELECT sku_id, warehouse_id, owner_id, sellable - held - committed - allotted AS free,
                sellable - held - committed - allotted AS movable, held + committed AS open
            FROM pool
            UNION ALL
            SELECT sku_id, warehouse_id, owner_id, quantity, 0, 0 FROM coming
            UNION ALL
            SELECT waiting.sku_id, waiting.warehouse_id, source.owner_id, 0, 0, waiting.quantity
            FROM waiting
            JOIN source ON source.sku_id = waiting.sku_id
            WHERE waiting.warehouse_id IS NOT NULL
        ), place AS (
            SELECT sku_id, warehouse_id, owner_id, sum(free)::bigint AS free, sum(movable)::bigint AS movable,
                sum(open)::bigint AS open
            FROM need
            GROUP BY sku_id, warehouse_id, owner_id
        )
        SELECT sku.code, sku.base_unit, owner.code, warehouse.code, place.free, place.movable, place.open
        FROM place
        JOIN sku ON sku.id = place.sku_id
        JOIN owner ON owner.id = place.owner_id
        JOIN warehouse ON warehouse.id = place.warehouse_id
        WHERE (place.sku_id, place.owner_id) IN (SELECT sku_id, owner_id FROM place WHERE open > free)
            AND (place.sku_id, place.owner_id) IN (SELECT sku_id, owner_id FROM place WHERE free > open)
        ORDER BY sku.code, owner.code, warehouse.code
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StockNeed {
        StockNeed(
            sku: try row.next(), unit: try row.next(), owner: try row.next(), warehouse: try row.next(),
            free: try row.next(), movable: try row.next(), open: try row.next())
    }
}
