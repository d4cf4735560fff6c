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
    ///
    /// What cannot be sold at any time is said before what cannot be sold now.
    private mutating func claim(_ order: PlaceOrder) throws(OrderRefusal) -> PricedOrder {
        let offered = try order.lines.map { line throws(OrderRefusal) in
            guard let offer = offers[line.sku] else { throw .unknownSKU(line.sku) }
            guard let price = line.price ?? offer.price else { throw .noPrice(line.sku) }
            return (line: line, sku: offer.sku, price: price, amount: try Self.amount(of: line, at: price))
        }
        let total = try Self.total(offered.map(\.amount))
        var wanted: [(code: SKUCode, sku: ID<SKU>, quantity: Int64)] = []
        for (line, sku, _, _) in offered {
            if let index = wanted.firstIndex(where: { $0.sku == sku }) {
                wanted[index].quantity += line.quantity.rawValue
            } else {
                wanted.append((line.sku, sku, line.quantity.rawValue))
            }
        }
        // Every SKU is looked at before any is taken, since all or nothing is taken.
        var chosen: [(sku: ID<SKU>, index: Int, quantity: Int64)] = []
        var short: [OrderRefusal.Shortage] = []
        for (code, sku, quantity) in wanted {
            let pools = pools[sku] ?? []
            if let index = pools.firstIndex(where: { $0.available >= quantity }) {
                chosen.append((sku, index, quantity))
            } else {
                let left = pools.lazy.map(\.available).max() ?? 0
                short.append(OrderRefusal.Shortage(sku: code, asked: quantity, available: left))
            }
        }
        guard short.isEmpty else { throw .soldOut(short) }
        let lines = offered.map { line, sku, price, amount in
            let index = chosen.first { $0.sku == sku }!.index
            return PricedOrder.Line(
                pool: pools[sku]![index].key, quantity: line.quantity, price: price, amount: amount)
        }
        for (sku, index, quantity) in chosen {
            pools[sku]![index].available -= quantity
        }
        return PricedOrder(lines: lines, total: total)
    }

    private static func amount(of line: PlaceOrder.Line, at price: Price) throws(OrderRefusal) -> Fen {
        do throws(InvalidValue) { return try price.amount(for: line.quantity) } catch { throw .amountTooLarge }
    }

    private static func total(_ amounts: [Fen]) throws(OrderRefusal) -> Fen {
        do throws(InvalidValue) {
            var total = Fen.zero
            for amount in amounts { total = try total.adding(amount) }
            return total
        } catch {
            throw .amountTooLarge
        }
    }
}
