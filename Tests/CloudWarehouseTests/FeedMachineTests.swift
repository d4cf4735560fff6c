import EventLoop
import Testing

@testable import CloudWarehouse

@Suite("What a feed reads, and how far it is trusted")
struct FeedMachineTests {
    private static func at(_ seconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
    }

    private static let melon = StockPictureTests.key(1).sku
    private static let rice = StockPictureTests.key(2).sku

    /// A machine that has read everything at second 0.
    private static func whole(listens: Bool) -> FeedMachine {
        var machine = FeedMachine(listens: listens, limits: BoardLimits())
        #expect(machine.freshness == .unread)
        #expect(machine.next(at: at(0)) == .all)
        machine.finished(.all, began: at(0))
        if listens {
            machine.listening()
            #expect(machine.next(at: at(0)) == .all, "what was missed before is read")
            machine.finished(.all, began: at(0))
        }
        #expect(machine.freshness == .current)
        #expect(!machine.isDue)
        return machine
    }

    @Test("one reading at a time, and what rings meanwhile is read together by the next")
    func oneAtATime() {
        var machine = Self.whole(listens: true)
        machine.rang(.skus([Self.melon]))
        #expect(machine.next(at: Self.at(1)) == .skus([Self.melon]))
        machine.rang(.skus([Self.melon]))
        machine.rang(.skus([Self.rice]))
        #expect(machine.next(at: Self.at(1)) == nil)
        machine.finished(.skus([Self.melon]), began: Self.at(1))
        #expect(machine.next(at: Self.at(1)) == .skus([Self.melon, Self.rice]))
        machine.finished(.skus([Self.melon, Self.rice]), began: Self.at(1))
        #expect(!machine.isDue)
        #expect(machine.freshness == .current)
    }

    @Test("a lost connection makes the boards stale since they were whole, until everything is read again")
    func lost() {
        var machine = Self.whole(listens: true)
        machine.lost()
        #expect(machine.freshness == .stale(since: Self.at(0)))
        machine.tick(at: Self.at(11))
        #expect(machine.next(at: Self.at(11)) == .check, "it is asked instead")
        machine.finished(.check, began: Self.at(11))
        #expect(machine.freshness == .stale(since: Self.at(11)))
        machine.listening()
        #expect(machine.freshness == .stale(since: Self.at(11)), "something may have been missed in between")
        #expect(machine.next(at: Self.at(12)) == .all)
        machine.finished(.all, began: Self.at(12))
        #expect(machine.freshness == .current)
    }

    @Test("a look that began before it listens does not count as everything")
    func lookBeforeListening() {
        var machine = Self.whole(listens: true)
        machine.lost()
        machine.tick(at: Self.at(2))
        #expect(machine.next(at: Self.at(2)) == .check)
        machine.listening()
        machine.finished(.check, began: Self.at(2))
        #expect(machine.freshness == .stale(since: Self.at(2)))
        #expect(machine.next(at: Self.at(3)) == .all)
    }

    @Test("without LISTEN it is asked at every tick, with it only now and then", arguments: [true, false])
    func asking(listens: Bool) {
        var machine = Self.whole(listens: listens)
        machine.tick(at: Self.at(1))
        #expect(machine.next(at: Self.at(1)) == (listens ? nil : .check))
        if !listens { machine.finished(.check, began: Self.at(1)) }
        machine.tick(at: Self.at(10))
        #expect(machine.next(at: Self.at(10)) == .check, "one that died before it rang is noticed")
    }

    @Test("after a failure it pauses, and then reads everything, since the database may be another")
    func failure() {
        var machine = Self.whole(listens: false)
        machine.rang(.skus([Self.melon]))
        #expect(machine.next(at: Self.at(1)) == .skus([Self.melon]))
        machine.failed()
        #expect(machine.freshness == .stale(since: Self.at(0)))
        machine.rang(.skus([Self.rice]))
        #expect(!machine.isDue)
        machine.tick(at: Self.at(2))
        #expect(machine.next(at: Self.at(2)) == .all)
        machine.finished(.all, began: Self.at(2))
        #expect(machine.freshness == .current)
    }

    @Test("whoever waits gets a turn, though the reading under way fails")
    func waiting() {
        var machine = FeedMachine(listens: false, limits: BoardLimits())
        #expect(machine.next(at: Self.at(0)) == .all)
        machine.turnWanted()
        machine.failed()
        #expect(machine.next(at: Self.at(0)) == .all)
        machine.failed()
        #expect(!machine.isDue)
        machine.turnWanted()
        #expect(machine.next(at: Self.at(0)) == .all)
    }

    @Test("when too many SKUs have rung, or nobody knows which, everything is read")
    func overflow() {
        var limits = BoardLimits()
        limits.rungSKUs = 1
        var machine = FeedMachine(listens: false, limits: limits)
        #expect(machine.next(at: Self.at(0)) == .all)
        machine.finished(.all, began: Self.at(0))
        machine.rang(.skus([Self.melon]))
        machine.rang(.skus([Self.rice]))
        #expect(machine.next(at: Self.at(0)) == .all)
        machine.finished(.all, began: Self.at(0))
        machine.rang(.all)
        machine.rang(.skus([Self.melon]))
        #expect(machine.next(at: Self.at(0)) == .all)
    }
}

@Suite("A doorbell's payload")
struct DoorbellTests {
    private static func skus(_ count: UInt64) -> Set<ID<SKU>> { Set((0..<count).map { StockPictureTests.key($0).sku }) }

    @Test("it names SKUs as long as there is room, and everything beyond", arguments: [1, 2, 190, 200, 5_000])
    func roundTrip(count: Int) {
        let wanted = Doorbell.Wanted.skus(Self.skus(UInt64(count)))
        let payload = Doorbell(from: "abc", for: wanted).payload
        #expect(payload.utf8.count <= Doorbell.payloadBytes)
        #expect(Doorbell(payload: payload) == Doorbell(from: "abc", for: count <= 190 ? wanted : .all))
    }

    @Test(
        "what is not understood means everything",
        arguments: ["", "abc", "abc ", "abc *", "abc  ", "abc x", "*", "abc 00000000-0000-7000-8000-000000000001 x"])
    func garbage(payload: String) {
        #expect(Doorbell(payload: payload).wanted == .all)
    }
}
