import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Limits per buyer", .onDatabase)
struct BuyerLimitTests {
    private static func order(_ reference: String, melons: Int64, buyer: String = "b-1") throws -> PlaceOrder {
        try PlaceOrder(
            source: Melons.source, reference: OrderReference(rawValue: reference)!,
            lines: [PlaceOrder.Line(sku: Melons.melon, quantity: Quantity(melons))], payment: .paid,
            terms: OrderTerms(buyer: Buyer(rawValue: buyer)))
    }

    @Test("a limit counts orders from when it is set; another quantity goes on counting, a new limit starts anew")
    func life() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            let (catalog, by) = (base.catalog, base.principal)
            try await base.withIntake { intake in
                func place(_ reference: String, _ melons: Int64) async -> OrderRefusal? {
                    do throws(IntakeError) {
                        _ = try await intake.desk.place(try! Self.order(reference, melons: melons))
                        return nil
                    } catch .refused(let refusal) {
                        return refusal
                    } catch {
                        Issue.record("\(error)")
                        return nil
                    }
                }
                func refused(_ limit: Int64, has: Int64) -> OrderRefusal {
                    .overBuyerLimit(Melons.melon, limit: limit, has: has)
                }
                #expect(await place("0", 50) == nil)
                let limit = try #require(try await catalog.limit(Melons.melon, to: Quantity(3), by: by))
                #expect(try await catalog.limit(of: Melons.melon) == limit)
                #expect(await place("1", 2) == nil, "what was before does not count")
                #expect(await place("2", 2) == refused(3, has: 2))
                let raised = try #require(try await catalog.limit(Melons.melon, to: Quantity(4), by: by))
                #expect(raised.since == limit.since && raised.quantity.rawValue == 4)
                #expect(await place("2", 2) == nil)
                #expect(try await catalog.limit(Melons.melon, to: Quantity(1), by: by)?.since == limit.since)
                #expect(await place("3", 1) == refused(1, has: 4))
                #expect(try await catalog.limit(Melons.melon, to: nil, by: by) == nil)
                #expect(await place("3", 9) == nil)
                let new = try #require(try await catalog.limit(Melons.melon, to: Quantity(2), by: by))
                #expect(new.since > limit.since)
                #expect(await place("4", 2) == nil)
                #expect(await place("5", 1) == refused(2, has: 2))
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("each change is in the audit log, the same again is not; a limit of nothing and of no SKU is refused")
    func recorded() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let (catalog, by) = (base.catalog, base.principal)
            for quantity: Int64? in [3, 3, 4, nil, nil] {
                try await catalog.limit(Melons.melon, to: quantity.map { try! Quantity($0) }, by: by)
            }
            let log = "SELECT count(*) FROM audit WHERE action = 'catalog.limit' AND subject = 'melon'"
            #expect(try await base.number(log) == 3)
            #expect(try await base.number("\(log) AND detail = '{\"from\": 3, \"to\": 4}'") == 1)
            #expect(try await base.number("\(log) AND detail = '{\"from\": 4, \"to\": null}'") == 1)
            await #expect {
                try await catalog.limit(Melons.melon, to: .zero, by: by)
            } throws: { error in
                guard case .limitOfNothing? = error as? CatalogError else { return false }
                return true
            }
            await #expect {
                try await catalog.limit(SKUCode("fig"), to: Quantity(1), by: by)
            } throws: { error in
                guard case .unknownSKU? = error as? CatalogError else { return false }
                return true
            }
        }
    }
}
