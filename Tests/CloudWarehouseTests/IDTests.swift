import FoundationEssentials
import Postgres
import Testing

@testable import CloudWarehouse

@Suite("Ids")
struct IDTests {
    private let instant = Timestamp(microsecondsSince1970: 1_795_478_400_123_456)

    @Test("an id is a UUIDv7 of the database's millisecond")
    func form() {
        var ids = IDGenerator(at: instant)
        for _ in 0..<100 {
            let text = ids.next(Lot.self).description
            let bytes = text.replacing("-", with: "")
            #expect(UInt64(bytes.prefix(12), radix: 16) == 1_795_478_400_123)
            #expect(Array(bytes)[12] == "7")
            #expect("89ab".contains(Array(bytes)[16]))
        }
    }

    @Test("ids of one transaction ascend, also past the end of the counter, and never repeat")
    func order() {
        var ids = IDGenerator(at: instant)
        let made = (0..<10_000).map { _ in ids.next(Lot.self) }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
        #expect(made.map(\.description) == made.map(\.description).sorted())
    }

    @Test("every id of a month lies between the month's bounds, and none before or after")
    func bounds() {
        let start = ID<Lot>(firstAt: instant)
        let end = ID<Lot>(firstAt: Timestamp(microsecondsSince1970: instant.microsecondsSince1970 + 1_000))
        var before = IDGenerator(at: Timestamp(microsecondsSince1970: instant.microsecondsSince1970 - 1_000))
        var within = IDGenerator(at: instant)
        #expect(before.next(Lot.self) < start)
        let id = within.next(Lot.self)
        #expect(start < id && id < end)
    }

    @Test("an id reads back from its text, and other texts are none")
    func text() {
        var ids = IDGenerator(at: instant)
        let id = ids.next(Lot.self)
        #expect(ID<Lot>(id.description) == id)
        for text in ["", "1", id.description + "0", "zzzzzzzz-0000-7000-8000-000000000000"] {
            #expect(ID<Lot>(text) == nil)
        }
    }
}
