import Testing

@testable import CloudWarehouse

@Suite("Cursors of events")
struct EventCursorTests {
    private static let cursors = EventCursors(secret: Array(0..<32))
    private static let shop = EventScope.source(OrderSource(rawValue: "shop")!)
    private static let scopes = [
        EventScope.all, shop, .owner(try! OwnerCode("shop")), .source(OrderSource(rawValue: "erp")!),
    ]

    @Test("a cursor leads back to its number, for readers of its scope and base alone", arguments: scopes)
    func roundTrip(scope: EventScope) {
        for number in [0, 1, 255, 256, 1_000_000, Int64.max] {
            let cursor = Self.cursors.cursor(after: number, in: scope)
            #expect(Self.cursors.number(of: cursor, in: scope) == number)
            guard scope != .all else { continue }
            #expect(EventCursors(secret: Array(1..<33)).number(of: cursor, in: scope) == nil)
            for other in Self.scopes where other != scope { #expect(Self.cursors.number(of: cursor, in: other) == nil) }
        }
    }

    @Test("two cursors of a number differ, two names of an event do not, and names tell nothing of their order")
    func secrecy() {
        #expect(Set((0..<100).map { _ in Self.cursors.cursor(after: 7, in: Self.shop) }).count == 100)
        #expect(Self.cursors.identity(of: 7, in: Self.shop) == Self.cursors.identity(of: 7, in: Self.shop))
        let names = (0..<100).map { Self.cursors.identity(of: $0, in: Self.shop) }
        #expect(Set(names).count == 100 && names != names.sorted())
        #expect(Self.cursors.identity(of: 7, in: Self.shop) != Self.cursors.identity(of: 7, in: Self.scopes[2]))
    }

    @Test("a cursor that was changed in any character is none")
    func broken() {
        let cursor = Self.cursors.cursor(after: 7, in: Self.shop)
        for index in cursor.indices {
            var broken = cursor
            broken.replaceSubrange(index...index, with: cursor[index] == "A" ? "B" : "A")
            #expect(Self.cursors.number(of: broken, in: Self.shop) == nil)
        }
        for text in [
            "", "0", String(cursor.dropLast()), cursor + "A", cursor.dropLast() + "+",
            String(repeating: "瓜", count: 16),
        ] {
            #expect(Self.cursors.number(of: String(text), in: Self.shop) == nil)
        }
    }
}
