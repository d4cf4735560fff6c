import EventLoop
import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The lane of those that wait")
struct WaitingLaneTests {
    private static let melon = IntakeSnapshot.Obstacle.sku(ID(rawValue: .sample))
    private static let order = IntakeSnapshot.Obstacle.order(ID(rawValue: .sample))

    private static func entry(_ waiter: Int, melons: Int64 = 1, rice: Int64 = 0, until second: Int = 9) throws
        -> IntakeEntry<Int>
    {
        IntakeEntry(
            command: .place(try Melons.order("\(waiter)", melons: melons, rice: rice)), waiter: waiter,
            deadline: MonotonicInstant(nanoseconds: 0).advanced(by: .seconds(second)))
    }

    private typealias Batch = (obstacle: IntakeSnapshot.Obstacle, entries: [IntakeEntry<Int>])

    private static func next(_ lane: inout WaitingLane<Int>, _ limits: IntakeLimits) -> Batch? {
        lane.takeBatch(limits)
    }

    @Test("every row has its turn; those of one row stay in the order of their coming, also when they are put back")
    func turns() throws {
        var limits = IntakeLimits()
        limits.batchOrders = 2
        var lane = WaitingLane<Int>()
        for waiter in 1...3 { lane.add(try Self.entry(waiter), for: Self.melon, code: Melons.melon) }
        lane.add(try Self.entry(4), for: Self.order, code: nil)
        #expect(lane.count == 4)
        let first = try #require(Self.next(&lane, limits))
        #expect(first.obstacle == Self.melon && first.entries.map(\.waiter) == [1, 2] && lane.count == 2)
        lane.putBack(first.entries, for: first.obstacle)
        lane.finished(first.obstacle)
        let second = try #require(Self.next(&lane, limits))
        #expect(second.obstacle == Self.order && second.entries.map(\.waiter) == [4])
        lane.finished(second.obstacle)
        let third = try #require(Self.next(&lane, limits))
        #expect(third.entries.map(\.waiter) == [1, 2])
        lane.add(try Self.entry(5), for: Self.melon, code: Melons.melon)
        lane.finished(third.obstacle)
        let fourth = Self.next(&lane, limits)
        #expect(fourth?.entries.map(\.waiter) == [3, 5])
        #expect(lane.isEmpty)
        lane.finished(Self.melon)
        let nothing = Self.next(&lane, limits) == nil
        #expect(nothing)
    }

    @Test("an order for what is waited for stands behind the others at once, until nobody waits for it")
    func behind() throws {
        var lane = WaitingLane<Int>()
        let order = try Self.entry(2).command
        #expect(lane.obstacle(of: order) == nil)
        lane.add(try Self.entry(1), for: Self.melon, code: Melons.melon)
        #expect(lane.obstacle(of: order) == Self.melon)
        #expect(lane.obstacle(of: try Self.entry(3, melons: 1, rice: 1).command) == Self.melon)
        #expect(lane.obstacle(of: try Self.entry(3, melons: 0, rice: 1).command) == nil)
        _ = lane.takeBatch(IntakeLimits())
        #expect(lane.obstacle(of: order) == Self.melon, "its batch is under way")
        lane.finished(Self.melon)
        #expect(lane.obstacle(of: order) == nil)
    }

    @Test("who has waited for too long leaves, whoever stands before him; in the end all do")
    func expired() throws {
        var lane = WaitingLane<Int>()
        #expect(lane.deadline == nil)
        lane.add(try Self.entry(1, until: 5), for: Self.melon, code: Melons.melon)
        lane.add(try Self.entry(2, until: 3), for: Self.order, code: nil)
        lane.add(try Self.entry(3, until: 7), for: Self.order, code: nil)
        let start = MonotonicInstant(nanoseconds: 0)
        #expect(lane.deadline == start.advanced(by: .seconds(3)))
        let expired = lane.takeExpired(at: start.advanced(by: .seconds(5)))
        #expect(expired.map(\.waiter) == [1, 2])
        #expect(lane.count == 1 && lane.deadline == start.advanced(by: .seconds(7)))
        let rest = lane.takeAll()
        #expect(rest.map(\.waiter) == [3])
        #expect(lane.isEmpty)
    }
}
