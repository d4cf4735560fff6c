import Postgres

/// Goods that go from place to place in one transaction: rows of the ledger, one for each lot and way, and balances.
struct GoodsMoves {
    private struct Way: Hashable {
        let goods: AdjustmentPlan.Goods
        let from: AdjustmentPlan.Place
        let to: AdjustmentPlan.Place
        let document: MovementDocument
    }

    let reason: MovementReason
    var balances = BalanceChanges()
    private var ways: [Way: Int64] = [:]
    private var order: [Way] = []

    init(_ reason: MovementReason) {
        self.reason = reason
    }

    /// Moves goods.
    ///
    /// - Parameters:
    ///   - wasBound: Whether they are bound to a parcel where they come from.
    ///   - staysBound: Whether they are where they go.
    mutating func move(
        _ quantity: Int64, of goods: AdjustmentPlan.Goods, from: AdjustmentPlan.Place, to: AdjustmentPlan.Place,
        for document: MovementDocument, wasBound: Bool, staysBound: Bool
    ) {
        if from.warehouse != nil {
            balances.add(
                BalanceKey(good: goods.lot, of: goods.sku, at: from.location), of: goods.owner, onHand: -quantity,
                allocated: wasBound ? -quantity : 0)
        }
        if to.warehouse != nil {
            balances.add(
                BalanceKey(good: goods.lot, of: goods.sku, at: to.location), of: goods.owner, onHand: quantity,
                allocated: staysBound ? quantity : 0)
        }
        // What is picked by mistake where it is packed does not move.
        guard from != to else { return }
        let way = Way(goods: goods, from: from, to: to, document: document)
        if ways[way] == nil { order.append(way) }
        ways[way, default: 0] += quantity
    }

    /// Holds the locations that goods come to open, and locks the balances. Only then is anything written.
    func lock(in transaction: Transaction) async throws {
        for location in Set(order.filter { $0.to.warehouse != nil }.map(\.to.location)).sorted() {
            if let place = try await transaction.query(KeepLocation(location: location)).first, place.isClosed {
                throw FulfilmentError.closedLocation(place.warehouse, place.code)
            }
        }
        try await balances.lock(in: transaction)
    }

    /// Writes what the transaction has locked.
    func write(to pipeline: inout Pipeline, ids: inout IDGenerator, at now: Timestamp) {
        for way in order {
            guard let quantity = ways[way].flatMap(Quantity.init(rawValue:)) else {
                preconditionFailure("more goods move than there can be")
            }
            let plan = AdjustmentPlan(goods: way.goods, from: way.from, to: way.to, quantity: quantity, reason: reason)
            pipeline.add(InsertMovement(id: ids.next(), plan: plan, document: way.document, at: now))
        }
        balances.write(to: &pipeline)
    }
}

extension AdjustmentPlan.Place {
    /// Good goods at a location of a warehouse.
    static func good(_ location: ID<Location>, in warehouse: ID<Warehouse>) -> Self {
        Self(location: location, warehouse: warehouse, quality: .good)
    }
}
