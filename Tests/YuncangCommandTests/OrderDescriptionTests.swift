import CloudWarehouse
import JSON
import Postgres
import Testing

@testable import yuncang

@Suite("Orders as they are shown")
struct OrderDescriptionTests {
    private static let at = Timestamp(microsecondsSince1970: 1_796_000_000_000_000)

    private static func line(
        _ position: Int16, partOf: Int16? = nil, _ sku: String, _ name: String, _ unit: BaseUnit,
        _ quantity: Int64,
        cancelled: Int64 = 0, from owner: String?, reason: String? = nil, claim: ClaimState = .committed
    ) -> OrderDetails.Line {
        let per = try! Quantity(unit == .piece ? 1 : 500)
        return OrderDetails.Line(
            position: position, partOf: partOf, sku: try! SKUCode(sku), name: try! Name(name), unit: unit,
            place: owner.map {
                OrderDetails.Place(warehouse: try! WarehouseCode("main"), owner: try! OwnerCode($0), reason: reason)
            },
            quantity: try! Quantity(quantity), cancelled: try! Quantity(cancelled),
            price: try! Price(fen: Fen(rawValue: partOf == nil ? 990 : 0), per: per), amount: .zero, claim: claim,
            expiresAt: nil)
    }

    private static func order(
        _ lines: [OrderDetails.Line], state: OrderState = .committed, revision: Int32 = 0, terms: OrderTerms = .none,
        refundLock: Timestamp? = nil
    ) -> OrderDetails {
        OrderDetails(
            summary: OrderSummary(
                id: .sample, key: OrderKey(source: .sample, reference: .sample), state: state, total: .zero,
                placedAt: at, revision: revision),
            lines: lines, terms: terms, refundLock: refundLock, recipient: nil)
    }

    /// A set of melons and rice, of which the rice is short, and peppers from two owners, of which some were cancelled.
    private static let lines = [
        line(1, "gift", "中秋蔬果礼盒（甜瓜、早稻）", .piece, 2, from: nil, claim: .short),
        line(2, partOf: 1, "melon", "甜瓜(盒)", .piece, 4, from: "coop", reason: "one_parcel"),
        line(3, partOf: 1, "rice", "五彩早稻", .gram, 1_500, from: nil, claim: .short),
        line(4, "taro", "高青芋头", .gram, 5_000, cancelled: 2_000, from: nil),
        line(5, partOf: 4, "taro", "高青芋头", .gram, 1_000, from: "farm", reason: "split+quota"),
        line(6, partOf: 4, "taro", "高青芋头", .gram, 2_000, from: "coop", reason: "one_parcel"),
        line(7, "pear", "梨", .piece, 3, cancelled: 3, from: "coop", claim: .released),
    ]

    private static func shown(_ order: OrderDetails, columns: Int? = nil, _ language: Language = .english) -> String {
        Language.$current.withValue(language) {
            var page = Page()
            OrderDescription(order: order, times: .utc).show(on: &page)
            return page.rendered(on: columns.map { Surface(columns: $0) } ?? .pipe)
        }
    }

    @Test("lines are numbered, parts stand indented below them without a price, and what was cancelled has a column")
    func table() {
        let text = Self.shown(Self.order(Self.lines, state: .paidShort, revision: 3))
        let rows = text.split(separator: "\n").map(String.init).drop { !$0.hasPrefix("#") }
        let cells = rows.map { $0.split(separator: " ").map(String.init) }
        #expect(cells.first == ["#", "SKU", "NAME", "QUANTITY", "LESS", "PRICE", "YUAN", "CLAIM", "FROM"])
        #expect(cells.dropFirst(2).first == ["2", "melon", "甜瓜(盒)", "4", "pcs", "committed", "main/coop"])
        #expect(cells.dropFirst(3).first == ["3", "rice", "五彩早稻", "1.5", "kg", "short"])
        #expect(cells.dropFirst(4).first?.contains("9.90/500") == true)
        #expect(cells.dropFirst(4).first?[3...6] == ["5", "kg", "2", "kg"])
        #expect(rows.map { $0.hasPrefix("  ") } == [false, false, true, true, false, true, true, false])
        #expect(text.contains("paid, short") && text.contains("revision") && !text.contains("shop"))
        #expect(text.contains("in one parcel (2, 6); from several warehouses, the furthest behind its share (5)"))
        let whole = Self.shown(Self.order([Self.lines[1]]))
        #expect(!whole.contains("LESS") && !whole.contains("revision"))
    }

    @Test("a table fits 80 columns in either language", arguments: Language.allCases)
    func width(language: Language) {
        let text = Self.shown(Self.order(Self.lines), columns: 80, language)
        for line in text.split(separator: "\n").drop(while: { !$0.hasPrefix("#") && !$0.hasPrefix("行") }) {
            #expect(DisplayWidth().columns(of: line) <= 80, "\(line)")
        }
        #expect(text.contains("main/coop"))
    }

    @Test("what an order says beside its lines is shown and written, and nothing of what it does not say")
    func terms() throws {
        let terms = OrderTerms(
            shop: ShopName(rawValue: "高青旗舰店"), buyer: Buyer(rawValue: "u-7"), shipBy: Self.at, shipNotBefore: Self.at,
            buyerNote: OrderNote(rawValue: "少放辣"), sellerNote: OrderNote(rawValue: "易碎"))
        let order = Self.order(Self.lines, revision: 2, terms: terms, refundLock: Self.at)
        let chinese = Self.shown(order, .chinese)
        for word in ["店铺", "买家", "最晚发货", "最早发货", "买家留言", "少放辣", "卖家备注", "易碎", "申请退款", "版本", "缺货"] {
            #expect(chinese.contains(word), "\(word)")
        }
        let json = Self.json(order)
        #expect(
            json.contains(
                #""revision":2,"refund_lock":"\#(Self.at)","terms":{"shop":"高青旗舰店","buyer":"u-7","ship_by":"\#(Self.at)","#
            ))
        #expect(json.contains(#"{"position":1,"sku":"gift","#))
        #expect(json.contains(#"{"position":2,"part_of":1,"sku":"melon","#))
        #expect(json.contains(#""warehouse":"main","owner":"coop","reason":"one_parcel","quantity":4,"cancelled":0,"#))
        #expect(json.contains(#""unit":"gram","quantity":5000,"cancelled":2000,"#))
        let bare = Self.json(Self.order([Self.lines[2]]))
        for member in ["terms", "refund_lock", "warehouse", "owner", "reason"] {
            #expect(!bare.contains(#""\#(member)""#), "\(member)")
        }
    }

    private static func json(_ order: OrderDetails) -> String {
        var json = JSONWriter()
        OrderDescription(order: order, times: .utc).write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("an order that is short says of what: of a line with parts, which parts")
    func shortage() {
        let text = OrderShortage(order: .sample, details: Self.order(Self.lines, state: .paidShort)).text
        #expect(text.en == "the order is paid, and these goods are not there: line 3: 1.5 kg of rice")
        #expect(text.zh == "订单已付款，但缺货：第 3 行 rice 1.5 kg")
        #expect(OrderShortage(order: .sample, details: nil).text.zh == "订单已付款，但缺货")
    }
}
