import CoreMetrics
import EventLoop
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// How many wait, for how long, and what is told of it.
extension IntakeLaneTests {
    @Test("those that wait for a row have a bound of their own: the others' queue stays theirs")
    func bounds() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10, rice: 1_000)
            var limits = Self.impatient
            (limits.queuedOrders, limits.waitingOrders) = (2, 2)
            // The turn under way has those that it began with.
            limits.lockPatience = .seconds(60)
            try await base.withIntake(limits: limits) { intake in
                let held = try Melons.order("held", melons: 1, payment: .due(withinSeconds: 600))
                _ = try await intake.desk.place(held)
                var waiting: [Task<[String], Never>] = []
                try await holding(base, Self.melons) {
                    for number in 1...3 {
                        let waited = await intake.queued
                        let order = OrderCommand.place(try Melons.order("m\(number)", melons: 1))
                        waiting.append(Task { Self.answers(await intake.desk.perform(all: [order])) })
                        if number == 1 {
                            try await expectBlocked(base)
                        } else {
                            while await intake.queued == waited { await Task.yield() }
                        }
                    }
                    await #expect { try await intake.desk.place(Melons.order("m4", melons: 1)) } throws: {
                        if case IntakeError.busy = $0 { true } else { false }
                    }
                    _ = try await intake.desk.place(Melons.order("r", rice: 100))
                    // Nor does who comes from a batch find room.
                    await #expect { try await base.change(.pay, Self.key("held"), at: intake.desk) } throws: {
                        if case IntakeError.busy = $0 { true } else { false }
                    }
                }
                for task in waiting { #expect(await task.value.first?.hasPrefix("placed") == true) }
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, held: 1, committed: 3))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("closing answers what waits, once the lock is gone")
    func closing() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            let intake = OrderIntake(pool: base.pool, limits: Self.impatient)
            let running = Task { await intake.run() }
            var placing: Task<PlacedOrder, any Error>?
            try await holding(base, Self.melons) {
                placing = Task { try await intake.desk.place(Melons.order("1", melons: 1)) }
                try await expectBlocked(base)
                await intake.close()
                await #expect { try await intake.desk.place(Melons.order("2", melons: 1)) } throws: {
                    if case IntakeError.closing = $0 { true } else { false }
                }
            }
            #expect(try await placing?.value.total == Fen(rawValue: 990))
            await running.value
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 1))
        }
    }

    @Test("a batch that ends when closing has taken too long already has nobody wait on")
    func over() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            var limits = IntakeLimits()
            limits.closeDeadline = .zero
            let intake = OrderIntake(pool: base.pool, limits: limits)
            let running = Task { await intake.run() }
            await intake.close()
            await running.value
            let isOver = try await eventually { await intake.isOver }
            #expect(isOver)
            try await holding(base, Self.melons) {
                let order = OrderCommand.place(try Melons.order("1", melons: 1))
                let answer = await withCheckedContinuation { continuation in
                    let entry = OrderIntake.Entry(
                        command: order, waiter: OrderWaiter(continuation), deadline: .now().advanced(by: .seconds(5)))
                    Task { await intake.settle([entry][...], waitingFor: nil) }
                }
                let isClosing = if case .failure(.closing) = answer { true } else { false }
                #expect(isClosing, "\(answer)")
                #expect(await !intake.waits)
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 0)
        }
    }

    @Test("the batches of those that have waited are measured as the others are")
    func measured() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            var limits = Self.impatient
            limits.lockPatience = .seconds(60)
            let noted = NotedRecords()
            try await base.withIntake(limits: limits) { intake in
                await intake.measureOrders(by: Recorder(label: "", dimensions: [], aggregate: true, handler: noted))
                var placing: Task<PlacedOrder, any Error>?
                try await holding(base, Self.melons) {
                    placing = Task { try await intake.desk.place(Melons.order("1", melons: 1)) }
                    try await expectBlocked(base)
                }
                _ = try await placing?.value
            }
            #expect(noted.records == [1, 1], "once passed over, once decided")
        }
    }

    @Test("what may have been committed and then has to wait for too long is not answered as not done")
    func doubtful() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.stockMelons(10)
            var limits = Self.impatient
            limits.queueDeadline = .milliseconds(30)
            try await base.withIntake(limits: limits) { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 1, payment: .due(withinSeconds: 600)))
                try await holding(base, "SELECT FROM customer_order WHERE reference = '1' FOR NO KEY UPDATE") {
                    for isInDoubt in [true, false] {
                        let change = OrderCommand.change(try ChangeOrder(.pay, Self.key("1"), by: nil))
                        let answer = await withCheckedContinuation { continuation in
                            let entry = OrderIntake.Entry(
                                command: change, waiter: OrderWaiter(continuation),
                                deadline: .now().advanced(by: limits.queueDeadline), isInDoubt: isInDoubt)
                            Task { await intake.settle([entry][...], waitingFor: nil) }
                        }
                        switch answer {
                        case .failure(.outcomeUnknown): #expect(isInDoubt)
                        case .failure(.busy): #expect(!isInDoubt)
                        default: Issue.record("\(answer)")
                        }
                    }
                }
            }
        }
    }
}

/// Keeps what is recorded.
private final class NotedRecords: RecorderHandler {
    private let noted = Lock<[Int64]>([])

    var records: [Int64] { noted.withLock { $0 } }

    func record(_ value: Int64) { noted.withLock { $0.append(value) } }
    func record(_ value: Double) { record(Int64(value)) }
}

extension OrderIntake {
    fileprivate func measureOrders(by recorder: Recorder) { batchOrders = recorder }
}
