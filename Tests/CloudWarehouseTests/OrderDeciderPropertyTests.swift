import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Random batches against a model that serves one order after another, in the plainest way that can be written.
@Suite("Deciding a batch, at random")
struct OrderDeciderPropertyTests {
    /// Numbers that look random and are the same in every run.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private struct World {
        var snapshot = IntakeSnapshot()
        var batch: [PlaceOrder] = []

        init(seed: UInt64) throws {
            var random = SplitMix(state: seed)
            var ids = IDGenerator(at: Timestamp(microsecondsSince1970: Int64(seed)))
            var codes: [SKUCode] = []
            for index in 0..<4 {
                let code = try SKUCode("sku-\(index)")
                let sku = ids.next(SKU.self)
                codes.append(code)
                snapshot.offers[code] = IntakeSnapshot.Offer(
                    sku: sku,
                    price: try Price(fen: Fen(rawValue: .random(in: 0...999, using: &random)), per: Quantity(3)))
                let keys = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    PoolKey(sku: sku, warehouse: ids.next(), owner: ids.next())
                }
                snapshot.pools[sku] = keys.sorted().map { ($0, .random(in: 0...20, using: &random)) }
            }
            for _ in 0..<40 {
                if let earlier = batch.randomElement(using: &random), .random(in: 0..<4, using: &random) == 0 {
                    batch.append(earlier)
                    continue
                }
                let lines = try (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    PlaceOrder.Line(
                        sku: codes.randomElement(using: &random)!,
                        quantity: try Quantity(.random(in: 1...6, using: &random)))
                }
                let reference = OrderReference(rawValue: "\(Int.random(in: 0...30, using: &random))")!
                batch.append(
                    try PlaceOrder(source: Melons.source, reference: reference, lines: lines, payment: .paid))
            }
        }
    }

    /// What the model says of one order: the pools that it takes from, or why not.
    private enum Verdict: Equatable {
        case takes([PoolKey: Int64])
        case repeats(Int)
        case conflict
        case refused
    }

    private func model(_ world: World) -> [Verdict] {
        var left: [PoolKey: Int64] = [:]
        for pools in world.snapshot.pools.values { for pool in pools { left[pool.key] = pool.available } }
        var verdicts: [Verdict] = []
        for (index, order) in world.batch.enumerated() {
            let earlier = (0..<index).first { earlier in
                guard world.batch[earlier].key == order.key, case .takes = verdicts[earlier] else { return false }
                return true
            }
            if let earlier {
                verdicts.append(world.batch[earlier].lines == order.lines ? .repeats(earlier) : .conflict)
                continue
            }
            var taken: [PoolKey: Int64] = [:]
            var served = true
            for code in Set(order.lines.map(\.sku)) {
                let wanted = order.lines.filter { $0.sku == code }.reduce(0) { $0 + $1.quantity.rawValue }
                let sku = world.snapshot.offers[code]!.sku
                let key = left.keys.filter { $0.sku == sku && left[$0]! >= wanted }.min()
                if let key { taken[key] = wanted } else { served = false }
            }
            if served {
                for (key, quantity) in taken { left[key]! -= quantity }
            }
            verdicts.append(served ? .takes(taken) : .refused)
        }
        return verdicts
    }

    private func verdict(_ decision: OrderDecision) -> Verdict {
        switch decision {
        case .place(let order):
            var taken: [PoolKey: Int64] = [:]
            for line in order.lines { taken[line.pool, default: 0] += line.quantity.rawValue }
            return .takes(taken)
        case .repeats(let index): return .repeats(index)
        case .refuse(.otherOrderUnderReference): return .conflict
        case .refuse: return .refused
        case .answer: preconditionFailure("no order of these batches is recorded")
        }
    }

    @Test("random batches are decided as one order after another would be, and no pool gives more than it has")
    func againstModel() throws {
        var kinds: [String: Int] = [:]
        for seed in 1...UInt64(500) {
            let world = try World(seed: seed)
            let decisions = OrderDecider.decide(world.batch, world.snapshot)
            try #require(decisions.map(verdict) == model(world), "seed \(seed)")
            var taken: [PoolKey: Int64] = [:]
            for case .place(let order) in decisions {
                #expect(order.total.rawValue == order.lines.reduce(0) { $0 + $1.amount.rawValue })
                for line in order.lines { taken[line.pool, default: 0] += line.quantity.rawValue }
            }
            for pool in world.snapshot.pools.values.joined() { #expect(taken[pool.key, default: 0] <= pool.available) }
            for decision in decisions {
                switch verdict(decision) {
                case .takes: kinds["takes", default: 0] += 1
                case .repeats: kinds["repeats", default: 0] += 1
                case .conflict: kinds["conflict", default: 0] += 1
                case .refused: kinds["refused", default: 0] += 1
                }
            }
        }
        // The batches must have been of every sort, or nothing was tested.
        #expect(kinds.count == 4 && kinds.values.allSatisfy { $0 > 20 }, "\(kinds)")
    }
}
