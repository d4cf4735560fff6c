import FoundationEssentials
import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Plain text")
struct PlainTextTests {
    private static let scalars = (UInt32(1)...0x10FFFF).compactMap(Unicode.Scalar.init)

    @Test(
        "whatever scalar the database's CHECKs refuse is refused before, and beyond that only what breaks lines or turns directions",
        .onDatabase)
    func controls() async throws {
        try await TestBase.with { base in
            let refused = Set(
                try await base.owner.query(
                    sql: """
                        SELECT n::bigint FROM generate_series(1, 1114111) AS n
                        WHERE n NOT BETWEEN 55296 AND 57343 AND chr(n) ~ '[[:cntrl:]]'
                        """
                ) { row throws(DecodingFailure) in UInt32(try row.next(Int64.self)) })
            #expect(refused.isSuperset(of: [0x07, 0x7F, 0x9B]))
            let taken = Self.scalars.filter { String($0).isPlainText(atMost: 1) }.map(\.value)
            #expect(refused.isDisjoint(with: taken))
            let own = Set(Self.scalars.map(\.value)).subtracting(taken).subtracting(refused)
            #expect(own == Set(0x2028...0x202E).union(0x2066...0x2069))
        }
    }

    @Test("codes and sources are of those scalars that the database's CHECKs take, no more and no fewer", .onDatabase)
    func codes() async throws {
        try await TestBase.with { base in
            let taken = Set(
                try await base.owner.query(
                    sql: """
                        SELECT n::bigint FROM generate_series(1, 1114111) AS n
                        WHERE n NOT BETWEEN 55296 AND 57343 AND chr(n) ~ '^[!-~]{1,64}$'
                        """
                ) { row throws(DecodingFailure) in UInt32(try row.next(Int64.self)) })
            #expect(Set(Self.scalars.filter { SKUCode(rawValue: String($0)) != nil }.map(\.value)) == taken)
            #expect(Set(Self.scalars.filter { OrderSource(rawValue: String($0)) != nil }.map(\.value)) == taken)
        }
    }

    @Test(
        "a name, a reference and a region that break a line or turn a direction are refused",
        arguments: ["\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}", "\u{85}"])
    func refused(control: String) {
        let text = "瓜\(control)瓜"
        #expect(Name(rawValue: text) == nil && OrderReference(rawValue: text) == nil && Grade(rawValue: text) == nil)
        #expect(!Recipient.isName(text) && !Recipient.isRegion(text) && !Recipient.isAddress(text))
        #expect(throws: InvalidValue.self) { try Principal(name: text, origin: "here") }
    }
}
