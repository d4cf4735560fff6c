import CloudWarehouse
import Postgres
import Testing
import WarehouseTesting

@Suite("Values")
struct ValueTests {
    @Test(
        "a code of printable ASCII is taken as it is",
        arguments: ["102900005115168", "a", "A-01/b", String(repeating: "x", count: 64)])
    func codes(text: String) throws {
        #expect(try SKUCode(text).rawValue == text)
    }

    @Test(
        "a code with anything else is refused",
        arguments: ["", " ", "a b", "瓜", "a\u{0}", "a\n", "\u{7F}", "é", String(repeating: "x", count: 65)])
    func badCodes(text: String) {
        #expect(throws: InvalidValue.self) { try SKUCode(text) }
    }

    @Test("a name may be Chinese and long, but holds nothing that a terminal obeys")
    func names() throws {
        #expect(try Name("牛首生菜 (份)").rawValue == "牛首生菜 (份)")
        #expect(try Name(String(repeating: "瓜", count: 200)).description.count == 200)
        for text in ["", String(repeating: "瓜", count: 201), "a\u{1B}[31m", "a\u{9B}", "a\tb", "a\u{0}"] {
            #expect(throws: InvalidValue.self) { try Name(text) }
        }
    }

    @Test("a quantity is never negative and never too large to be added up")
    func quantities() throws {
        #expect(try Quantity(0) == .zero)
        #expect(try Quantity(1_000_000_000_000_000) == .maximum)
        #expect(throws: InvalidValue.self) { try Quantity(-1) }
        #expect(throws: InvalidValue.self) { try Quantity(1_000_000_000_000_001) }
    }

    @Test("an order without lines, with too many, with an empty one or with an endless hold is refused")
    func orders() throws {
        let line = PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(1))
        func place(_ lines: [PlaceOrder.Line], _ payment: PlaceOrder.Payment = .paid) throws -> PlaceOrder {
            try PlaceOrder(
                source: Melons.source, reference: OrderReference(rawValue: "1")!, lines: lines, payment: payment)
        }
        #expect(try place([line], .due(withinSeconds: 86_400)).lines == [line])
        #expect(try place(Array(repeating: line, count: 200)).lines.count == 200)
        #expect(throws: InvalidValue.self) { try place([]) }
        #expect(throws: InvalidValue.self) { try place(Array(repeating: line, count: 201)) }
        #expect(throws: InvalidValue.self) { try place([line, PlaceOrder.Line(sku: Melons.melon, quantity: .zero)]) }
        #expect(throws: InvalidValue.self) { try place([line], .due(withinSeconds: 0)) }
        #expect(throws: InvalidValue.self) { try place([line], .due(withinSeconds: 86_401)) }
    }

    @Test("a delivery without lines, with an empty one or with one that expired before its harvest is refused")
    func deliveries() throws {
        #expect(throws: InvalidValue.self) { try Melons.receipt(melons: 0) }
        var line = Receipt.Line(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(1))
        line.harvestedOn = CalendarDate("2026-11-20")
        line.expiresOn = CalendarDate("2026-11-19")
        func receive(_ lines: [Receipt.Line]) throws -> Receipt {
            try Receipt(
                reference: ReceiptReference(rawValue: "1")!, warehouse: Melons.warehouse, location: Melons.location,
                lines: lines)
        }
        #expect(throws: InvalidValue.self) { try receive([line]) }
        #expect(throws: InvalidValue.self) { try receive([]) }
        line.expiresOn = line.harvestedOn
        #expect(try receive([line]).lines == [line])
    }

    @Test("references and sources that cannot be stored or logged are refused")
    func references() {
        #expect(OrderReference(rawValue: "6920384756102938475") != nil)
        #expect(OrderReference(rawValue: "订单-1") != nil)
        #expect(OrderReference(rawValue: String(repeating: "单", count: 43)) == nil)
        #expect(OrderReference(rawValue: "") == nil)
        #expect(OrderReference(rawValue: "a\nb") == nil)
        #expect(OrderSource(rawValue: "doudian:12345") != nil)
        #expect(OrderSource(rawValue: "抖店") == nil)
        #expect(OrderSource(rawValue: "") == nil)
    }
}
