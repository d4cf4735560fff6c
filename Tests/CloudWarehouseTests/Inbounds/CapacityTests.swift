import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// What a location takes: the shelf `B-01` takes 300 pieces.
@Suite("Room at a location", .onDatabase)
struct CapacityTests {
    private static func putAway(_ key: String, _ lot: ID<Lot>, _ quantity: Int64, over: Bool = false) -> InboundTask {
        .putAway(
            PutAway(
                reference: Dock.key(key), lot: lot, location: Dock.shelf, quantity: Quantity(rawValue: quantity),
                isOver: over))
    }

    @Test("more than a location takes is refused and moves nothing, unless it is said to fit")
    func over() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.handle(.arrive(at: Melons.warehouse))
            let lot = try #require(try await base.handle(Dock.count("c1", 400)).lot)
            try await base.handle(.finish)
            try await base.handle(.release)
            #expect(
                await refusal { try await base.handle(Self.putAway("p", lot, 301)) } == .full(Dock.shelf, free: 300))
            #expect(try await base.standing(Dock.shelf, .good) == 0)
            try await base.handle(Self.putAway("p", lot, 290))
            #expect(
                await refusal { try await base.handle(Self.putAway("q", lot, 11)) } == .full(Dock.shelf, free: 10))
            try await base.handle(Self.putAway("q", lot, 11, over: true))
            #expect(try await base.handle(Self.putAway("q", lot, 11)).isRepeated, "it stands there already")
            #expect(
                await refusal { try await base.handle(Self.putAway("r", lot, 1)) } == .full(Dock.shelf, free: 0))
            #expect(try await base.standing(Dock.shelf, .good) == 301)
            #expect(
                try await base.number("SELECT count(*) FROM audit WHERE detail @> '{\"over\": true}'") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a capacity measures only goods that are counted in its unit")
    func otherUnit() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.handle(.arrive(at: Melons.warehouse))
            let lot = try #require(try await base.handle(Dock.count("c1", 5_000, sku: Melons.rice)).lot)
            try await base.handle(.finish)
            try await base.handle(.release)
            #expect(try await base.handle(Self.putAway("p", lot, 5_000)).state == .stored)
        }
    }

    @Test("many who bring goods to one location at once do not overfill it", arguments: 1...3)
    func together(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            try await base.prepareDock()
            var tasks: [(InboundTask, ReceiptReference)] = []
            for number in 1...8 {
                let reference = Dock.key("RK-\(number)")
                try await base.handle(.arrive(at: Melons.warehouse), of: reference)
                let lot = try #require(try await base.handle(Dock.count("c", 70), of: reference).lot)
                try await base.handle(.finish, of: reference)
                try await base.handle(.release, of: reference)
                tasks.append((Self.putAway("p", lot, 70), reference))
            }
            let refusals = await withTaskGroup(of: InboundRefusal?.self) { group in
                for (task, reference) in tasks {
                    group.addTask { await refusal { try await base.handle(task, of: reference) } }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(refusals.filter { $0 == nil }.count == 4)
            #expect(refusals.compactMap(\.self).allSatisfy { $0 == .full(Dock.shelf, free: 20) })
            #expect(try await base.standing(Dock.shelf, .good) == 280)
            #expect(try await base.differences().isEmpty)
        }
    }
}
