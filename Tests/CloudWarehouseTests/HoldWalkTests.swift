import Postgres
import Testing

@testable import CloudWarehouse

@Suite("A walk through the orders")
struct HoldWalkTests {
    private static func time(_ milliseconds: Int64) -> Timestamp {
        Timestamp(microsecondsSince1970: milliseconds * 1_000)
    }

    private static func end(_ milliseconds: Int64) -> HoldEnd {
        HoldEnd(at: time(milliseconds), order: ID(firstAt: time(milliseconds)))
    }

    private static func look(
        at: Int64, cursor: Int64, firstHeld: Int64? = nil, isLast: Bool = false
    ) -> HoldWalk.Look {
        HoldWalk.Look(at: time(at), cursor: end(cursor), firstHeld: firstHeld.map(end), isLast: isLast)
    }

    @Test("it goes on where it was, and begins anew before the first hold that stays")
    func held() {
        var walk = HoldWalk()
        walk.pass(Self.look(at: 9_000, cursor: 2_000), margin: .seconds(1))
        #expect(walk.cursor == Self.end(2_000))
        walk.pass(Self.look(at: 9_500, cursor: 4_000, firstHeld: 3_000), margin: .seconds(1))
        walk.pass(Self.look(at: 9_900, cursor: 9_000, firstHeld: 8_500, isLast: true), margin: .seconds(1))
        #expect(walk.cursor! < Self.end(3_000) && walk.cursor! > Self.end(2_999))
    }

    @Test("without one it begins anew a margin before its beginning, since orders may appear so late")
    func margin() {
        var walk = HoldWalk()
        walk.pass(Self.look(at: 9_000, cursor: 2_000), margin: .seconds(1))
        walk.pass(Self.look(at: 9_900, cursor: 9_800, isLast: true), margin: .seconds(1))
        #expect(walk == HoldWalk(cursor: HoldEnd(at: Self.time(8_000), order: .least)))
    }

    @Test("a walk through all orders ends with those from before it")
    func all() {
        var walk = OrderWalk(before: Self.time(5_000))
        #expect(walk.through == Self.end(5_000).order && !walk.isAtEnd)
        walk.pass(Self.end(3_000).order, isLast: false)
        #expect(walk.cursor == Self.end(3_000).order && !walk.isAtEnd)
        walk.pass(Self.end(4_000).order, isLast: true)
        #expect(walk.isAtEnd)
    }
}
