import Postgres
import Testing

@testable import CloudWarehouse

@Suite("Into how many pieces an order is divided")
struct AllocationTests {
    private static let (sku, owner) = (
        ID<SKU>(rawValue: .init(high: 1, low: 0)), ID<Owner>(rawValue: .init(high: 2, low: 0))
    )

    private static func key(_ warehouse: Int) -> PoolKey {
        PoolKey(sku: sku, warehouse: ID(rawValue: .init(high: 3, low: UInt64(warehouse))), owner: owner)
    }

    /// An order that is short of so many melons, one of which lies in each of as many warehouses.
    private static func shop(melons: Int, linesBefore: Int) throws -> IntakeSnapshot {
        var snapshot = IntakeSnapshot()
        snapshot.now = Timestamp(microsecondsSince1970: 1_800_000_000_000_000)
        let price = try Price(fen: Fen(rawValue: 1), per: Quantity(1))
        snapshot.offers[try SKUCode("melon")] = IntakeSnapshot.Offer(sku: sku, price: price)
        snapshot.codes[sku] = try SKUCode("melon")
        snapshot.pools = (0..<melons).map { (key: key($0), available: 1) }
        let quantity = try Quantity(Int64(melons))
        var lines = try (0..<linesBefore).map { index in
            StandingOrder.Line(
                position: Int16(index + 1), sku: sku, quantity: try Quantity(1), cancelled: try Quantity(1),
                price: price,
                amount: .zero, claim: .released, partOf: nil)
        }
        lines.append(
            StandingOrder.Line(
                position: Int16(linesBefore + 1), sku: sku, quantity: quantity, price: price,
                amount: Fen(rawValue: Int64(melons)), claim: .short, partOf: nil))
        let order = StandingOrder(
            id: ID(rawValue: .init(high: 4, low: 0)), key: DecidedShop.key("1"), placedAt: snapshot.now, buyer: nil,
            state: .paidShort, total: Fen(rawValue: Int64(melons)), placedTotal: nil, revision: 9, lines: lines)
        snapshot.orders = [order]
        snapshot.named[order.key] = order.id
        return snapshot
    }

    @Test("an order claims in as many pieces as have numbers, and what would be in more stays short")
    func room() throws {
        let most = Int(Int16.max)
        // A line that is divided has each of its pieces as a part.
        var decider = OrderDecider(try Self.shop(melons: 20, linesBefore: most - 21))
        #expect(decider.decide([DecidedShop.change("1", .claim)]).map(DecidedShop.words) == ["committed 20 r9"])
        #expect(decider.orders.values.first?.lines.count == most)
        decider = OrderDecider(try Self.shop(melons: 20, linesBefore: most - 20))
        #expect(decider.decide([DecidedShop.change("1", .claim)]).map(DecidedShop.words) == ["paid_short 20 r9 again"])
        #expect(decider.book.changes.isEmpty)
    }

    @Test("pieces are counted of all SKUs together, each line with those that divide it")
    func pieces() throws {
        let book = ClaimBook((0..<4).map { (key: Self.key($0), available: 5) })
        func beyond(lines: Int, room: Int) -> Int {
            let want = Allocation.Wanted(sku: Self.sku, quantity: 20, lines: lines, choices: [0, 1, 2, 3])
            return Allocation(of: [want], in: book).beyond([want], room: room).count
        }
        #expect(beyond(lines: 1, room: 4) == 0 && beyond(lines: 1, room: 3) == 1)
        #expect(beyond(lines: 9, room: 6) == 0 && beyond(lines: 9, room: 5) == 1)
    }
}
