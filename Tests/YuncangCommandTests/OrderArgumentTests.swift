import CloudWarehouse
import Testing

@testable import yuncang

@Suite("Orders as they are typed")
struct OrderArgumentTests {
    @Test(
        "a line is a code, a quantity and perhaps a price, and the code may hold colons",
        arguments: [
            ("melon:2", "melon", "2", nil), ("rice:25斤@39.9/500g", "rice", "25 斤", "39.90/500 g"),
            ("a:b@c:2.5kg@22/kg", "a:b@c", "2.5 kg", "22.00/kg"), ("melon:3个@12.5/件", "melon", "3 pcs", "12.50/pc"),
        ] as [(String, String, String, String?)])
    func lines(text: String, sku: String, quantity: String, price: String?) throws {
        let line = try OrderLineArgument(argument: text)
        #expect(line.sku.rawValue == sku)
        #expect("\(line.quantity)" == quantity)
        #expect(line.price.map { "\($0)" } == price)
    }

    @Test(
        "anything else is refused in both languages",
        arguments: [
            "", "melon", ":2", "melon:", "melon:x", "melon:2@", "melon:2@x", "me lon:2", "melon:-1", "melon:2@1/0x",
        ])
    func wrongLines(text: String) {
        #expect { try OrderLineArgument(argument: text) } throws: { error in
            guard let failure = error as? CommandFailure, let remedy = failure.remedy else { return false }
            return failure.status == .usage && remedy.en != remedy.zh
        }
    }

    @Test("an order is its id, or its source and reference, of which the reference may hold slashes")
    func identities() throws {
        let id = "01a21341-c2f1-7000-881f-1e564bafdf31"
        #expect(try OrderIdentity(argument: id) == .id(ID<CustomerOrder>(id)!))
        let key = OrderKey(source: OrderSource(rawValue: "shop")!, reference: OrderReference(rawValue: "2026/订单 1")!)
        #expect(try OrderIdentity(argument: "shop/2026/订单 1") == .key(key))
        for text in ["", "shop", "/1", "shop/", "抖店/1", "sh op/1", "shop/a\nb"] {
            #expect(throws: CommandFailure.self) { try OrderIdentity(argument: text) }
        }
    }

    @Test("a hold has a number and a unit, from a second to a day")
    func holds() throws {
        for (text, seconds) in [("1s", 1), ("90s", 90), ("15m", 900), ("24h", 86_400), ("86400s", 86_400)] {
            #expect(try PlaceOrder.Payment(hold: text) == .due(withinSeconds: Int32(seconds)))
        }
        for text in [
            "", "m", "15", "0s", "-1s", "+1s", "1d", "25h", "86401s", "1.5h", "99999999999h", "2147483647h", "１m",
        ] {
            #expect(throws: CommandFailure.self) { try PlaceOrder.Payment(hold: text) }
        }
    }

    @Test("an order needs a source, a reference and a line; a state is one of those that there are")
    func commandLines() async {
        let incomplete = await Call.make(["order", "place", "--source", "s", "--reference", "r"], of: Yuncang.self)
        #expect(incomplete.status == .usage && incomplete.error.contains("--line"))
        let state = await Call.make(["order", "list", "--state", "gone"], of: Yuncang.self)
        #expect(state.status == .usage && state.error.contains("held, committed"))
        let day = await Call.make(["recipients", "erase", "--before", "tomorrow"], of: Yuncang.self)
        #expect(day.status == .usage && day.error.contains("2026-08-01"))
    }
}
