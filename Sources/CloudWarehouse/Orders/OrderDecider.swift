/// Decides a batch of orders, first come, first served, each all or nothing over its lines.
///
/// An order claims what it asks of a SKU, all its lines of it together, from one pool: the first in key order that has as
/// much left. A refused order takes nothing, so a large one does not block the small ones behind it.
struct OrderDecider {
    private let offers: [SKUCode: IntakeSnapshot.Offer]
    private let recorded: [OrderKey: IntakeSnapshot.Recorded]
    private var pools: [ID<SKU>: [(key: PoolKey, available: Int64)]]
    private var placed: [OrderKey: Int] = [:]

    private init(_ snapshot: IntakeSnapshot) {
        offers = snapshot.offers
        recorded = snapshot.recorded
        pools = snapshot.pools
    }

    /// What is to become of each order of `batch`, in its order.
    static func decide(_ batch: [PlaceOrder], _ snapshot: IntakeSnapshot) -> [OrderDecision] {
        var decider = OrderDecider(snapshot)
        return batch.indices.map { index in
            let order = batch[index]
            if let known = decider.recorded[order.key] {
                return known.fingerprint == order.fingerprint
                    ? .answer(known.order) : .refuse(.otherOrderUnderReference)
            }
            if let first = decider.placed[order.key] {
                let same = batch[first].fingerprint == order.fingerprint
                return same ? .repeats(first) : .refuse(.otherOrderUnderReference)
            }
            do throws(OrderRefusal) {
                let priced = try decider.claim(order)
                decider.placed[order.key] = index
                return .place(priced)
            } catch {
                return .refuse(error)
            }
        }
    }

    /// Takes what the order asks for, or nothing.
    private mutating func claim(_ order: PlaceOrder) throws(OrderRefusal) -> PricedOrder {
        let offered = try order.lines.map { line throws(OrderRefusal) in
            guard let offer = offers[line.sku] else { throw .unknownSKU(line.sku) }
            guard let price = line.price ?? offer.price else { throw .noPrice(line.sku) }
            return (line: line, sku: offer.sku, price: price)
        }
        var wanted: [(code: SKUCode, sku: ID<SKU>, quantity: Int64)] = []
        for (line, sku, _) in offered {
            if let index = wanted.firstIndex(where: { $0.sku == sku }) {
                wanted[index].quantity += line.quantity.rawValue
            } else {
                wanted.append((line.sku, sku, line.quantity.rawValue))
            }
        }
        // Every SKU is looked at before any is taken, since all or nothing is taken.
        let chosen = try wanted.map { code, sku, quantity throws(OrderRefusal) in
            guard let index = pools[sku]?.firstIndex(where: { $0.available >= quantity }) else {
                throw .soldOut(code, wanted: quantity)
            }
            return (sku: sku, index: index, quantity: quantity)
        }
        let priced = try price(offered, chosen.map { ($0.sku, pools[$0.sku]![$0.index].key) })
        for (sku, index, quantity) in chosen {
            pools[sku]![index].available -= quantity
        }
        return priced
    }

    private func price(
        _ offered: [(line: PlaceOrder.Line, sku: ID<SKU>, price: Price)], _ chosen: [(sku: ID<SKU>, pool: PoolKey)]
    ) throws(OrderRefusal) -> PricedOrder {
        do throws(InvalidValue) {
            var total = Fen.zero
            var lines: [PricedOrder.Line] = []
            lines.reserveCapacity(offered.count)
            for (line, sku, price) in offered {
                let amount = try price.amount(for: line.quantity)
                total = try total.adding(amount)
                let pool = chosen.first { $0.sku == sku }!.pool
                lines.append(PricedOrder.Line(pool: pool, quantity: line.quantity, price: price, amount: amount))
            }
            return PricedOrder(lines: lines, total: total)
        } catch {
            throw .amountTooLarge
        }
    }
}
