import EventLoop
import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Gathering a batch")
struct IntakeQueueTests {
    private static let now = MonotonicInstant(nanoseconds: 0)

    private static func entry(_ order: PlaceOrder, _ waiter: Int, until deadline: MonotonicInstant = now)
        -> IntakeEntry<Int>
    {
        IntakeEntry(command: .place(order), waiter: waiter, deadline: deadline)
    }

    @Test("orders leave in the order of their coming, at most a batch at a time")
    func order() throws {
        var limits = IntakeLimits()
        limits.batchOrders = 3
        var queue = IntakeQueue<Int>(limits: limits)
        for number in 0..<7 { queue.add(Self.entry(try Melons.order("\(number)", melons: 1), number)) }
        #expect(queue.takeBatch().map(\.waiter) == [0, 1, 2])
        #expect(queue.takeBatch().map(\.waiter) == [3, 4, 5])
        #expect(queue.takeBatch().map(\.waiter) == [6])
        #expect(queue.isEmpty)
    }

    @Test("an order that has waited for too long leaves the queue, and no batch has it")
    func expired() throws {
        var queue = IntakeQueue<Int>(limits: IntakeLimits())
        for second in 0..<4 {
            let deadline = Self.now.advanced(by: .seconds(second + 2))
            queue.add(Self.entry(try Melons.order("\(second)", melons: 1), second, until: deadline))
        }
        #expect(queue.deadline == Self.now.advanced(by: .seconds(2)))
        #expect(queue.takeExpired(at: Self.now.advanced(by: .milliseconds(1_999))).isEmpty)
        #expect(queue.takeExpired(at: Self.now.advanced(by: .seconds(3))).map(\.waiter) == [0, 1])
        #expect(queue.deadline == Self.now.advanced(by: .seconds(4)))
        #expect(queue.takeBatch().map(\.waiter) == [2, 3])
        #expect(queue.deadline == nil)
        #expect(queue.takeExpired(at: Self.now.advanced(by: .seconds(99))).isEmpty)
    }

    @Test("a batch is bounded by its lines too, but never empty")
    func lines() throws {
        var limits = IntakeLimits()
        limits.batchLines = 1
        var queue = IntakeQueue<Int>(limits: limits)
        queue.add(Self.entry(try Melons.order("1", melons: 1, rice: 1), 1))
        queue.add(Self.entry(try Melons.order("2", melons: 1), 2))
        #expect(queue.takeBatch().map(\.waiter) == [1])
        #expect(queue.takeBatch().map(\.waiter) == [2])
    }

    @Test(
        "a failed batch is run again, split or given up by what failed",
        arguments: [
            (.commitOutcomeUnknown(cause: .connectionLost("gone")), 9, 1, .runAgain),
            (.commitOutcomeUnknown(cause: .connectionLost("gone")), 9, 3, .giveUp),
            (.commitOutcomeUnknown(cause: .deadlineExceeded), 9, 1, .split),
            (.commitOutcomeUnknown(cause: .deadlineExceeded), 1, 1, .runAgain),
            (.commitOutcomeUnknown(cause: .deadlineExceeded), 1, 3, .giveUp),
            (.deadlineExceeded, 9, 1, .split),
            (.deadlineExceeded, 1, 2, .runAgain),
            (.connectionLost("gone"), 9, 2, .runAgain),
            (.server(ServerError(sqlState: .uniqueViolation, message: "")), 1, 1, .runAgain),
            (.server(ServerError(sqlState: .uniqueViolation, message: "")), 9, 3, .split),
            (.server(ServerError(sqlState: .uniqueViolation, message: "")), 1, 3, .giveUp),
            (.server(ServerError(sqlState: .checkViolation, message: "")), 9, 1, .split),
            (.server(ServerError(sqlState: .checkViolation, message: "")), 1, 1, .giveUp),
            (.server(ServerError(sqlState: .checkViolation, message: "", table: "buyer_count")), 9, 1, .runAgain),
            (.server(ServerError(sqlState: .checkViolation, message: "", table: "buyer_count")), 9, 2, .split),
            (.server(ServerError(sqlState: .checkViolation, message: "", table: "buyer_count")), 1, 2, .giveUp),
            (.server(ServerError(sqlState: .lockNotAvailable, message: "")), 9, 1, .runAgain),
            (.server(ServerError(sqlState: .lockNotAvailable, message: "")), 9, 3, .giveUp),
            (.server(ServerError(sqlState: .queryCanceled, message: "")), 9, 3, .split),
            (.server(ServerError(sqlState: .queryCanceled, message: "")), 1, 2, .runAgain),
            (.server(ServerError(sqlState: .queryCanceled, message: "")), 1, 3, .giveUp),
            (.server(ServerError(sqlState: .featureNotSupported, message: "")), 9, 1, .runAgain),
            (.server(ServerError(sqlState: .featureNotSupported, message: "")), 1, 3, .giveUp),
            (.server(ServerError(sqlState: .idleInTransaction, severity: .fatal, message: "")), 9, 1, .runAgain),
            (.server(ServerError(sqlState: .adminShutdown, severity: .fatal, message: "")), 9, 1, .runAgain),
            (.server(ServerError(sqlState: .undefinedTable, message: "")), 9, 1, .giveUp),
            (.server(ServerError(sqlState: .diskFull, message: "")), 9, 1, .giveUp),
            (.pool(.closed), 9, 1, .giveUp),
        ] as [(PostgresError, Int, Int, BatchFailure)])
    func failures(row: (error: PostgresError, orders: Int, runs: Int, expected: BatchFailure)) {
        #expect(BatchFailure(row.error, orders: row.orders, runs: row.runs, limits: IntakeLimits()) == row.expected)
    }
}
