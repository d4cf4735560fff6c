import CloudWarehouse
import HTTPTypes
import JSON
import Postgres
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("What is done to orders over the API", .onDatabase, .serialized)
struct OrderChangesTests {
    private func place(_ reference: String, _ more: String, in shop: Shop) async throws -> String {
        let answer = try await shop.ask(.order(#"{"source":"shop","reference":"\#(reference)",\#(more)}"#))
        guard case .string(let id)? = try answer.json()["id"] else {
            Issue.record("no id: \(answer.text)")
            return ""
        }
        return id
    }

    private static func melons(_ quantity: Int) -> String {
        #""lines":[{"sku":"melon","quantity":\#(quantity)}]"#
    }

    private func edit(_ id: String, _ body: String, in shop: Shop) async throws -> Answer {
        try await shop.ask(.put("{\(body)}", to: "/v1/orders/\(id)/lines"))
    }

    private func reduce(_ id: String, _ lines: String, in shop: Shop) async throws -> Answer {
        try await shop.ask(.post(#"{"lines":[\#(lines)]}"#, to: "/v1/orders/\(id)/reduce"))
    }

    private func counters(_ shop: Shop) async throws -> [Int64] {
        try await [
            shop.base.number("SELECT held FROM pool JOIN sku ON sku.id = sku_id WHERE code = 'melon'"),
            shop.base.number("SELECT committed FROM pool JOIN sku ON sku.id = sku_id WHERE code = 'melon'"),
        ]
    }

    @Test("an unpaid order gets other lines, all or none, and the same again changes nothing", arguments: Door.allCases)
    func edits(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10, rice: 1_000)
            let id = try await place("1", #""hold_seconds":600,\#(Self.melons(4))"#, in: shop)
            let tooMany = try await edit(id, Self.melons(11), in: shop)
            #expect(try tooMany.problem(status: 409) == "sold_out")
            #expect(try tooMany.faults() == ["/lines/0/sku sold_out"])
            #expect(try await counters(shop) == [4, 0], "it keeps what it had")
            // More than is left beside it, and no more than with what it has.
            let first = try await edit(id, Self.melons(10) + #","revision":0"#, in: shop)
            #expect(first.status == 200, "\(first.text)")
            #expect(try first.json()["revision"] == .integer(1))
            #expect(try await edit(id, Self.melons(10) + #","revision":0"#, in: shop).body == first.body)
            let late = try await edit(id, Self.melons(2) + #","revision":0"#, in: shop)
            #expect(try late.problem(status: 409) == "revision_conflict")
            #expect(late.text.contains("its revision is 1"))
            #expect(try await counters(shop) == [10, 0])
            let both = #""lines":[{"sku":"melon","quantity":1},{"sku":"rice","quantity":500}]"#
            #expect(try await edit(id, both, in: shop).json()["total_fen"] == .integer(990 + 1_100))
            _ = try await shop.ask(.post("", to: "/v1/orders/\(id)/pay", as: nil))
            #expect(try await edit(id, Self.melons(1), in: shop).problem(status: 409) == "not_editable")
            #expect(try await counters(shop) == [0, 1])
            // What was placed is answered for ever as it was.
            let again = try await shop.ask(
                .order(#"{"source":"shop","reference":"1","hold_seconds":600,\#(Self.melons(4))}"#))
            #expect(try again.json()["total_fen"] == .integer(4 * 990))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("an order is cancelled in part, held or paid, by what remains", arguments: Door.allCases)
    func reduces(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10, rice: 1_000)
            let lines = #""lines":[{"sku":"melon","quantity":4},{"sku":"rice","quantity":1000}]"#
            let id = try await place("1", lines, in: shop)
            let first = try await reduce(id, #"{"line":1,"quantity":1},{"line":2,"quantity":0}"#, in: shop)
            #expect(first.status == 200, "\(first.text)")
            #expect(try first.json()["total_fen"] == .integer(990))
            let again = try await reduce(id, #"{"line":1,"quantity":1},{"line":2,"quantity":0}"#, in: shop)
            #expect(again.body == first.body)
            #expect(try await counters(shop) == [0, 1])
            let shown = try await shop.ask(.get("/v1/orders/\(id)")).text
            #expect(shown.contains(#""quantity":4,"cancelled":3,"#) && shown.contains(#""claim":"released""#))
            for (lines, status, code, fault) in [
                (#"{"line":1,"quantity":0}"#, 409, "nothing_remains", "/lines"),
                (#"{"line":1,"quantity":2}"#, 422, "more_than_ordered", "/lines/0/quantity"),
                (#"{"line":1,"quantity":1},{"line":7,"quantity":0}"#, 422, "unknown_line", "/lines/1/line"),
                (#"{"line":1,"quantity":1},{"line":1,"quantity":1}"#, 422, "invalid_body", "/lines"),
            ] {
                let answer = try await reduce(id, lines, in: shop)
                #expect(try answer.problem(status: status) == code, "\(lines)")
                #expect(try answer.faults() == ["\(fault) \(code)"], "\(lines)")
            }
            _ = try await shop.ask(.post("", to: "/v1/orders/\(id)/cancel", as: nil))
            let over = try await reduce(id, #"{"line":1,"quantity":0}"#, in: shop)
            #expect(try over.problem(status: 409) == "not_cancellable")
            #expect(try await counters(shop) == [0, 0])
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test(
        "a fact is placed without its goods, told as short for ever, and claims what comes", arguments: Door.allCases)
    func facts(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(1, rice: 1_000)
            let fact = #"""
                {"source":"shop","reference":"1","sold_elsewhere":true,"lines":[
                    {"sku":"melon","quantity":3},{"sku":"rice","quantity":500}],
                    "terms":{"shop":"直播间","ship_by":"2027-01-02T18:00:00+08:00","buyer_note":"要熟的"}}
                """#
            let placed = try await shop.ask(.order(fact))
            #expect(placed.status == 201)
            guard case .string(let id)? = try placed.json()["id"] else { return }
            #expect(try placed.json()["state"] == .string("paid_short"))
            let shown = try await shop.ask(.get("/v1/orders/\(id)")).text
            #expect(shown.contains(#""claim":"short""#) && shown.contains(#""claim":"committed""#))
            #expect(shown.contains(#""ship_by":"2027-01-02T10:00:00.000000Z""#))
            let claim = Question.post("", to: "/v1/orders/\(id)/claim", as: nil)
            #expect(try await shop.ask(claim).json()["state"] == .string("paid_short"))
            _ = try await shop.base.stock.receive(Melons.receipt("RK-9", melons: 5), by: shop.base.principal)
            #expect(try await shop.ask(claim).json()["state"] == .string("committed"))
            #expect(try await counters(shop) == [0, 3])
            #expect(try await shop.ask(.order(fact)).body == placed.body, "the answer that it got")
            let both = try await shop.ask(
                .order(#"{"source":"shop","reference":"2","sold_elsewhere":true,"hold_seconds":9,\#(Self.melons(1))}"#))
            #expect(try both.faults() == ["/hold_seconds invalid_body"])
            let early = try await shop.ask(
                .order(
                    #"""
                    {"source":"shop","reference":"3",\#(Self.melons(1)),"terms":{
                        "ship_by":"2027-01-01T00:00:00Z","ship_not_before":"2027-01-01T00:00:01Z"}}
                    """#))
            #expect(try early.faults() == ["/terms/ship_not_before invalid_body"])
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test(
        "one buyer has so much of a SKU and no more, over any number of orders, paid or not", arguments: Door.allCases)
    func limits(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(20)
            try await shop.base.owner.execute(
                sql: "INSERT INTO buyer_limit SELECT id, 3, now() - interval '1 day' FROM sku WHERE code = 'melon'")
            func ask(_ reference: String, _ melons: Int, buyer: String?, hold: Bool = false) async throws -> Answer {
                let terms = buyer.map { #","terms":{"buyer":"\#($0)"}"# } ?? ""
                let holding = hold ? #""hold_seconds":600,"# : ""
                return try await shop.ask(
                    .order(
                        #"{"source":"shop","reference":"\#(reference)",\#(holding)\#(Self.melons(melons))\#(terms)}"#))
            }
            #expect(try await ask("1", 1, buyer: nil).faults() == ["/terms/buyer buyer_required"])
            #expect(try await ask("2", 2, buyer: "a", hold: true).status == 201)
            let over = try await ask("3", 2, buyer: "a")
            #expect(try over.problem(status: 409) == "buyer_limit" && over.faults() == ["/lines/0/sku buyer_limit"])
            #expect(over.text.contains("may have 3, and this one has 2"))
            #expect(try await ask("4", 3, buyer: "b").status == 201, "another buyer")
            #expect(try await ask("2", 2, buyer: "a", hold: true).status == 201, "a repetition is no other order")
            let held = try await shop.ask(.get("/v1/orders?source=shop&reference=2"))
            guard case .array(let orders)? = try held.json()["orders"], case .string(let id)? = orders.first?["id"]
            else {
                return
            }
            _ = try await shop.ask(.post("", to: "/v1/orders/\(id)/cancel", as: nil))
            #expect(try await ask("3", 2, buyer: "a").status == 201, "what was given back is to be had again")
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test(
        "many orders are placed in one request, each for itself, and again with the same answers",
        arguments: Door.allCases)
    func batch(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(5)
            func order(_ reference: String, _ sku: String, _ quantity: Int, _ more: String = "") -> String {
                #"{"source":"shop","reference":"\#(reference)","lines":[{"sku":"\#(sku)","quantity":\#(quantity)}]\#(more)}"#
            }
            let orders = [
                order("1", "melon", 3), order("2", "durian", 1), order("3", "melon", 3), order("4", "melon", 2),
                order("1", "melon", 3), order("1", "melon", 2), order("5", "melon", 1, #","sold_elsewhere":true"#),
            ]
            let question = Question.post(#"{"orders":[\#(orders.joined(separator: ","))]}"#, to: "/v1/orders/batch")
            let answer = try await shop.ask(question)
            guard answer.status == 200, case .array(let results)? = try answer.json()["results"] else {
                Issue.record("\(answer.text)")
                return
            }
            let became = results.map { result in
                JSONValue.text(result["problem"]?["code"]) ?? JSONValue.text(result["order"]?["state"]) ?? "?"
            }
            #expect(
                became == [
                    "committed", "unknown_sku", "sold_out", "committed", "committed", "reference_conflict",
                    "paid_short",
                ])
            #expect(results[0]["order"]?["id"] == results[4]["order"]?["id"])
            #expect(JSONValue.text(results[2]["problem"]?["detail"])?.contains("3 asked for, 2 left") == true)
            #expect(answer.text.contains(#""errors":[{"pointer":"/lines/0/quantity","code":"reference_conflict""#))
            #expect(try await shop.ask(question).text.contains("paid_short"))
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 3)
            let none = try await shop.ask(.post(#"{"orders":[]}"#, to: "/v1/orders/batch"))
            #expect(try none.problem(status: 422) == "invalid_body")
            let one = orders[0]
            let many = Array(repeating: one, count: 1_001).joined(separator: ",")
            let tooMany = try await shop.ask(.post(#"{"orders":[\#(many)]}"#, to: "/v1/orders/batch"))
            #expect(try tooMany.problem(status: 422) == "invalid_body")
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test(
        "an order is readdressed, amended and locked until it is over; each again changes nothing",
        arguments: Door.allCases)
    func amends(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let id = try await place("1", Self.melons(1), in: shop)
            func recipient(_ name: String) -> Question {
                .put(
                    #"{"name":"\#(name)","phone":"13812345678","region":"浙江省杭州市","address":"文三路 92 号"}"#,
                    to: "/v1/orders/\(id)/recipient")
            }
            for name in ["王小明", "李四", "李四"] { #expect(try await shop.ask(recipient(name)).status == 200) }
            #expect(
                try await shop.base.number("SELECT max(version)::bigint FROM recipient") == 2, "the same again is none")
            let clear = try await shop.ask(.get("/v1/orders/\(id)/recipient"))
            #expect(clear.text.contains("李四") && !clear.text.contains("王小明"))
            #expect(try await shop.ask(.get("/v1/orders/\(id)")).text.components(of: #""line":1"#) == 1)
            let terms = Question.put(
                #"{"ship_by":"2030-12-01T18:00:00+08:00","seller_note":"加冰袋"}"#, to: "/v1/orders/\(id)/terms")
            let amended = try await shop.ask(terms)
            #expect(amended.text.contains(#""terms":{"ship_by":"2030-12-01T10:00:00.000000Z","seller_note":"加冰袋"}"#))
            let events = "SELECT count(*) FROM outbox WHERE kind = 'orders.amended'"
            let before = try await shop.base.number(events)
            #expect(try await shop.ask(terms).body == amended.body)
            #expect(try await shop.base.number(events) == before)
            let early = try await shop.ask(
                .put(#"{"ship_not_before":"2031-01-01T00:00:00Z"}"#, to: "/v1/orders/\(id)/terms"))
            #expect(try early.faults() == ["/ship_not_before invalid_body"])
            let lock = Question.post("", to: "/v1/orders/\(id)/refund-lock", as: nil)
            let locked = try await shop.ask(lock)
            #expect(locked.text.contains(#""refund_lock":""#))
            #expect(try await shop.ask(lock).body == locked.body)
            let unlocked = try await shop.ask(.post("", to: "/v1/orders/\(id)/refund-unlock", as: nil))
            #expect(!unlocked.text.contains("refund_lock"))
            _ = try await shop.ask(.post("", to: "/v1/orders/\(id)/cancel", as: nil))
            for question in [recipient("赵六"), terms, lock] {
                #expect(try await shop.ask(question).problem(status: 409) == "not_editable")
            }
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("a conflict of references names what differs, field by field", arguments: Door.allCases)
    func conflicts(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10, rice: 1_000)
            let lines = #"{"sku":"melon","quantity":2},{"sku":"rice","quantity":500,"price":{"fen":2200,"per":1000}}"#
            _ = try await place("1", #""lines":[\#(lines)]"#, in: shop)
            func faults(_ rest: String) async throws -> [String] {
                let answer = try await shop.ask(.order(#"{"source":"shop","reference":"1",\#(rest)}"#))
                #expect(try answer.problem(status: 409) == "reference_conflict")
                return try answer.faults()
            }
            #expect(try await faults(Self.melons(2)) == ["/lines reference_conflict"])
            #expect(
                try await faults(#""lines":[{"sku":"melon","quantity":3},{"sku":"melon","quantity":500}]"#)
                    == ["/lines/0/quantity reference_conflict", "/lines/1/sku reference_conflict"])
            #expect(
                try await faults(#""lines":[\#(lines.replacing("2200", with: "2100"))]"#)
                    == ["/lines/1/price reference_conflict"])
            #expect(try await faults(#""hold_seconds":9,"lines":[\#(lines)]"#) == ["/hold_seconds reference_conflict"])
            #expect(
                try await faults(#""sold_elsewhere":true,"lines":[\#(lines)]"#) == [
                    "/sold_elsewhere reference_conflict"
                ])
            let terms = #""terms":{"shop":"s","buyer":"b","ship_by":"2030-12-01T18:00:00Z","seller_note":"n"}"#
            #expect(
                try await faults(#"\#(terms),"lines":[\#(lines)]"#)
                    == ["shop", "buyer", "ship_by", "seller_note"].map { "/terms/\($0) reference_conflict" })
        }
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
