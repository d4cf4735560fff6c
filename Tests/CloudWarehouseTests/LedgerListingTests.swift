import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Reading the ledger", .onDatabase, .serialized)
struct LedgerListingTests {
    @Test("a page with a filter looks so far and no farther, goes on from there, and its cursor is no row's id")
    func depth() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            for number in 0..<9 {
                let receipt = try Melons.receipt("\(number)", melons: number == 1 ? 5 : 1, rice: number == 1 ? 700 : 0)
                _ = try await base.stock.receive(receipt, by: base.principal)
            }
            var (found, pages): ([LedgerEntry], Int) = ([], 0)
            var before: ID<LedgerEntry>?
            repeat {
                let page = try await base.stock.ledger(
                    of: Melons.rice, ownedBy: nil, before: before, limit: 10, depth: 3)
                found += page.entries
                if let next = page.next {
                    #expect(next < before ?? .greatest, "it goes on")
                    #expect(try await base.number("SELECT count(*) FROM movement WHERE id = '\(next)'") == 0)
                }
                (before, pages) = (page.next, pages + 1)
            } while before != nil && pages < 20
            #expect(found.map(\.goods.quantity.rawValue) == [700])
            #expect((3...5).contains(pages), "\(pages)")
        }
    }
}
