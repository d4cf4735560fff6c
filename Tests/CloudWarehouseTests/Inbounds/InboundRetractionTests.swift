import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Counts that are taken back", .onDatabase)
struct InboundRetractionTests {
    @Test("a wrong count is taken back by a row the other way, counted again, finished and released")
    func again() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.handle(.arrive(at: Melons.warehouse))
            try await base.handle(Dock.count("c1", 100, rejected: 5, .damaged))
            let wrong = try #require(try await base.handle(Dock.count("c2", 90)).lot)
            try await base.handle(.finish)
            let progress = try await base.handle(.retract(Dock.retraction("c2")))
            #expect(progress.state == .arrived && !progress.isRepeated)
            #expect(try await base.standing(Dock.dock, .held) == 100)
            let found = try #require(try await base.stock.inbound(Dock.reference))
            #expect(found.summary.receivedAt == nil && found.lines.map(\.quantity.rawValue) == [100])
            #expect(try await base.stock.tallies(of: found.summary.id).map(\.received) == [100])
            #expect(try await base.handle(.retract(Dock.retraction("c2"))).isRepeated)
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'reversal'") == 1)
            #expect(await refusal { try await base.handle(Dock.count("c2", 90)) } == .takenBack(Dock.key("c2")))
            #expect(await refusal { try await base.handle(.cancel) } == .hasGoods)
            try await base.handle(Dock.count("c3", 9))
            try await base.handle(.finish)
            #expect(try await base.handle(.release).state == .released)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 109))
            #expect(
                try await base.number("SELECT count(*) FROM balance WHERE lot_id = '\(wrong)' AND on_hand > 0") == 0)
            #expect(
                await refusal { try await base.handle(.retract(Dock.retraction("c1"))) } == .alreadyReleased)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'inbound.retract'") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test(
        "a delivery whose counts are all taken back is cancelled, or finished as one that brought nothing",
        arguments: [InboundTask.cancel, .finish])
    func nothingLeft(task: InboundTask) async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.handle(.arrive(at: Melons.warehouse))
            try await base.handle(Dock.count("c1", 100))
            try await base.handle(Dock.count("c2", 0, rejected: 7, .other))
            try await base.handle(.retract(Dock.retraction("c2")))
            #expect(await refusal { try await base.handle(.cancel) } == .hasGoods)
            try await base.handle(.retract(Dock.retraction("c1")))
            let inbound = try #require(try await base.stock.inbound(Dock.reference)).summary.id
            #expect(try await base.stock.tallies(of: inbound).isEmpty)
            #expect(try await base.handle(task).state == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a receipt that was taken back by hand is taken back, once, and the delivery can be cancelled")
    func byHand() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            try await base.bring(into: .received)
            #expect(await refusal { try await base.handle(.cancel) } == .hasGoods)
            let line = try #require(try await base.stock.inbound(Dock.reference)?.lines.first)
            _ = try await base.stock.reverse(
                line.movement, note: AdjustmentNote(rawValue: "数错了")!, by: base.principal)
            #expect(try await base.handle(.retract(Dock.retraction("first"))).state == .arrived)
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'reversal'") == 1)
            #expect(try await base.handle(.cancel).state == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what was corrected since it was counted is not taken back before those corrections are")
    func corrected() async throws {
        try await TestBase.with { base in
            try await base.prepareDock()
            let lot = try #require(try await base.bring(into: .arrived))
            let damaged = try await base.correct(.damaged, 2, of: lot, "A-1", from: .held)
            let before = try await base.deliveryRows()
            #expect(
                await refusal { try await base.handle(.retract(Dock.retraction("first"))) } == .corrected(standing: 8))
            #expect(
                await refusal { try await base.handle(.retract(Dock.retraction("x"))) } == .unknownCount(Dock.key("x")))
            #expect(try await base.deliveryRows() == before)
            _ = try await base.stock.reverse(
                damaged.movement, note: AdjustmentNote(rawValue: "没坏")!, by: base.principal)
            #expect(try await base.handle(.retract(Dock.retraction("first"))).state == .arrived)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("the same retraction, and the reversal of its row, from many sides at once happen once", arguments: 1...3)
    func races(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            try await base.prepareDock()
            try await base.bring(into: .received)
            let line = try #require(try await base.stock.inbound(Dock.reference)?.lines.first)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...3 {
                    group.addTask { try await base.handle(.retract(Dock.retraction("first"))) }
                    group.addTask {
                        _ = try await base.stock.reverse(
                            line.movement, note: AdjustmentNote(rawValue: "数错了")!, by: base.principal)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'reversal'") == 1)
            #expect(try await base.standing(Dock.dock, .held) == 0)
            #expect(try await base.state() == .arrived)
            #expect(try await base.differences().isEmpty)
        }
    }
}
