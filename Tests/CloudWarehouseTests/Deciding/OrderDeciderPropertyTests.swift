import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Random commands of every kind against a model that serves one after another, in the plainest way that can be written.
@Suite("Deciding batches, at random")
struct OrderDeciderPropertyTests {
    private typealias Asked = (reference: String, deed: PlainShop.Deed, revision: Int?)

    /// The same shop twice, as the decider sees it and as the model does, and what happens to it.
    private struct Day {
        static let singles = ["a", "b", "c", "d"]
        static let sets = ["ab", "bc"]

        var random: SplitMix
        var shop: DecidedShop
        var model: PlainShop
        let hasLimits: Bool

        init(seed: UInt64) throws {
            var random = SplitMix(seed: seed)
            var shop = try DecidedShop([:])
            var (left, prices): ([String: Int64], [String: Int64]) = ([:], [:])
            for code in Self.singles + Self.sets {
                let isSet = Self.sets.contains(code)
                let pools = isSet ? [] : (0..<random.pick(0...3)).map { _ in random.pick(0...12) }
                prices[code] = random.pick(0...9)
                left[code] = pools.reduce(0, +)
                try shop.add(code, pools, price: Price(fen: Fen(rawValue: prices[code]!), per: Quantity(1)))
            }
            shop.makeSet("ab", of: ["a": 2, "b": 1])
            shop.makeSet("bc", of: ["b": 1, "c": 3])
            hasLimits = random.once(in: 2)
            let limits: [String: Int64] = hasLimits ? ["a": 6, "ab": 2] : [:]
            for (code, limit) in limits { shop.limit(code, to: limit) }
            self.shop = shop
            self.random = random
            model = PlainShop(
                left: left, prices: prices, recipes: ["ab": ["a": 2, "b": 1], "bc": ["b": 1, "c": 3]], limits: limits)
        }

        mutating func wishes() -> [PlainShop.Wish] {
            (0..<random.pick(1...3)).map { _ in
                let code = random.once(in: 60) ? "nothing" : (Self.singles + Self.sets).randomElement(using: &random)!
                return PlainShop.Wish(
                    code: code, quantity: random.pick(1...5), price: random.once(in: 8) ? random.pick(0...9) : nil)
            }
        }

        mutating func placing() -> PlainShop.Asked {
            let payment: PlainShop.Payment =
                switch random.pick(1...5) {
                case 1: .elsewhere
                case 2, 3: .due(random.pick(1...4))
                default: .paid
                }
            let buyer = random.once(in: 3) ? nil : ["li", "wang"].randomElement(using: &random)
            return PlainShop.Asked(lines: wishes(), payment: payment, buyer: buyer)
        }

        /// Some command on one of a few references, so that the same orders meet again and again.
        mutating func command() -> Asked {
            let reference = "\(random.pick(1...7))"
            let known = model.orders[reference]
            let revision = random.once(in: 5) ? Int(random.pick(0...2)) : nil
            switch random.pick(1...16) {
            case 1...5: return (reference, .place(placing()), nil)
            case 6: return (reference, .place(known?.asked ?? placing()), nil)
            case 7, 8: return (reference, .pay, revision)
            case 9: return (reference, random.once(in: 2) ? .cancel : .expire, revision)
            case 10, 11: return (reference, .expire, revision)
            case 12: return (reference, .claim, revision)
            case 13:
                let same = known?.lines.filter { $0.wanted > 0 }.map {
                    PlainShop.Wish(code: $0.code, quantity: $0.wanted)
                }
                return (reference, .edit(random.once(in: 4) ? same ?? wishes() : wishes()), revision)
            case 14: return (reference, .edit(wishes()), revision)
            default:
                let lines = known?.lines.filter { $0.position != nil } ?? []
                guard let line = lines.randomElement(using: &random), !random.once(in: 20) else {
                    return (reference, .reduce([999: 0]), revision)
                }
                return (reference, .reduce([line.position!: random.pick(0...line.wanted + 1)]), revision)
            }
        }

        /// Goods come in, and time passes.
        mutating func goOn() {
            let seconds = random.pick(0...2)
            shop.pass(.seconds(seconds))
            model.now += seconds
            let code = Self.singles.randomElement(using: &random)!
            guard random.once(in: 2), !shop.left(code).isEmpty else { return }
            shop.receive(3, of: code)
            model.left[code]! += 3
        }

        /// Tells the model how lines are numbered.
        mutating func number() {
            for reference in model.orders.keys {
                let lines = shop.order(reference)!.lines.filter { $0.partOf == nil }
                for (index, line) in lines.enumerated() {
                    model.orders[reference]!.lines[index].position = line.position
                }
            }
        }

        /// The SKUs and the order that a command cannot do without; what it finds out before it needs them is left open.
        func needs(_ asked: Asked) -> Set<IntakeSnapshot.Obstacle> {
            var codes = model.orders[asked.reference]?.lines.filter { $0.wanted > 0 }.map(\.code) ?? []
            var needed: Set<IntakeSnapshot.Obstacle> = []
            if case .edit(let wishes) = asked.deed { codes += wishes.map(\.code) }
            if case .place(let placing) = asked.deed {
                codes = placing.lines.map(\.code)
            } else if let order = shop.order(asked.reference) {
                needed.insert(.order(order.id))
            }
            for code in codes where code != "nothing" {
                for part in [code] + (model.recipes[code].map { Array($0.keys) } ?? []) {
                    needed.insert(.sku(shop.sku(part)))
                }
            }
            return needed
        }
    }

    private static func command(_ asked: Asked) throws -> OrderCommand {
        func lines(_ wishes: [PlainShop.Wish]) throws -> [PlaceOrder.Line] {
            try wishes.map {
                PlaceOrder.Line(
                    sku: try SKUCode($0.code), quantity: try Quantity($0.quantity),
                    price: try $0.price.map { try Price(fen: Fen(rawValue: $0), per: Quantity(1)) })
            }
        }
        let change: ChangeOrder.Change
        switch asked.deed {
        case .place(let placing):
            let payment: PlaceOrder.Payment =
                switch placing.payment {
                case .paid: .paid
                case .elsewhere: .paidElsewhere
                case .due(let seconds): .due(withinSeconds: Int32(seconds))
                }
            return .place(
                try PlaceOrder(
                    source: DecidedShop.source, reference: OrderReference(rawValue: asked.reference)!,
                    lines: lines(placing.lines), payment: payment,
                    terms: OrderTerms(buyer: placing.buyer.flatMap(Buyer.init))))
        case .pay: change = .pay
        case .cancel: change = .cancel
        case .expire: change = .expire
        case .claim: change = .claim
        case .edit(let wishes): change = .edit(try lines(wishes))
        case .reduce(let remainders):
            change = .reduce(
                try remainders.map { ChangeOrder.Remainder(position: $0.key, quantity: try Quantity($0.value)) })
        }
        return DecidedShop.change(asked.reference, change, revision: asked.revision.map(Int32.init))
    }

    /// The decider's answer in the model's words.
    private static func words(_ answer: String) -> String {
        let words = [
            "there is no such order": "unknown", "an order that is": "stays", "there is no such SKU": "no such SKU",
            "asked for,": "sold out", "used for another order": "conflict", "say who buys": "nameless",
            "has already": "limited", " already": "limited", "was changed meanwhile": "stale",
            "the order has no line": "no such line",
            "and no more than that": "more than ordered", "nothing of the order": "nothing remains",
        ]
        return words.first { answer.contains($0.key) }?.value ?? answer
    }

    @Test("commands of every kind are decided as one after another would be, however they are cut into batches")
    func againstModel() throws {
        var seen: [String: Int] = [:]
        for seed in 1...UInt64(150) {
            var day = try Day(seed: seed)
            for batch in 0..<12 {
                let asked = (0..<day.random.pick(1...8)).map { _ in day.command() }
                let answers = day.shop.run(try asked.map(Self.command)).map(Self.words)
                for (asked, answer) in zip(asked, answers) {
                    let expected = day.model.perform(asked.reference, asked.deed, revision: asked.revision)
                    try #require(answer == expected, "seed \(seed), batch \(batch): \(asked)")
                    seen[expected.filter { !$0.isNumber }, default: 0] += 1
                }
                for code in Day.singles {
                    try #require(
                        day.shop.left(code).reduce(0, +) == day.model.left[code], "seed \(seed), batch \(batch)")
                }
                day.number()
                day.goOn()
            }
        }
        // The days must have been of every sort, or nothing was tested.
        let kinds = [
            "placed ", "placed  short", "conflict", "sold out", "no such SKU", "limited", "nameless", "unknown",
            "stays",
            "stale", "held  r", "held  r again", "committed  r", "committed  r again", "paid_short  r",
            "paid_short  r again", "released  r", "released  r again", "cancelled  r", "cancelled  r again",
            "no such line", "more than ordered", "nothing remains",
        ]
        for kind in kinds { #expect(seen[kind, default: 0] > 5, "\(kind): \(seen)") }
    }

    @Test("what somebody else has locked makes wait what needs it, and nothing else; done later, it ends as it should")
    func obstacles() throws {
        var waited = 0
        for seed in 1...UInt64(150) {
            var day = try Day(seed: seed)
            for batch in 0..<12 {
                let asked = (0..<day.random.pick(1...8)).map { _ in day.command() }
                var locked: Set<IntakeSnapshot.Obstacle> = []
                for code in Day.singles where day.random.once(in: 4) { locked.insert(.sku(day.shop.sku(code))) }
                for order in day.shop.snapshot.orders where day.random.once(in: 6) { locked.insert(.order(order.id)) }
                let answers = day.shop.run(try asked.map(Self.command), lockedByOthers: locked).map(Self.words)
                for (asked, answer) in zip(asked, answers) {
                    let isNeeded = !locked.isDisjoint(with: day.needs(asked))
                    if answer == "waits" {
                        waited += 1
                        try #require(isNeeded, "seed \(seed), batch \(batch): \(asked) waits for nothing")
                        continue
                    }
                    let isNew = day.model.orders[asked.reference] == nil && answer.hasPrefix("placed")
                    let expected = day.model.perform(asked.reference, asked.deed, revision: asked.revision)
                    try #require(answer == expected, "seed \(seed), batch \(batch): \(asked)")
                    let changes = isNew || !answer.hasSuffix("again") && answer.contains(" r")
                    if isNeeded { try #require(!changes, "seed \(seed), batch \(batch): \(asked) did not wait") }
                }
                for code in Day.singles {
                    try #require(
                        day.shop.left(code).reduce(0, +) == day.model.left[code], "seed \(seed), batch \(batch)")
                }
                day.number()
                day.goOn()
            }
        }
        #expect(waited > 500)
    }
}
