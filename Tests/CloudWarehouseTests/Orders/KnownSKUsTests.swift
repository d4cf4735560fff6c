import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What codes are known to stand for", .onDatabase)
struct KnownSKUsTests {
    private static func box(_ reference: String) throws -> PlaceOrder {
        try PlaceOrder(
            source: Melons.source, reference: OrderReference(rawValue: reference)!,
            lines: [PlaceOrder.Line(sku: GiftSets.box, quantity: Quantity(1))], payment: .paid)
    }

    @Test("a code that is known is not looked up again; it is locked and read by what it stands for")
    func scope() throws {
        let (sku, part) = (ID<SKU>.sample, ID<SKU>.least)
        var snapshot = IntakeSnapshot()
        snapshot.offers[GiftSets.box] = IntakeSnapshot.Offer(sku: sku, price: nil)
        snapshot.components[sku] = [
            IntakeSnapshot.Component(sku: part, code: Melons.melon, quantity: 1)
        ]
        var known = KnownSKUs()
        known.learn(known.news(of: [GiftSets.box], in: snapshot))
        let commands = try [OrderCommand.place(Self.box("1")), .place(Melons.order("2", melons: 1))]
        let scope = BatchScope(commands, known: known)
        #expect(scope.unknownCodes == [Melons.melon])
        #expect(scope.knownSKUs == [sku, part])
        #expect(Set(scope.codes) == [GiftSets.box, Melons.melon])
        known.learn(known.news(of: [GiftSets.box], in: IntakeSnapshot()))
        #expect(known[GiftSets.box] == nil, "it stands for nothing any more")
    }

    @Test("an order of a set that is made of something else by now claims what it is made of now")
    func otherComponents() async throws {
        try await GiftSets.withBoxes(melons: 9) { base in
            #expect(try await GiftSets.refusal("box", ["melon": 2], in: base) == nil)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Self.box("1"))
                #expect(try await base.melonCounters() == PoolCounters(sellable: 9, committed: 2))
                try await base.catalog.makeSet(GiftSets.box, of: GiftSets.parts(["rice": 500]), by: base.principal)
                _ = try await intake.desk.place(Self.box("2"))
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 9, committed: 2))
            let rice = "SELECT committed FROM pool JOIN sku ON sku.id = pool.sku_id WHERE sku.code = 'rice'"
            #expect(try await base.number(rice) == 500)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a code that somebody gave to nothing or to another SKU is at most refused once")
    func otherCode() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(9, rice: 1_000)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 1))
                try await base.run(
                    script: """
                        UPDATE sku SET code = 'gone' WHERE code = 'melon';
                        UPDATE sku SET code = 'melon' WHERE code = 'rice'
                        """)
                await #expect {
                    try await intake.desk.place(Melons.order("2", melons: 1))
                } throws: {
                    if case IntakeError.refused(.unknownSKU(Melons.melon)) = $0 { true } else { false }
                }
                _ = try await intake.desk.place(Melons.order("2", melons: 1))
            }
            let rice = "SELECT committed FROM pool JOIN sku ON sku.id = pool.sku_id WHERE sku.code = 'melon'"
            #expect(try await base.number(rice) == 1)
            #expect(try await base.differences().isEmpty)
        }
    }
}
