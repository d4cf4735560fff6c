import EventLoop
import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The intake's window on another loop", .onDatabase, .timeLimit(.minutes(1)))
struct OrderWindowTests {
    private func withWindow(
        of intake: OrderIntake, _ body: (OrderWindow, EventLoop) async throws -> Void
    ) async throws {
        let loop = try EventLoop.start(name: "window")
        do {
            try await body(OrderWindow(of: intake, on: loop), loop)
        } catch {
            await loop.shutDown()
            throw error
        }
        await loop.shutDown()
    }

    @Test("orders at the window and at the intake are placed together: each once, no more than there is")
    func together() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(100)
            try await base.withIntake { intake in
                try await withWindow(of: intake) { window, loop in
                    let placed = try await withThrowingTaskGroup(of: PlacedOrder?.self) { group in
                        for number in 0..<150 {
                            let order = try Melons.order("\(number)", melons: 1)
                            group.addTask(executorPreference: loop) {
                                try await Self.placed(order, at: OrderDesk(of: intake, window: window))
                            }
                            // The same again, by the other door: the same answer.
                            group.addTask { try await Self.placed(order, at: intake.desk) }
                        }
                        return try await group.reduce(into: [PlacedOrder]()) { if let order = $1 { $0.append(order) } }
                    }
                    #expect(Set(placed.map(\.id)).count == 100)
                    #expect(placed.count == 200)
                }
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    private static func placed(_ order: PlaceOrder, at desk: OrderDesk) async throws -> PlacedOrder? {
        do throws(IntakeError) { return try await desk.place(order) } catch .refused(.soldOut) { return nil }
    }

    @Test("whoever waits at a window goes on on its loop")
    func home() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(1)
            try await base.withIntake { intake in
                try await withWindow(of: intake) { window, loop in
                    let order = try Melons.order("1", melons: 1)
                    let isHome = try await Task(executorPreference: loop) {
                        _ = try await OrderDesk(of: intake, window: window).place(order)
                        return loop.isCurrent
                    }.value
                    #expect(isHome)
                }
            }
        }
    }

    @Test("a closed intake sends away who comes to its window, and the window's loop may have ended: nobody hangs")
    func ends() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(2)
            var closed: OrderIntake?
            try await base.withIntake { intake in
                closed = intake
                let loop = try EventLoop.start(name: "window")
                let window = OrderWindow(of: intake, on: loop)
                await loop.shutDown()
                _ = try await OrderDesk(of: intake, window: window).place(Melons.order("1", melons: 1))
            }
            let intake = try #require(closed)
            try await withWindow(of: intake) { window, _ in
                let order = try Melons.order("2", melons: 1)
                await #expect {
                    try await OrderDesk(of: intake, window: window).place(order)
                } throws: {
                    if case IntakeError.closing = $0 { true } else { false }
                }
            }
            #expect(try await base.number("SELECT count(*) FROM \(base.schema).customer_order") == 1)
        }
    }
}
