import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Deciding a batch")
struct OrderDeciderTests {
    private static func snapshot(melons: Int64, rice: Int64 = 0) -> IntakeSnapshot {
        let key = { (sku: ID<SKU>) in
            PoolKey(sku: sku, warehouse: ID(rawValue: .sample), owner: ID(rawValue: .sample))
        }
        var ids = IDGenerator(at: Timestamp(microsecondsSince1970: 0))
        let (melon, grain) = (ids.next(SKU.self), ids.next(SKU.self))
        var snapshot = IntakeSnapshot()
        snapshot.offers[Melons.melon] = IntakeSnapshot.Offer(sku: melon, price: Melons.entries[0].price)
        snapshot.offers[Melons.rice] = IntakeSnapshot.Offer(sku: grain, price: Melons.entries[1].price)
        snapshot.pools[melon] = [(key: key(melon), available: melons)]
        snapshot.pools[grain] = [(key: key(grain), available: rice)]
        return snapshot
    }

    private func outcomes(_ orders: [PlaceOrder], _ snapshot: IntakeSnapshot) -> [String] {
        OrderDecider.decide(orders, snapshot).map { decision in
            switch decision {
            case .place(let order): "placed \(order.total)"
            case .answer: "answered"
            case .repeats(let index): "repeats \(index)"
            case .refuse(let refusal): "\(refusal)"
            }
        }
    }

    @Test("first come, first served; a large order that is refused does not block the small ones behind it")
    func firstCome() throws {
        let orders = try [
            Melons.order("1", melons: 3), Melons.order("2", melons: 9), Melons.order("3", melons: 2),
            Melons.order("4", melons: 1),
        ]
        #expect(
            outcomes(orders, Self.snapshot(melons: 5))
                == ["placed 2970", "melon: 9 asked for, 2 left", "placed 1980", "melon: 1 asked for, 0 left"])
    }

    @Test("an order is placed as a whole or takes nothing")
    func wholeOrNothing() throws {
        let orders = try [Melons.order("1", melons: 2, rice: 500), Melons.order("2", melons: 5)]
        #expect(
            outcomes(orders, Self.snapshot(melons: 5, rice: 499)) == ["rice: 500 asked for, 499 left", "placed 4950"])
    }

    @Test("the same SKU on two lines is summed before it is claimed")
    func sameSKUTwice() throws {
        let line = PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(3))
        let order = try PlaceOrder(
            source: Melons.source, reference: OrderReference(rawValue: "1")!, lines: [line, line], payment: .paid)
        #expect(outcomes([order], Self.snapshot(melons: 5)) == ["melon: 6 asked for, 5 left"])
        #expect(outcomes([order], Self.snapshot(melons: 6)) == ["placed 5940"])
    }

    @Test("a repetition in the batch gets the first one's answer and takes nothing; another body is a conflict")
    func repetition() throws {
        let orders = try [
            Melons.order("1", melons: 2), Melons.order("1", melons: 2), Melons.order("1", melons: 1),
            Melons.order("2", melons: 3),
        ]
        #expect(
            outcomes(orders, Self.snapshot(melons: 5))
                == ["placed 1980", "repeats 0", "the reference was used for another order", "placed 2970"])
    }

    @Test("after a refusal the same reference is decided anew")
    func refusedReference() throws {
        let orders = try [Melons.order("1", melons: 6), Melons.order("1", melons: 5)]
        #expect(outcomes(orders, Self.snapshot(melons: 5)) == ["melon: 6 asked for, 5 left", "placed 4950"])
    }

    @Test("an order that is there already is answered, though nothing is left")
    func recorded() throws {
        let order = try Melons.order("1", melons: 2)
        var snapshot = Self.snapshot(melons: 0)
        let placed = PlacedOrder(id: ID(rawValue: .sample), total: .zero, placedAt: .sample)
        snapshot.recorded[order.key] = IntakeSnapshot.Recorded(order: placed, fingerprint: order.fingerprint)
        #expect(OrderDecider.decide([order], snapshot) == [.answer(placed)])
        let other = try Melons.order("1", melons: 3)
        #expect(OrderDecider.decide([other], snapshot) == [.refuse(.otherOrderUnderReference)])
    }

    @Test("unknown SKUs, missing prices and immense amounts are refused, and a line's own price is taken")
    func prices() throws {
        func order(_ line: PlaceOrder.Line) throws -> PlaceOrder {
            try PlaceOrder(
                source: Melons.source, reference: OrderReference(rawValue: "1")!, lines: [line], payment: .paid)
        }
        var snapshot = Self.snapshot(melons: 1_000_000_000)
        let one = try Quantity(1)
        let unknown = try SKUCode("nothing")
        #expect(
            outcomes([try order(.init(sku: unknown, quantity: one))], snapshot) == ["nothing: there is no such SKU"])
        let price = try Price(fen: Fen(rawValue: 1_234), per: one)
        #expect(
            outcomes([try order(.init(sku: Melons.melon, quantity: one, price: price))], snapshot) == ["placed 1234"])
        let dear = try Price(fen: Fen(rawValue: 1_000_000_000_000), per: one)
        let many = try Quantity(10_000_000)
        #expect(
            outcomes([try order(.init(sku: Melons.melon, quantity: many, price: dear))], snapshot)
                == ["the order's amount is too large"])
        let melon = try #require(snapshot.offers[Melons.melon]?.sku)
        snapshot.offers[Melons.melon] = IntakeSnapshot.Offer(sku: melon, price: nil)
        #expect(outcomes([try order(.init(sku: Melons.melon, quantity: one))], snapshot) == ["melon: it has no price"])
        #expect(
            outcomes([try order(.init(sku: Melons.melon, quantity: one, price: price))], snapshot) == ["placed 1234"])
    }
}
