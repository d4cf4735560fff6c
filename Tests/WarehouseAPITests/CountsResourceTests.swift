import CloudWarehouse
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Counts over HTTP", .onDatabase)
struct CountsResourceTests {
    private func step(_ body: String, of reference: String = "PD-1") -> Question {
        .post(body, to: "/v1/counts/\(reference)/steps")
    }

    private func count(_ lot: String, _ melons: Int, as key: String) -> Question {
        step(
            #"{"event":"count","count":{"reference":"\#(key)","lot":"\#(lot)","location":"A-01","counted":\#(melons)}}"#
        )
    }

    private static let plan = #"{"event":"plan","plan":{"warehouse":"main","location":"A-01"}}"#

    @Test("a blind count, counted again, explained and approved", arguments: Door.allCases)
    func walk(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(100)
            let lot = try await shop.base.lot(of: Melons.melon)
            let due = try await shop.ask(.get("/v1/warehouses/main/due-counts"))
            #expect(due.text == #"{"due":[{"sku":"melon","name":"伊马乔大棚甜瓜","class":"a"}]}"#)
            #expect(try await shop.ask(step(Self.plan)).status == 200)
            #expect(try await shop.ask(count(lot, 90, as: "1")).text.contains(#""needs_recount":true"#))
            let blind = try await shop.ask(.get("/v1/counts/PD-1")).text
            #expect(blind.contains(#""counted":90"#) && !blind.contains("expected"), "\(blind)")
            #expect(try await shop.ask(step(#"{"event":"finish"}"#)).problem(status: 409) == "wrong_state")
            #expect(try await shop.ask(count(lot, 91, as: "2")).text.contains(#""needs_recount":false"#))
            #expect(try await shop.ask(step(#"{"event":"finish"}"#)).text.contains(#""state":"counted""#))
            let told = try await shop.ask(.get("/v1/counts/PD-1")).text
            #expect(told.contains(#""expected":100,"counted":91,"times":2"#), "\(told)")
            let unexplained = try await shop.ask(step(#"{"event":"approve"}"#))
            #expect(try unexplained.problem(status: 409) == "wrong_state")
            let explanation = """
                {"event":"explain","explanation":{"reference":"e","lot":"\(lot)","location":"A-01","reason":"stolen",\
                "answerable":"王师傅"}}
                """
            #expect(try await shop.ask(step(explanation)).status == 200)
            for _ in 1...2 {
                #expect(try await shop.ask(step(#"{"event":"approve"}"#)).text.contains(#""state":"posted""#))
            }
            #expect(try await shop.ask(.get("/v1/stock/melon")).text.contains(#""available":91"#))
            let shrinkage = try await shop.ask(.get("/v1/shrinkage")).text
            #expect(shrinkage.contains(#""reason":"stolen","answerable":"王师傅","missing":9"#), "\(shrinkage)")
            #expect(try await shop.ask(.get("/v1/shrinkage?through=2020-01-01")).text == #"{"shrinkage":[]}"#)
            #expect(try await shop.ask(.get("/v1/counts?warehouse=main")).text.contains("PD-1"))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("what is refused says which member is wrong", arguments: Door.allCases)
    func refused(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(100)
            let missing = "00000000-0000-7000-8000-000000000000"
            _ = try await shop.ask(step(Self.plan))
            let expectations: [(Question, Int, String, [String])] = [
                (count(missing, 1, as: "1"), 422, "unknown_lot", ["/count/lot unknown_lot"]),
                (step(#"{"event":"count"}"#), 422, "invalid_body", ["/count invalid_body"]),
                (
                    step(Self.plan.replacing("main", with: "x"), of: "2"), 422, "unknown_warehouse",
                    ["/plan/warehouse unknown_warehouse"]
                ),
                (
                    step(Self.plan.replacing("A-01", with: "x"), of: "2"), 422, "unknown_location",
                    ["/plan/location unknown_location"]
                ),
                (
                    step(#"{"event":"plan","plan":{"warehouse":"main","sku":"x"}}"#, of: "2"), 422, "unknown_sku",
                    ["/plan/sku unknown_sku"]
                ),
                (step(#"{"event":"plan","plan":{"warehouse":"main"}}"#, of: "2"), 422, "invalid_body", []),
                (step(#"{"event":"plan","plan":{"warehouse":"main","sku":"melon"}}"#), 409, "reference_conflict", []),
                (step(#"{"event":"approve"}"#), 409, "wrong_state", []),
                (step(#"{"event":"finish"}"#), 409, "wrong_state", []),
                (step(#"{"event":"approve"}"#, of: "x"), 404, "not_found", []),
            ]
            for (question, status, code, faults) in expectations {
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: status) == code, "\(answer.text)")
                if !faults.isEmpty { #expect(try answer.faults() == faults) }
            }
            #expect(try await shop.base.differences().isEmpty)
        }
    }
}
