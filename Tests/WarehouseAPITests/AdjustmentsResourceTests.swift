import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("Corrections over the API", .onDatabase, .serialized)
struct AdjustmentsResourceTests {
    private static func adjustment(
        _ kind: String, _ quantity: Int, lot: String, reference: String = "PD-1", location: String = "A-01",
        more: String = ""
    ) -> Question {
        .post(
            """
            {"reference":"\(reference)","kind":"\(kind)","lot":"\(lot)","warehouse":"main","location":"\(location)",\
            "quantity":\(quantity),"note":"压烂了"\(more)}
            """, to: "/v1/movements")
    }

    @Test(
        "a correction is on the board with its answer, in the ledger, and audited as who made it; again it is the same",
        arguments: Door.allCases)
    func adjust(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let lot = try await shop.base.lot(of: Melons.melon)
            let person = Showing.token(try await shop.base.token(.warehouse))
            let question = Self.adjustment("lost", 3, lot: lot).showing(person)
            let answer = try await shop.ask(question)
            #expect(answer.status == 201, "\(answer.text)")
            guard case .string(let movement)? = try answer.json()["movement"],
                case .string(let at)? = try answer.json()["recorded_at"]
            else {
                Issue.record("no movement: \(answer.text)")
                return
            }
            #expect(answer.text == #"{"movement":"\#(movement)","recorded_at":"\#(at)"}"#)
            #expect(try await shop.ask(.get("/v1/stock/melon")).text.contains(#""available":7,"#))
            #expect(try await shop.ask(.get("/v1/movements?limit=1")).text.contains(movement))
            #expect(
                try await shop.base.number(
                    "SELECT count(*) FROM audit WHERE action = 'stock.adjust' AND actor = 'a warehouse'") == 1)
            #expect(try await shop.ask(question).body == answer.body)
            let reversal = Question.post(#"{"note":"记错了"}"#, to: "/v1/movements/\(movement)/reversal")
            let reversed = try await shop.ask(reversal)
            #expect(reversed.status == 201)
            #expect(try await shop.ask(reversal).body == reversed.body)
            #expect(try await shop.ask(.get("/v1/stock/melon")).text.contains(#""available":10,"#))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("no more is found at a place than a quantity may be, so that all of it can be read", arguments: Door.allCases)
    func tooMuch(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let lot = try await shop.base.lot(of: Melons.melon)
            let most = 1_000_000_000_000_000
            for (quantity, reference) in [(most, "1"), (most - 9, "2")] {
                let refused = try await shop.ask(Self.adjustment("found", quantity, lot: lot, reference: reference))
                #expect(try refused.problem(status: 422) == "quantity_too_large")
                #expect(refused.text.contains("10 pieces stand there already"))
            }
            #expect(try await shop.ask(Self.adjustment("found", most - 10, lot: lot)).status == 201)
            let lots = try await shop.ask(.get("/v1/lots"))
            #expect(lots.status == 200 && lots.text.contains(#""on_hand":1000000000000000"#))
            await #expect(throws: (any Error).self, "and the database would not keep more") {
                try await shop.base.run(script: "UPDATE balance SET on_hand = on_hand + 1")
            }
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("what is wrong is told by its code, and nothing is changed", arguments: Door.allCases)
    func refused(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let lot = try await shop.base.lot(of: Melons.melon)
            let nothing = "00000000-0000-7000-8000-000000000000"
            #expect(
                try await shop.ask(.order(#"{"source":"s","reference":"1","lines":[{"sku":"melon","quantity":8}]}"#))
                    .status
                    == 201)
            for (question, status, code) in [
                (Self.adjustment("lost", 3, lot: lot), 409, "promised"),
                (Self.adjustment("lost", 11, lot: lot), 409, "not_there"),
                (Self.adjustment("lost", 1, lot: lot, more: #","quality":"damaged""#), 409, "not_there"),
                (Self.adjustment("lost", 1, lot: nothing), 422, "unknown_lot"),
                (Self.adjustment("lost", 1, lot: lot, location: "Z-9"), 422, "unknown_location"),
                (Self.adjustment("stolen", 1, lot: lot), 422, "invalid_body"),
                (Self.adjustment("lost", 0, lot: lot), 422, "invalid_body"),
                (Self.adjustment("restored", 1, lot: lot), 422, "invalid_body"),
                (.post(#"{"note":"n"}"#, to: "/v1/movements/\(nothing)/reversal"), 404, "not_found"),
                (.post(#"{"note":"n"}"#, to: "/v1/movements/x/reversal"), 404, "not_found"),
                (.post(#"{"note":""}"#, to: "/v1/movements/\(nothing)/reversal"), 422, "invalid_body"),
            ] {
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: status) == code, "\(question.target)")
            }
            let made = try await shop.ask(Self.adjustment("lost", 2, lot: lot))
            #expect(made.status == 201)
            let other = try await shop.ask(Self.adjustment("lost", 1, lot: lot))
            #expect(try other.problem(status: 409) == "reference_conflict")
            guard case .string(let movement)? = try made.json()["movement"] else { return }
            let reversed = try await shop.ask(.post(#"{"note":"n"}"#, to: "/v1/movements/\(movement)/reversal"))
            guard case .string(let reversal)? = try reversed.json()["movement"] else { return }
            let again = try await shop.ask(.post(#"{"note":"n"}"#, to: "/v1/movements/\(reversal)/reversal"))
            #expect(try again.problem(status: 409) == "not_reversible")
            #expect(try await shop.base.number("SELECT count(*) FROM movement") == 3)
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("expired goods are refused line by line, and taken in aside when that is meant", arguments: Door.allCases)
    func expired(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            func delivery(_ more: String) -> Question {
                .post(
                    """
                    {"reference":"RK-1","warehouse":"main","location":"A-01","lines":[\
                    {"sku":"rice","owner":"yimaqiao","quantity":500},\
                    {"sku":"melon","owner":"yimaqiao","quantity":4,"expires_on":"2020-01-31"}]\(more)}
                    """, to: "/v1/inbounds")
            }
            let refused = try await shop.ask(delivery(""))
            #expect(try refused.problem(status: 422) == "expired")
            #expect(try refused.faults() == ["/lines/1/expires_on expired"])
            #expect(try await shop.ask(delivery(#","accept_expired":false"#)).status == 422)
            #expect(try await shop.base.number("SELECT count(*) FROM inbound") == 0)
            #expect(try await shop.ask(delivery(#","accept_expired":true"#)).status == 201)
            #expect(try await shop.ask(.get("/v1/lots?sku=melon")).text.contains(#""quality":"held""#))
            #expect(try await shop.ask(.get("/v1/stock/rice")).text.contains(#""available":500,"#))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("an order that is sold out is told, SKU by SKU, how much was asked for and is left", arguments: Door.allCases)
    func soldOut(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(3, rice: 500)
            let answer = try await shop.ask(
                .order(
                    #"""
                    {"source":"s","reference":"1","lines":[{"sku":"rice","quantity":501},{"sku":"melon","quantity":2},
                        {"sku":"melon","quantity":2}]}
                    """#))
            #expect(try answer.problem(status: 409) == "sold_out")
            #expect(try answer.faults() == ["/lines/0/sku sold_out", "/lines/1/sku sold_out"])
            #expect(
                answer.text.contains("melon: 4 asked for, 3 left")
                    && answer.text.contains("rice: 501 asked for, 500 left"))
        }
    }
}
