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
            #expect(shown.contains(#""unit":"piece","quantity":360,"location":"B-01"}]"#), "\(shown)")
            let away = #"{"event":"put_away","put_away":{"reference":"p","lot":"\#(lot)","location":"B-01"}}"#
            #expect(try await shop.ask(Self.step(away)).text.contains(#""state":"stored"}"#))
            #expect(try await shop.base.differences().isEmpty)
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
