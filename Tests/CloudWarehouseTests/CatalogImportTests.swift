import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Importing a catalog", .onDatabase)
struct CatalogImportTests {
    private static func entries(_ count: Int, name: String = "瓜", fen: Int64 = 100) throws -> [CatalogEntry] {
        try (0..<count).map { number in
            CatalogEntry(
                code: try SKUCode("q\"\\\(number)"), name: try Name("\(name)\(number)"), unit: .piece,
                price: try Price(fen: Fen(rawValue: fen), per: Quantity(1)))
        }
    }

    private static func detail(_ base: TestBase, _ path: String) async throws -> String {
        let last = "FROM audit WHERE action = 'catalog.import' ORDER BY id DESC LIMIT 1"
        let rows = try await base.owner.query(sql: "SELECT COALESCE(detail #>> '{\(path)}', 'null') \(last)") {
            row throws(DecodingFailure) in try row.next(String.self)
        }
        return try #require(rows.first)
    }

    @Test("the audit log tells old and new prices of what changes, a hundred at most, and how many there are")
    func prices() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            _ = try await base.catalog.importEntries(Self.entries(120), of: Melons.owner, by: base.principal)
            #expect(try await Self.detail(base, "repriced") == "0")
            #expect(try await Self.detail(base, "prices") == "[]")
            _ = try await base.catalog.importEntries(
                Self.entries(120, name: "甜瓜"), of: Melons.owner, by: base.principal)
            #expect(try await Self.detail(base, "changed") == "120")
            #expect(try await Self.detail(base, "repriced") == "0")
            _ = try await base.catalog.importEntries(Self.entries(120, fen: 90), of: Melons.owner, by: base.principal)
            #expect(try await Self.detail(base, "repriced") == "120")
            #expect(try await Self.detail(base, "prices,0,sku") == "q\"\\0")
            #expect(try await Self.detail(base, "prices,0,from") == "[100, 1]")
            #expect(try await Self.detail(base, "prices,99,to") == "[90, 1]")
            #expect(try await Self.detail(base, "prices,100") == "null")
        }
    }

    @Test("two imports of the same list in opposite orders do not lock each other out")
    func opposite() async throws {
        // No transaction is run again, so a deadlock would be seen.
        try await TestBase.with(connections: 3, retries: 0) { base in
            try await base.prepareMelons()
            _ = try await base.catalog.importEntries(Self.entries(400), of: Melons.owner, by: base.principal)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for direction in 0..<2 {
                    group.addTask {
                        for round in 0..<12 {
                            let entries = try Self.entries(400, name: "\(direction) \(round) ", fen: 100)
                            _ = try await base.catalog.importEntries(
                                direction == 0 ? entries : entries.reversed(), of: Melons.owner, by: base.principal)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
