import CloudWarehouse
import Postgres
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

    @Test("what remains of a line is its number and a quantity; nothing needs no unit")
    func remainders() throws {
        for (text, position, quantity) in [
            ("1=2", 1, "2"), ("12=1.5kg", 12, "1.5 kg"), ("32767=3斤", 32_767, "3 斤"), ("2=0", 2, nil),
            ("2=0件", 2, "0 pcs"),
        ] as [(String, Int16, String?)] {
            let remainder = try RemainderArgument(argument: text)
            #expect(remainder.position == position && remainder.quantity.map { "\($0)" } == quantity)
        }
        for text in ["", "1", "=2", "1=", "0=2", "-1=2", "+1=2", "x=2", "1=x", "1=-2", "32768=1", "1:2", "１=2", "1 =2"]
        {
            #expect(throws: CommandFailure.self, "\(text)") { try RemainderArgument(argument: text) }
        }
    }

    @Test("an instant is a day and perhaps a time of day; a day alone is its start or its end")
    func instants() throws {
        let day = CalendarDate("2026-12-01")!
        for (text, start, end) in [
            ("2026-12-01", 0, 86_399), ("2026-12-01T18:00", 64_800, 64_800), ("2026-12-01 18:00:05", 64_805, 64_805),
            ("2026-12-01T00:00", 0, 0), ("2026-12-01T23:59:59", 86_399, 86_399),
        ] as [(String, Int32, Int32)] {
            for (edge, second) in [(LocalInstant.OfDay.start, start), (.end, end)] {
                let instant = try LocalInstant(argument: text, of: edge)
                #expect(instant.day == day && instant.secondOfDay == second)
            }
        }
        for text in [
            "", "tomorrow", "2026-12-32", "2026-12-01T", "2026-12-01T18", "2026-12-01T24:00", "2026-12-01T18:60",
            "2026-12-01T8:00", "2026-12-01T18:00Z", "2026-12-01T18:00:60", "2026-12-01T18:00:00:00", "12-01", "T18:00",
            "2026-12-01T-1:00", "2026-12-01T１８:00",
        ] {
            #expect(throws: CommandFailure.self, "\(text)") { try LocalInstant(argument: text, of: .start) }
        }
    }

    @Test(
        "what cannot be meant is refused before the base is asked, by the option at fault",
        arguments: [
            (["place", "--hold", "15m", "--sold-elsewhere"], "exclude each other"),
            (["place", "--ship-by", "2026-13-01"], "--ship-by <time>"),
            (["place", "--ship-not-before", "noon"], "--ship-not-before <time>"),
            (["place", "--buyer", ""], "a buyer's name has 1 to 128"), (["place", "--shop", "a\nb"], "--shop <name>"),
            (["place", "--buyer-note", String(repeating: "长", count: 501)], "a note has 1 to 500"),
            (["place", "--seller-note", "\u{7}"], "--seller-note <text>"),
            (["edit"], "--line"), (["edit", "--line", "melon"], "SKU:QUANTITY"), (["reduce"], "--keep"),
            (["reduce", "--keep", "melon=2"], "--keep <line=qty>"),
            (["reduce", "--keep", "1=2", "--revision", "x"], "--revision"),
        ] as [([String], String)])
    func refused(arguments: [String], words: String) async {
        let place = ["--source", "s", "--reference", "r", "--line", "melon:2"]
        let rest = arguments[0] == "place" ? place : ["shop/1"]
        let call = await Call.make(
            ["order", arguments[0]] + rest + arguments.dropFirst(), of: Yuncang.self,
            environment: ["YUNCANG_DATABASE_URL": "postgresql://127.0.0.1:1/none"])
        #expect(call.status == .usage && call.error.contains(words), "\(call.error)")
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
