import Postgres
import Testing

@testable import CloudWarehouse

@Suite("A walk through the orders")
struct HoldWalkTests {
    private static func id(_ milliseconds: Int64) -> ID<CustomerOrder> {
        ID(firstAt: Timestamp(microsecondsSince1970: milliseconds * 1_000))
    }

    private static func look(
        at: Int64, cursor: Int64, firstHeld: Int64? = nil, isLast: Bool = false
    ) -> HoldWalk.Look {
        HoldWalk.Look(
            at: Timestamp(microsecondsSince1970: at * 1_000), cursor: id(cursor), firstHeld: firstHeld.map(id),
            isLast: isLast)
    }

    @Test("it goes on where it was, and begins anew before the first hold that it met")
    func held() {
        var walk = HoldWalk()
        walk.pass(Self.look(at: 9_000, cursor: 2_000), margin: .seconds(1))
        #expect(walk.cursor == Self.id(2_000))
        walk.pass(Self.look(at: 9_500, cursor: 4_000, firstHeld: 3_000), margin: .seconds(1))
        walk.pass(Self.look(at: 9_900, cursor: 9_000, firstHeld: 8_500, isLast: true), margin: .seconds(1))
        #expect(walk.cursor! < Self.id(3_000) && walk.cursor! > Self.id(2_999))
    }

    @Test("without a hold it begins anew a margin before its beginning, since orders may appear so late")
    func margin() {
        var walk = HoldWalk()
        walk.pass(Self.look(at: 9_000, cursor: 2_000), margin: .seconds(1))
        walk.pass(Self.look(at: 9_900, cursor: 9_800, isLast: true), margin: .seconds(1))
        #expect(walk == HoldWalk(cursor: Self.id(8_000)))
    }
}
