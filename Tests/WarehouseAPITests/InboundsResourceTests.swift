import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("Deliveries over the API", .onDatabase, .serialized)
struct InboundsResourceTests {
    private static func delivery(
        _ reference: String = "RK-1", warehouse: String = "main", location: String = "A-01",
        lines: String = #"{"sku":"melon","owner":"yimaqiao","quantity":3}"#
    ) -> Question {
        .post(
            """
            {"reference":"\(reference)","warehouse":"\(warehouse)","location":"\(location)","lines":[\(lines)]}
            """, to: "/v1/inbounds")
    }

    private static let full = """
        {"sku":"melon","owner":"yimaqiao","quantity":3,"harvested_on":"2026-11-20","expires_on":"2099-11-30",\
        "grade":"特级"},{"sku":"rice","owner":"yimaqiao","quantity":5000}
        """

    @Test(
        "a delivery is on the board with its answer, in the ledger, and audited as who received it",
        arguments: Door.allCases)
    func receive(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let person = Showing.token(try await shop.base.token(.warehouse))
            let answer = try await shop.ask(Self.delivery("入库 1", lines: Self.full).showing(person))
            #expect(answer.status == 201)
            let json = try answer.json()
            guard case .string(let id)? = json["id"], case .string(let at)? = json["received_at"] else {
                Issue.record("no id or time: \(answer.text)")
                return
            }
            #expect(answer.text == #"{"id":"\#(id)","reference":"入库 1","received_at":"\#(at)"}"#)
            let stock = try await shop.ask(.get("/v1/stock/melon"))
            #expect(stock.text.contains(#""available":3,"#), "the board shows it at once: \(stock.text)")
            #expect(
                try await shop.base.number(
                    """
                    SELECT count(*) FROM lot WHERE harvested_on = '2026-11-20' AND expires_on = '2099-11-30'
                    AND grade = '特级'
                    """) == 1)
            #expect(try await shop.base.number("SELECT sum(on_hand)::bigint FROM balance") == 5_003)
            #expect(
                try await shop.base.number(
                    """
                    SELECT count(*) FROM audit WHERE action = 'inbound.receive' AND subject = '入库 1'
                    AND actor = 'a warehouse' AND origin LIKE 'token %'
                    """) == 1)
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test(
        "the same delivery again is the same answer; another one under its reference is a conflict",
        arguments: Door.allCases)
    func again(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let first = try await shop.ask(Self.delivery())
            #expect(first.status == 201)
            let others = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<4 { group.addTask { try await shop.ask(Self.delivery()) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for answer in others { #expect(answer.status == 201 && answer.body == first.body) }
            for other in [
                Self.delivery(lines: #"{"sku":"melon","owner":"yimaqiao","quantity":4}"#),
                Self.delivery(lines: #"{"sku":"melon","owner":"yimaqiao","quantity":3,"grade":"A"}"#),
                Self.delivery(location: "B-01"),
            ] {
                let answer = try await shop.ask(other)
                #expect(try answer.problem(status: 409) == "reference_conflict")
                #expect(try answer.faults() == ["/reference reference_conflict"])
            }
            #expect(try await shop.base.number("SELECT sellable FROM pool") == 3)
            #expect(try await shop.base.number("SELECT count(*) FROM audit WHERE action = 'inbound.receive'") == 1)
        }
    }

    @Test(
        "everything that a delivery names and there is not is named at once, and nothing is received",
        arguments: Door.allCases)
    func unknown(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let good = #"{"sku":"melon","owner":"yimaqiao","quantity":1}"#
            let lines = #"\#(good),{"sku":"x","owner":"yimaqiao","quantity":1},{"sku":"x","owner":"y","quantity":1}"#
            let named = ["/lines/1/sku unknown_sku", "/lines/2/sku unknown_sku", "/lines/2/owner unknown_owner"]
            for (question, faults) in [
                (Self.delivery(warehouse: "x"), ["/warehouse unknown_warehouse"]),
                (Self.delivery(location: "x"), ["/location unknown_location"]),
                (Self.delivery(lines: lines), named),
                (Self.delivery(warehouse: "x", lines: lines), ["/warehouse unknown_warehouse"] + named),
                (Self.delivery(location: "x", lines: lines), ["/location unknown_location"] + named),
            ] {
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: 422) == faults[0].split(separator: " ")[1])
                #expect(try answer.faults() == faults)
            }
            #expect(try await shop.base.number("SELECT count(*) FROM inbound") == 0)
            #expect(try await shop.base.number("SELECT count(*) FROM lot") == 0)
            #expect(try await shop.ask(Self.delivery()).status == 201, "the reference is still free")
        }
    }

    @Test("what is no delivery is refused, each field by name", arguments: Door.allCases)
    func invalid(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            func line(_ more: String, quantity: String = "1") -> String {
                #"{"sku":"melon","owner":"yimaqiao","quantity":\#(quantity)\#(more)}"#
            }
            for (lines, faults) in [
                ("", ["/lines wrong_count"]),
                (line("", quantity: "0"), ["/lines/0/quantity out_of_range"]),
                (line("", quantity: "1.0"), ["/lines/0/quantity not_an_integer"]),
                (line(#","harvested_on":"2026-02-30""#), ["/lines/0/harvested_on wrong_format"]),
                (line(#","expires_on":"26-11-23""#), ["/lines/0/expires_on wrong_length"]),
                (line(#","expires_on":20261123"#), ["/lines/0/expires_on wrong_type"]),
                (
                    line("") + "," + line(#","harvested_on":"2026-11-23","expires_on":"2026-11-22""#),
                    ["/lines/1 wrong_format"]
                ),
                (line(#","grade":"""#), ["/lines/0/grade wrong_length"]),
                (line(#","lot":"1""#), ["/lines/0/lot unknown_field"]),
            ] {
                let answer = try await shop.ask(Self.delivery(lines: lines))
                #expect(try answer.problem(status: 422) == "invalid_body", "\(lines)")
                #expect(try answer.faults() == faults, "\(lines)")
            }
            let reference = try await shop.ask(Self.delivery(#"a\nb"#))
            #expect(try reference.faults() == ["/reference wrong_format"])
            #expect(try await shop.base.number("SELECT count(*) FROM inbound") == 0)
            let sameDay = line(#","harvested_on":"2099-11-23","expires_on":"2099-11-23","grade":null"#)
            #expect(try await shop.ask(Self.delivery(lines: sameDay)).status == 201)
        }
    }

    @Test("more than a pool can count is refused by name, and nothing of it is received", arguments: Door.allCases)
    func tooMuch(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(1)
            try await shop.base.run(script: "UPDATE pool SET sellable = 999999999999999")
            let answer = try await shop.ask(Self.delivery("RK-2"))
            #expect(try answer.problem(status: 422) == "quantity_too_large")
            #expect(try answer.faults() == ["/lines/0/quantity quantity_too_large"])
            #expect(try await shop.base.number("SELECT count(*) FROM inbound") == 1)
            let one = Self.delivery("RK-3", lines: #"{"sku":"melon","owner":"yimaqiao","quantity":1}"#)
            #expect(try await shop.ask(one).status == 201)
        }
    }
}
