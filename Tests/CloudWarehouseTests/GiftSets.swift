import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// What the tests of gift sets have in common: boxes beside melons and rice.
enum GiftSets {
    static let box = try! SKUCode("box")

    /// Melons and rice in stock, and these SKUs beside them, of which nothing was received.
    static func withBoxes(
        _ codes: [String] = ["box"], melons: Int64 = 9, rice: Int64 = 5_000, _ body: (TestBase) async throws -> Void
    ) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(melons, rice: rice)
            try await add(codes, to: base)
            try await body(base)
        }
    }

    static func add(_ codes: [String], to base: TestBase) async throws {
        let price = try Price(fen: Fen(rawValue: 5_000), per: Quantity(1))
        let entries = try codes.map {
            CatalogEntry(code: try SKUCode($0), name: try Name("礼盒"), unit: .piece, price: price)
        }
        _ = try await base.catalog.importEntries(entries, of: Melons.owner, by: base.principal)
    }

    static func parts(_ components: KeyValuePairs<String, Int64>) throws -> [SetComponent] {
        try components.map { SetComponent(sku: try SKUCode($0), quantity: try Quantity($1)) }
    }

    /// Why it is no set of these components; nil where it is one by now.
    static func refusal(
        _ set: String, _ components: KeyValuePairs<String, Int64>, in base: TestBase
    ) async throws -> SetRefusal? {
        do throws(CatalogError) {
            try await base.catalog.makeSet(
                try! SKUCode(set), of: try! Self.parts(components), by: base.principal)
            return nil
        } catch .notASet(let refusal) {
            return refusal
        } catch {
            throw error
        }
    }

    static func order(_ reference: String, boxes: Int64) throws -> PlaceOrder {
        try PlaceOrder(
            source: Melons.source, reference: OrderReference(rawValue: reference)!,
            lines: [PlaceOrder.Line(sku: box, quantity: Quantity(boxes))], payment: .paid)
    }

    /// Waits until somebody waits for a lock that the owner's connection has.
    ///
    /// - Parameter isIndirect: For one that such a waiter has.
    static func ownerIsWaitedFor(in base: TestBase, byWaitersOf isIndirect: Bool = false) async throws -> Bool {
        let waiting = "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        let sql =
            isIndirect
            ? "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_blocking_pids(pid) && ARRAY(\(waiting))"
            : "SELECT count(*) FROM (\(waiting)) AS waiting"
        return try await eventually { try await base.number(sql) > 0 }
    }
}
