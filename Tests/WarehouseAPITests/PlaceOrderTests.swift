import CloudWarehouse
import HTTPTypes
import JSON
import Postgres
import Testing
import WarehouseTesting

@Suite("Placing an order over the API", .onDatabase, .serialized)
struct PlaceOrderTests {
    private static let twoMelons = #"{"source":"shop","reference":"A-1","lines":[{"sku":"melon","quantity":2}]}"#

    /// The answer to an order as the database remembers it.
    private func remembered(_ reference: String, in shop: Shop) async throws -> String {
        let rows = try await shop.base.owner.query(
            sql: """
                SELECT '{"id":"' || id || '","reference":"' || reference || '","total_fen":' || total_fen
                    || ',"placed_at":"' || to_char(placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                    || '","state":"' || state || '"' || COALESCE((
                        SELECT ',"held_until":"'
                            || to_char(max(expires_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"'
                        FROM order_line WHERE order_id = customer_order.id HAVING max(expires_at) IS NOT NULL), '') || '}'
                FROM customer_order WHERE reference = '\(reference)'
                """
        ) { row throws(DecodingFailure) in try row.next(String.self) }
        #expect(rows.count == 1)
        return try #require(rows.first)
    }

    @Test("an order is answered 201 with what the database keeps of it, and nothing else", arguments: Door.allCases)
    func placed(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let answer = try await shop.ask(.order(Self.twoMelons))
            #expect(answer.status == 201)
            #expect(answer[.contentType] == "application/json")
            #expect(answer.text == (try await remembered("A-1", in: shop)))
            #expect(try answer.json()["total_fen"] == .integer(1_980))
            #expect(
                try await shop.base.number("SELECT committed FROM pool JOIN sku ON sku.id = sku_id AND code = 'melon'")
                    == 2)
            // An operator's token stands for a person, whose name in the log is the token's.
            let rows = "FROM audit WHERE action = 'order.place' AND subject = (SELECT id::text FROM customer_order)"
            #expect(try await shop.base.number("SELECT count(*) \(rows)") == 1)
        }
    }

    @Test("the same order again gets the same answer, byte for byte, and claims nothing more", arguments: Door.allCases)
    func repeated(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(2)
            let first = try await shop.ask(.order(Self.twoMelons))
            // Whatever stands between the tokens, and in whichever order the members stand, it is the same order.
            let spaced = #"{ "lines": [ {"quantity": 2, "sku": "melon"} ], "reference": "A-1", "source": "shop" }"#
            let second = try await shop.ask(.order(spaced))
            #expect(second.status == 201)
            #expect(second.body == first.body)
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 1)
            #expect(try await shop.base.number("SELECT sum(committed)::bigint FROM pool") == 2)
        }
    }

    @Test(
        "an unpaid order says that it is held, and until when, also when it is repeated after it was paid",
        arguments: Door.allCases)
    func held(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(2)
            let order = Question.order(
                Self.twoMelons.replacing("A-1", with: "A-2").replacing(
                    #","lines""#, with: #","hold_seconds":900,"lines""#))
            let first = try await shop.ask(order)
            #expect(first.status == 201)
            #expect(first.text == (try await remembered("A-2", in: shop)))
            #expect(first.text.contains(#""state":"held","held_until":"2"#))
            guard case .string(let id)? = try first.json()["id"] else { return }
            #expect(try await shop.ask(.post("", to: "/v1/orders/\(id)/pay", as: nil)).status == 200)
            #expect(try await shop.ask(order).body == first.body, "what it was placed as does not change")
        }
    }

    @Test("another order under the same reference is a conflict and changes nothing", arguments: Door.allCases)
    func conflict(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            _ = try await shop.ask(.order(Self.twoMelons))
            for (other, field) in [
                ("\"quantity\":3}", "quantity"), ("\"quantity\":2,\"price\":{\"fen\":1,\"per\":1}}", "price"),
            ] {
                let answer = try await shop.ask(.order(Self.twoMelons.replacing("\"quantity\":2}", with: other)))
                #expect(try answer.problem(status: 409) == "reference_conflict")
                #expect(try answer.faults() == ["/lines/0/\(field) reference_conflict"])
            }
            let elsewhere = try await shop.ask(.order(Self.twoMelons.replacing("\"shop\"", with: "\"other-shop\"")))
            #expect(elsewhere.status == 201, "a reference is its source's own")
            #expect(try await shop.base.number("SELECT sum(committed)::bigint FROM pool") == 4)
        }
    }

    @Test("what is sold out is named by its line, and nothing of the order is taken", arguments: Door.allCases)
    func soldOut(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(3, rice: 500)
            let body = """
                {"source":"shop","reference":"A-1","lines":[{"sku":"rice","quantity":500},{"sku":"melon","quantity":4}]}
                """
            let answer = try await shop.ask(.order(body))
            #expect(try answer.problem(status: 409) == "sold_out")
            #expect(try answer.faults() == ["/lines/1/sku sold_out"])
            #expect(try await shop.base.number("SELECT sum(committed)::bigint FROM pool") == 0)
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 0)
        }
    }

    @Test("an unpaid order holds what it claims", arguments: Door.allCases)
    func unpaid(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(3)
            let answer = try await shop.ask(
                .order(#"{"source":"shop","reference":"A-1","hold_seconds":60,"lines":[{"sku":"melon","quantity":3}]}"#)
            )
            #expect(answer.status == 201)
            #expect(try await shop.base.number("SELECT sum(held)::bigint FROM pool") == 3)
            #expect(try await shop.base.number("SELECT sum(committed)::bigint FROM pool") == 0)
        }
    }

    @Test("a stated price counts, rounded half up once per line", arguments: Door.allCases)
    func statedPrice(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(1, rice: 1_000)
            let line = #"{"sku":"rice","quantity":250,"price":{"fen":2,"per":1000}}"#
            let answer = try await shop.ask(
                .order(#"{"source":"shop","reference":"A-1","lines":[\#(line),\#(line)]}"#))
            // 0.5 fen a line: two lines make 2 fen, not 1.
            #expect(try answer.json()["total_fen"] == .integer(2))
        }
    }

    @Test("a text of any language is a reference, and comes back as it was", arguments: Door.allCases)
    func references(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            for reference in ["抖音 🍈 №1", "a\\\"b/", String(repeating: "x", count: 128)] {
                var json = JSONWriter()
                json.string(reference)
                let text = String(decoding: json.bytes, as: UTF8.self)
                let answer = try await shop.ask(
                    .order(#"{"source":"shop","reference":\#(text),"lines":[{"sku":"melon","quantity":1}]}"#))
                #expect(answer.status == 201)
                #expect(try answer.json()["reference"] == .string(reference))
            }
        }
    }
}
