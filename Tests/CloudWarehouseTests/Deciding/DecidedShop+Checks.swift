import Postgres
import Testing

@testable import CloudWarehouse

extension DecidedShop {
    /// What has to be true after every batch, whatever was asked.
    func check(_ before: IntakeSnapshot, _ decider: OrderDecider, _ location: SourceLocation) {
        for pool in snapshot.pools {
            #expect(pool.available >= 0, "a pool gives more than it has", sourceLocation: location)
        }
        let (old, new) = (Self.claims(of: before.orders), Self.claims(of: snapshot.orders))
        for pool in snapshot.pools.map(\.key) {
            let difference = (new[pool] ?? PoolCounters()) + (old[pool] ?? PoolCounters()) * -1
            let booked = decider.book.changes.first { $0.key == pool }?.change ?? PoolCounters()
            #expect(booked == difference, "the pool does not count what the lines claim", sourceLocation: location)
        }
        for order in snapshot.orders { check(order, location) }
        checkCounts(location)
    }

    /// What the lines of orders claim, by pool.
    private static func claims(of orders: [StandingOrder]) -> [PoolKey: PoolCounters] {
        var sums: [PoolKey: PoolCounters] = [:]
        for line in orders.flatMap(\.lines) {
            let quantity = line.quantity.rawValue - line.cancelled.rawValue
            guard let pool = line.pool, quantity > 0 else { continue }
            switch line.claim {
            case .held:
                sums[pool, default: PoolCounters()] = (sums[pool] ?? PoolCounters()) + PoolCounters(held: quantity)
            case .committed, .picked:
                sums[pool, default: PoolCounters()] = (sums[pool] ?? PoolCounters()) + PoolCounters(committed: quantity)
            case .short, .shipped, .released: break
            }
        }
        return sums
    }

    private func check(_ order: StandingOrder, _ location: SourceLocation) {
        let name = order.key.reference.rawValue
        let wanted = order.lines.filter { $0.quantity.rawValue > $0.cancelled.rawValue }
        let amounts = order.lines.map(\.amount.rawValue)
        #expect(order.total.rawValue == amounts.reduce(0, +), "\(name): the total", sourceLocation: location)
        #expect(order.lines.map(\.position) == (1...Int16(order.lines.count)).map { $0 }, sourceLocation: location)
        for line in order.lines {
            let remaining = line.quantity.rawValue - line.cancelled.rawValue
            let per = line.price.per.rawValue
            let amount = (2 * remaining * line.price.fen.rawValue + per) / (2 * per)
            #expect(line.amount.rawValue == amount, "\(name): an amount", sourceLocation: location)
            if remaining == 0 { #expect(line.claim == .released, "\(name): nothing claims", sourceLocation: location) }
            if line.partOf != nil { #expect(line.price.fen == .zero, sourceLocation: location) }
        }
        let parts = Dictionary(grouping: wanted.filter { $0.partOf != nil }, by: { $0.partOf! })
        for line in wanted {
            check(line, of: order, location)
            let own = parts[line.position] ?? []
            guard !own.isEmpty else { continue }
            #expect(line.pool == nil, "\(name): a line with parts has no pool", sourceLocation: location)
            #expect(
                line.claim == (own.contains { $0.claim == .short } ? .short : own[0].claim), "\(name): its parts say",
                sourceLocation: location)
        }
        for (header, own) in parts {
            let line = order.lines[Int(header) - 1]
            let remaining = line.quantity.rawValue - line.cancelled.rawValue
            #expect(remaining > 0 && line.partOf == nil, "\(name): parts of nothing", sourceLocation: location)
            var sums: [ID<SKU>: Int64] = [:]
            for part in own { sums[part.sku, default: 0] += part.quantity.rawValue - part.cancelled.rawValue }
            let recipe = snapshot.components[line.sku]?.map { ($0.sku, $0.quantity * remaining) }
            let expected = Dictionary(uniqueKeysWithValues: recipe ?? [(line.sku, remaining)])
            #expect(sums == expected, "\(name): the parts of line \(header)", sourceLocation: location)
        }
        if order.state == .paidShort {
            #expect(wanted.contains { $0.claim == .short }, "\(name): short of what?", sourceLocation: location)
        }
    }

    private func check(_ line: StandingOrder.Line, of order: StandingOrder, _ location: SourceLocation) {
        let name = "\(order.key.reference.rawValue), line \(line.position)"
        let may: [ClaimState] =
            switch order.state {
            case .held: [.held]
            case .committed: [.committed]
            case .paidShort: [.committed, .short]
            default: [.released]
            }
        #expect(may.contains(line.claim), "\(name): \(line.claim) in \(order.state)", sourceLocation: location)
        #expect((line.expiresAt != nil) == (order.state == .held), "\(name): its end", sourceLocation: location)
        if line.claim == .short { #expect(line.pool == nil, "\(name)", sourceLocation: location) }
        let hasParts = order.lines.contains { $0.partOf == line.position && $0.isLive }
        if line.claim == .held || line.claim == .committed, !hasParts {
            #expect(line.pool?.sku == line.sku, "\(name): claims nowhere", sourceLocation: location)
        }
    }

    /// What each buyer has, added up from what is bought and what sets are made of.
    private func checkCounts(_ location: SourceLocation) {
        var sums: [IntakeSnapshot.CountKey: Int64] = [:]
        for order in snapshot.orders where order.state != .released && order.state != .cancelled {
            guard let buyer = order.buyer else { continue }
            for line in order.lines where line.partOf == nil {
                let remaining = line.quantity.rawValue - line.cancelled.rawValue
                for (sku, each) in [(line.sku, Int64(1))]
                    + (snapshot.components[line.sku] ?? []).map({ ($0.sku, $0.quantity) })
                where snapshot.limits[sku] != nil && remaining > 0 {
                    sums[.init(source: order.key.source, buyer: buyer, sku: sku), default: 0] += each * remaining
                }
            }
        }
        #expect(snapshot.counts.filter { $0.value != 0 } == sums, "what buyers have", sourceLocation: location)
    }
}
