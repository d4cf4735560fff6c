import EventLoop
import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The lane of those that wait")
struct WaitingLaneTests {
    private static let melon = IntakeSnapshot.Obstacle.sku(ID(rawValue: .sample))
    private static let codes = [ID<SKU>(rawValue: .sample): Melons.melon]
    private static let order = IntakeSnapshot.Obstacle.order(ID(rawValue: .sample))

    private static func entry(_ waiter: Int, melons: Int64 = 1, rice: Int64 = 0, until second: Int = 9) throws
        -> IntakeEntry<Int>
    {
        IntakeEntry(
            command: .place(try Melons.order("\(waiter)", melons: melons, rice: rice)), waiter: waiter,
            deadline: MonotonicInstant(nanoseconds: 0).advanced(by: .seconds(second)), number: UInt64(waiter))
    }

    private typealias Turn = (obstacle: IntakeSnapshot.Obstacle, entries: [IntakeEntry<Int>])

    private static func next(_ lane: inout WaitingLane<Int>, _ limits: IntakeLimits = IntakeLimits()) -> Turn? {
        lane.takeTurn(limits)
    }

    /// Has what a turn had wait on, for the same as before.
    private static func putBack(_ turn: Turn, _ lane: inout WaitingLane<Int>) {
        lane.add(turn.entries.map { ($0, $0.obstacle!) })
    }

    @Test("every row has its turn, and in each turn all that wait have theirs, in the order of their coming")
    func turns() throws {
        var lane = WaitingLane<Int>()
        lane.add([(try Self.entry(2), Self.melon), (try Self.entry(4), Self.melon)], codes: Self.codes)
        lane.add([(try Self.entry(3), Self.order), (try Self.entry(1), Self.order)])
        #expect(lane.count == 4)
        for obstacle in [Self.melon, Self.order, Self.melon] {
            let turn = try #require(Self.next(&lane))
            #expect(turn.obstacle == obstacle && turn.entries.map(\.waiter) == [1, 2, 3, 4] && lane.isEmpty)
            Self.putBack(turn, &lane)
        }
        let last = try #require(Self.next(&lane))
        #expect(last.obstacle == Self.order)
        lane.add([(last.entries[1], Self.order)])
        let rest = try #require(Self.next(&lane))
        #expect(rest.obstacle == Self.order && rest.entries.map(\.waiter) == [2], "nobody waits for the melons")
        let nothing = Self.next(&lane) == nil
        #expect(nothing)
    }

    @Test(
        "a turn has no more than a batch: who waits for its row first, the others by shares; who is left over comes next"
    )
    func room() throws {
        var limits = IntakeLimits()
        limits.batchOrders = 4
        var lane = WaitingLane<Int>()
        let rice = IntakeSnapshot.Obstacle.sku(.greatest)
        for waiter in 1...6 { lane.add([(try Self.entry(waiter), Self.melon)], codes: Self.codes) }
        for waiter in 7...8 { lane.add([(try Self.entry(waiter), Self.order)]) }
        for waiter in 9...12 { lane.add([(try Self.entry(waiter), rice)]) }
        let first = try #require(Self.next(&lane, limits))
        #expect(first.obstacle == Self.melon && first.entries.map(\.waiter) == [1, 2, 3, 4] && lane.count == 8)
        Self.putBack(first, &lane)
        let second = try #require(Self.next(&lane, limits))
        #expect(second.obstacle == Self.order && second.entries.map(\.waiter) == [1, 7, 8, 9])
        let third = try #require(Self.next(&lane, limits))
        #expect(third.obstacle == rice && third.entries.map(\.waiter) == [2, 10, 11, 12])
        Self.putBack(second, &lane)
        let fourth = try #require(Self.next(&lane, limits))
        #expect(fourth.obstacle == Self.melon && fourth.entries.map(\.waiter) == [1, 3, 4, 5])
        #expect(lane.count == 4)
    }

    @Test("an order for what is waited for stands behind the others at once, until nobody waits for it")
    func behind() throws {
        var lane = WaitingLane<Int>()
        let order = try Self.entry(2).command
        #expect(lane.obstacle(of: order) == nil)
        lane.add([(try Self.entry(1), Self.melon)], codes: Self.codes)
        #expect(lane.obstacle(of: order) == Self.melon)
        #expect(lane.obstacle(of: try Self.entry(3, melons: 1, rice: 1).command) == Self.melon)
        #expect(lane.obstacle(of: try Self.entry(3, melons: 0, rice: 1).command) == nil)
        _ = lane.takeTurn(IntakeLimits())
        #expect(lane.obstacle(of: order) == Self.melon, "its turn is not over")
        let over = Self.next(&lane) == nil
        #expect(over && lane.obstacle(of: order) == nil)
    }

    @Test("of the second half of a batch those wait who would overtake somebody of the first; the others go on")
    func halves() throws {
        var lane = WaitingLane<Int>()
        lane.add([(try Self.entry(1), Self.melon), (try Self.entry(4), Self.order)], codes: Self.codes)
        lane.add([(try Self.entry(2, melons: 0, rice: 1), Self.order)])
        let turn = try #require(Self.next(&lane))
        let second = Array(turn.entries.dropFirst()) + [try Self.entry(5), try Self.entry(6, melons: 0, rice: 1)]
        let nobody = lane.split(second[...])
        #expect(nobody.behind.isEmpty && nobody.free.map(\.waiter) == [2, 4, 5, 6], "the first half was decided")
        lane.add([(try Self.entry(7), Self.melon)])
        #expect(lane.split(second[...]).behind.isEmpty, "who came after them")
        lane.add([(turn.entries[0], Self.melon)])
        let split = lane.split(second[...])
        #expect(split.behind.map(\.entry.waiter) == [4, 5] && split.free.map(\.waiter) == [2, 6])
        lane.add(split.behind)
        lane.add([(second[0], Self.order)])
        let rest = try #require(Self.next(&lane))
        #expect(rest.entries.map(\.waiter) == [1, 2, 4, 5, 7])
    }

    @Test("who has waited for too long leaves, whoever stands before him; in the end all do")
    func expired() throws {
        var lane = WaitingLane<Int>()
        #expect(lane.deadline == nil)
        lane.add([(try Self.entry(1, until: 5), Self.melon)], codes: Self.codes)
        lane.add([(try Self.entry(2, until: 3), Self.order), (try Self.entry(3, until: 7), Self.order)])
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
