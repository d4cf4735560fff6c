import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What may be brought where")
struct TransferSuggestionTests {
    private func need(_ warehouse: String, free: Int64, open: Int64, movable: Int64? = nil) throws -> StockNeed {
        StockNeed(
            sku: Melons.melon, unit: .piece, owner: Melons.owner, warehouse: try WarehouseCode(warehouse), free: free,
            movable: movable ?? free, open: open)
    }

    private func suggested(_ needs: [StockNeed], to target: String? = nil) throws -> [String] {
        TransferSuggestion.all(from: needs, to: try target.map { try WarehouseCode($0) }).map {
            "\($0.from) \($0.to) \($0.quantity)"
        }
    }

    @Test("from the most that is spare to the most that is lacking, and never what is not spare")
    func rule() throws {
        #expect(try suggested([need("a", free: 50, open: 10), need("b", free: 0, open: 30)]) == ["a b 30"])
        #expect(try suggested([need("a", free: 50, open: 30), need("b", free: 0, open: 30)]) == ["a b 20"])
        #expect(try suggested([need("a", free: 10, open: 30), need("b", free: 0, open: 30)]) == [])
        #expect(
            try suggested([
                need("a", free: 12, open: 0), need("b", free: 0, open: 15), need("c", free: 40, open: 20),
                need("d", free: 1, open: 20),
            ]) == ["c d 19", "a b 12", "c b 1"])
        #expect(try suggested([need("a", free: 50, open: 0), need("b", free: 0, open: 5)], to: "a") == [])
        #expect(try suggested([need("a", free: 50, open: 0, movable: 3), need("b", free: 0, open: 5)]) == ["a b 3"])
    }

    @Test(
        "open orders in the north call for melons from the south; what is on its way is not called for again",
        .onDatabase)
    func needs() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bring(Road.key("DB-0"), of: lot, into: .closed, melons: 10)
            #expect(try await base.stock.transferSuggestions().isEmpty)
            // The north has ten, of which eight are taken.
            let north = try await base.number("SELECT count(*) FROM pool WHERE sellable = 10")
            #expect(north == 1)
            try await base.owner.execute(
                sql: "UPDATE pool SET committed = 8 WHERE sellable = 10")
            let found = try await base.stock.transferSuggestions()
            #expect(found.map { "\($0.from) \($0.to) \($0.quantity)" } == ["main north 6"])
            #expect(try await base.stock.transferSuggestions(to: Melons.warehouse).isEmpty)
            for (state, left) in [(TransferState.approved, Int64(0)), (.inTransit, 0)] {
                try await base.bring(Road.key("\(state)"), of: lot, into: state)
                #expect(try await base.stock.transferSuggestions().count == left, "\(state)")
            }
        }
    }

    @Test("what a paid order is short of is called for where its other goods are", .onDatabase)
    func short() async throws {
        try await TestBase.with { base in
            let lot = try await base.prepareRoad(100)
            try await base.bring(Road.reference, of: lot, into: .closed, melons: 10)
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("all of the south", melons: 90))
                _ = try await intake.desk.place(
                    Melons.order("of the north", melons: 5, rice: 300, payment: .paidElsewhere))
            }
            let claims = "FROM order_line WHERE claim = 'short' AND quantity = 300"
            #expect(try await base.number("SELECT count(*) \(claims)") == 1)
            #expect(try await base.stock.transferSuggestions().isEmpty, "there is no rice anywhere")
            _ = try await base.stock.receive(Melons.receipt("RK-2", melons: 1, rice: 1_000), by: base.principal)
            let found = try await base.stock.transferSuggestions(to: Road.north)
            #expect(found.map { "\($0.sku) \($0.from) \($0.to) \($0.quantity)" } == ["rice main north 300"])
        }
    }
}
