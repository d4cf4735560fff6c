import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Texts that are written alike and are not the same bytes")
struct ExactTextTests {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"
    /// Written alike in as many bytes: the sign of a unit, and the letter with a ring.
    private static let (sign, letter) = ("\u{212B}", "A\u{30A}")

    private static func isExact<Value: ExactText>(_ type: Value.Type) -> Bool {
        let pairs = [(composed, decomposed), (sign, letter)]
        return pairs.allSatisfy { first, second in
            guard let first = Value(rawValue: first), let second = Value(rawValue: second),
                let again = Value(rawValue: first.rawValue)
            else { return false }
            return first != second && first == again && Set([first, second]).count == 2
                && first.hashValue == again.hashValue
        }
    }

    @Test("are different values of every kind that is free text")
    func kinds() {
        #expect(Self.composed == Self.decomposed && Self.sign == Self.letter, "as texts they are the same")
        #expect(Self.isExact(OrderReference.self))
        #expect(Self.isExact(Buyer.self) && Self.isExact(ShopName.self) && Self.isExact(OrderNote.self))
        #expect(Self.isExact(Carrier.self) && Self.isExact(ReceiptReference.self) && Self.isExact(Grade.self))
        #expect(Self.isExact(Name.self) && Self.isExact(TokenName.self) && Self.isExact(AdjustmentNote.self))
    }

    @Test("count for two buyers, and a limit is held against each")
    func buyers() throws {
        var shop = try DecidedShop(["melon": [50]])
        shop.limit("melon", to: 5)
        #expect(
            shop.run([
                DecidedShop.place("1", ["melon": 5], buyer: Self.composed),
                DecidedShop.place("2", ["melon": 5], buyer: Self.decomposed),
                DecidedShop.place("3", ["melon": 1], buyer: Self.decomposed),
            ]) == ["placed 5", "placed 5", "melon: one buyer may have 5, and this one has 5 already"])
    }

    @Test(
        "place two orders in one batch, each with a row of its own, and parcels go to the order that they name",
        .onDatabase)
    func orders() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(9)
            let references = [Self.composed, Self.decomposed]
            let commands = try references.map { OrderCommand.place(try Melons.order($0, melons: 1)) }
            let batch = OrderBatch(commands: commands, recipientKeys: nil)
            let placed = try await batch.run(on: base.pool).verdicts.compactMap { verdict in
                if case .answer(.placed(let order)) = verdict { order.id } else { nil }
            }
            #expect(Set(placed).count == 2)
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 2)
            let shipments = Shipments(pool: base.pool, timeZone: "Asia/Shanghai")
            let parcels = try zip(references, ["SF-0001", "SF-0002"]).map { reference, tracking in
                Shipment.Parcel(
                    order: DecidedShop.key(reference), carrier: try Carrier("顺丰"),
                    tracking: try TrackingNumber(tracking))
            }
            #expect(try await shipments.record(parcels, by: base.principal) == [.recorded, .recorded])
            let ofFirst = "SELECT count(*) FROM shipment WHERE tracking = 'SF-0001' AND order_id = '\(placed[0])'"
            #expect(try await base.number(ofFirst) == 1)
            let ofSecond = "SELECT count(*) FROM shipment WHERE tracking = 'SF-0002' AND order_id = '\(placed[1])'"
            #expect(try await base.number(ofSecond) == 1)
        }
    }
}
