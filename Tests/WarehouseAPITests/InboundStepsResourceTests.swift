import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("Deliveries step by step over the API", .onDatabase, .serialized)
struct InboundStepsResourceTests {
    private static func step(_ body: String, of reference: String = "RK-7") -> Question {
        .post(body, to: "/v1/inbounds/\(reference)/steps")
    }

    private static func count(_ key: String, _ quantity: Int, _ more: String = "", sku: String = "melon") -> Question {
        step(
            """
            {"event":"count","count":{"reference":"\(key)","location":"A-01","sku":"\(sku)","owner":"yimaqiao",\
            "quantity":\(quantity)\(more)}}
            """)
    }

    private static let announcement = step(
        """
        {"event":"announce","warehouse":"main","lines":[{"sku":"melon","owner":"yimaqiao","quantity":400}]}
        """)

    @Test(
        "a delivery is announced, counted, released and put away, and its goods are on the board",
        arguments: Door.allCases)
    func walk(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            _ = try await shop.base.stock.addLocation(
                code: LocationCode("B-01"), in: Melons.warehouse, storageClass: .chilled, by: shop.base.principal)
            _ = try await shop.base.stock.changeLocation(
                Melons.location, in: Melons.warehouse, by: shop.base.principal
            ) {
                $0.purpose = .receiving
            }
            let person = Showing.token(try await shop.base.token(.warehouse))
            for _ in 1...2 {
                let announced = try await shop.ask(Self.announcement.showing(person))
                #expect(announced.status == 200 && announced.text.contains(#""state":"announced"}"#))
            }
            #expect(try await shop.ask(Self.step(#"{"event":"arrive","warehouse":"main"}"#)).status == 200)
            let findings = #","grade":"特级","findings":{"rejected":20,"reason":"damaged","weighed_grams":900000}"#
            let counted = try await shop.ask(Self.count("c1", 360, findings))
            guard case .string(let lot)? = try counted.json()["lot"] else {
                Issue.record("no lot: \(counted.text)")
                return
            }
            #expect(try await shop.ask(Self.count("c1", 360, findings)).text == counted.text)
            #expect(try await shop.ask(Self.count("c1", 361, findings)).problem(status: 409) == "reference_conflict")
            #expect(try await shop.ask(Self.step(#"{"event":"release"}"#)).problem(status: 409) == "wrong_state")
            #expect(try await shop.ask(Self.step(#"{"event":"finish"}"#)).text.contains(#""state":"received"}"#))
            #expect(try await shop.ask(.get("/v1/stock/melon")).problem(status: 404) == "not_found")
            #expect(try await shop.ask(Self.step(#"{"event":"release"}"#)).text.contains(#""state":"released"}"#))
            #expect(try await shop.ask(.get("/v1/stock/melon")).text.contains(#""available":360,"#))
            let shown = try await shop.ask(.get("/v1/inbounds/RK-7")).text
            #expect(shown.contains(#""expected":400,"received":360,"rejected":20"#))
            #expect(shown.contains(#""unit":"piece","quantity":360,"quality":"good","location":"B-01"}]"#), "\(shown)")
            let away = #"{"event":"put_away","put_away":{"reference":"p","lot":"\#(lot)","location":"B-01"}}"#
            #expect(try await shop.ask(Self.step(away)).text.contains(#""state":"stored"}"#))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("a count is taken back; a shelf that is full says how much is free", arguments: Door.allCases)
    func wrongCount(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let (stock, by) = (shop.base.stock, shop.base.principal)
            let room = LocationTerms(storageClass: .chilled, capacity: Capacity(try Quantity(5), of: .piece))
            _ = try await stock.addLocation(code: LocationCode("B-01"), in: Melons.warehouse, terms: room, by: by)
            _ = try await stock.changeLocation(Melons.location, in: Melons.warehouse, by: by) {
                $0.purpose = .receiving
            }
            #expect(try await shop.ask(Self.step(#"{"event":"arrive","warehouse":"main"}"#)).status == 200)
            #expect(try await shop.ask(Self.count("c1", 9)).status == 200)
            let retraction = Self.step(#"{"event":"retract","retraction":{"count":"c1","note":"重复"}}"#)
            for _ in 1...2 { #expect(try await shop.ask(retraction).text.contains(#""state":"arrived"}"#)) }
            #expect(try await shop.ask(Self.count("c1", 9)).faults() == ["/count/reference reference_conflict"])
            let unknown = Self.step(#"{"event":"retract","retraction":{"count":"x","note":"n"}}"#)
            #expect(try await shop.ask(unknown).problem(status: 404) == "not_found")
            for body in [
                #"{"event":"retract"}"#, #"{"event":"correct"}"#, #"{"event":"retract","retraction":{"count":"c1"}}"#,
            ] {
                #expect(try await shop.ask(Self.step(body)).status == 422, "\(body)")
            }
            guard case .string(let lot)? = try await shop.ask(Self.count("c2", 6)).json()["lot"] else {
                Issue.record("no lot")
                return
            }
            for event in ["finish", "release"] {
                #expect(try await shop.ask(Self.step(#"{"event":"\#(event)"}"#)).status == 200)
            }
            func away(_ more: String) -> Question {
                Self.step(
                    #"{"event":"put_away","put_away":{"reference":"p","lot":"\#(lot)","location":"B-01"\#(more)}}"#)
            }
            let full = try await shop.ask(away(""))
            #expect(try full.problem(status: 409) == "no_room" && full.text.contains("takes only 5 more"))
            #expect(try full.faults() == ["/put_away/location no_room"])
            #expect(try await shop.ask(away(#","quality":"held""#)).problem(status: 409) == "not_there")
            #expect(try await shop.ask(away(#","over":true"#)).text.contains(#""state":"stored"}"#))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("the list by state, owner, warehouse and day; a cooperative sees its own, whatever it asks for")
    func list() async throws {
        try await Shop.with(.inProcess) { shop in
            try await shop.base.stockMelons(10, rice: 500)
            _ = try await shop.base.catalog.addOwner(
                code: OwnerCode("pingan"), name: Name("平安"), kind: .cooperative, by: shop.base.principal)
            #expect(
                try await shop.ask(
                    Self.step(
                        """
                        {"event":"announce","warehouse":"main","lines":[{"sku":"rice","owner":"pingan","quantity":400}]}
                        """)
                ).status == 200)
            let own = Showing.token(try await shop.base.token(.cooperative))
            func references(_ query: String, _ showing: Showing? = nil) async throws -> [String] {
                let question = Question.get("/v1/inbounds" + query)
                let answer = try await shop.ask(showing.map { question.showing($0) } ?? question)
                #expect(answer.status == 200, "\(answer.text)")
                return answer.text.matches(of: /"reference":"([^"]*)"/).map { String($0.1) }
            }
            #expect(try await references("") == ["RK-7", "RK-1"])
            #expect(try await references("?state=announced&warehouse=main") == ["RK-7"])
            #expect(try await references("?owner=yimaqiao") == ["RK-1"])
            #expect(try await references("?through=2026-01-01") == [])
            #expect(try await references("", own) == ["RK-1"])
            #expect(try await references("?owner=pingan", own) == [])
            #expect(try await references("?state=announced", own) == [])
            let first = try await shop.ask(.get("/v1/inbounds?limit=1"))
            guard case .string(let next)? = try first.json()["next"] else {
                Issue.record("no next page: \(first.text)")
                return
            }
            #expect(try await references("?limit=1&after=\(next)") == ["RK-1"])
            for query in ["?state=x", "?from=2026-13-01", "?limit=501", "?to=2026-01-01", "?owner="] {
                #expect(
                    try await shop.ask(.get("/v1/inbounds" + query)).problem(status: 400) == "invalid_parameter")
            }
            let foreign = try await shop.ask(Question.get("/v1/inbounds/RK-7").showing(own))
            let missing = try await shop.ask(Question.get("/v1/inbounds/RK-8").showing(own))
            #expect(foreign.status == 404 && foreign.text.count == missing.text.count)
        }
    }

    @Test("what a step lacks or names wrongly is told with its place", arguments: Door.allCases)
    func wrong(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            for (body, fault) in [
                (#"{"event":"announce","warehouse":"main"}"#, "/lines invalid_body"),
                (#"{"event":"arrive"}"#, "/warehouse invalid_body"), (#"{"event":"count"}"#, "/count invalid_body"),
                (#"{"event":"put_away"}"#, "/put_away invalid_body"), (#"{"event":"x"}"#, "/event not_a_choice"),
                (#"{"event":"arrive","warehouse":"x"}"#, "/warehouse unknown_warehouse"),
            ] {
                let answer = try await shop.ask(Self.step(body))
                #expect(answer.status == 422)
                #expect(try answer.faults() == [fault], "\(body)")
            }
            #expect(try await shop.ask(Self.step(#"{"event":"finish"}"#)).problem(status: 404) == "not_found")
            #expect(try await shop.ask(.get("/v1/inbounds/RK-7")).problem(status: 404) == "not_found")
            #expect(try await shop.ask(Self.step(#"{"event":"arrive","warehouse":"main"}"#)).status == 200)
            #expect(try await shop.ask(Self.count("c", 1, sku: "x")).faults() == ["/count/sku unknown_sku"])
            let elsewhere = Self.step(
                """
                {"event":"count","count":{"reference":"c","location":"Z","sku":"melon","owner":"yimaqiao","quantity":1}}
                """)
            #expect(try await shop.ask(elsewhere).faults() == ["/count/location unknown_location"])
            let reasonless = try await shop.ask(Self.count("c", 1, #","findings":{"rejected":1}"#))
            #expect(reasonless.status == 422)
        }
    }
}
