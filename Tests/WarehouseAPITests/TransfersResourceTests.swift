import CloudWarehouse
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Transfers over HTTP", .onDatabase)
struct TransfersResourceTests {
    private func step(_ body: String, of reference: String = "DB-1") -> Question {
        .post(body, to: "/v1/transfers/\(reference)/steps")
    }

    private func prepare(_ base: TestBase) async throws -> String {
        try await base.stockMelons(100)
        try await base.prepareTransfers([])
        let north = try WarehouseCode("north")
        for (code, storage) in [("N-C", StorageClass.chilled), ("N-W", .ambient)] {
            _ = try await base.stock.addLocation(
                code: LocationCode(code), in: north, storageClass: storage, by: base.principal)
        }
        return try await base.lot(of: Melons.melon)
    }

    private static let request = """
        {"event":"request","request":{"from":"main","to":"north","expected_at":"2020-12-01T18:00:00+08:00","lines":[\
        {"sku":"melon","owner":"yimaqiao","quantity":40}]}}
        """

    @Test("melons go north, and both ends see where they are", arguments: Door.allCases)
    func walk(door: Door) async throws {
        try await Shop.with(door) { shop in
            let lot = try await prepare(shop.base)
            let pick = #"{"event":"pick","pick":{"reference":"p1","lot":"\#(lot)","location":"A-01","quantity":40}}"#
            let steps = [
                (Self.request, "requested"), (#"{"event":"approve"}"#, "approved"), (pick, "picking"),
                (pick, "picking"),
                (#"{"event":"load"}"#, "loaded"), (#"{"event":"depart"}"#, "in_transit"),
            ]
            for (body, state) in steps {
                let answer = try await shop.ask(step(body))
                #expect(answer.status == 200 && answer.text.contains(#""state":"\#(state)""#), "\(answer.text)")
            }
            let late = try await shop.ask(.get("/v1/transfers?warehouse=north&late=true"))
            #expect(late.text.contains(#""expected_at":"2020-12-01T10:00:00.000000Z","late":true"#))
            let arrival = """
                {"event":"arrive","arrival":{"reference":"a1","lot":"\(lot)","received":35,"damaged":3,"lost":2,\
                "location":"N-C","loss":{"reason":"broken","answerable":"张师傅"}}}
                """
            #expect(try await shop.ask(step(arrival)).text.contains(#""state":"closed""#))
            let shown = try await shop.ask(.get("/v1/transfers/DB-1")).text
            #expect(
                shown.contains(
                    #""shipped":40,"received":35,"damaged":3,"lost":2,"in_transit":0"#), "\(shown)")
            #expect(shown.contains("张师傅"))
            #expect(try await shop.ask(.get("/v1/transfers?late=true")).text == #"{"transfers":[]}"#)
            #expect(try await shop.ask(step(Self.request, of: "DB-2")).status == 200)
            let page = try await shop.ask(.get("/v1/transfers?limit=1&warehouse=main")).json()
            guard case .string(let next)? = page["next"] else {
                Issue.record("there is a second page")
                return
            }
            let last = try await shop.ask(.get("/v1/transfers?limit=1&warehouse=main&after=\(next)"))
            #expect(try last.text.contains("DB-1") && last.json()["next"] == nil, "the page is full, and the last")
            #expect(try await shop.ask(.get("/v1/transfers?warehouse=x")).text == #"{"transfers":[]}"#)
            let stock = try await shop.ask(.get("/v1/stock/melon")).text
            #expect(stock.contains(#""available":60"#) && stock.contains(#""available":35"#))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("what is refused says which member is wrong", arguments: Door.allCases)
    func refused(door: Door) async throws {
        try await Shop.with(door) { shop in
            let lot = try await prepare(shop.base)
            for body in [Self.request, #"{"event":"approve"}"#] { _ = try await shop.ask(step(body)) }
            func pick(_ lot: String, _ quantity: Int, at location: String = "A-01") -> Question {
                step(
                    """
                    {"event":"pick","pick":{"reference":"p","lot":"\(lot)","location":"\(location)","quantity":\(quantity)}}
                    """)
            }
            let missing = "00000000-0000-7000-8000-000000000000"
            let expectations: [(Question, Int, String, [String])] = [
                (pick(lot, 41), 409, "beyond_document", ["/pick/quantity beyond_document"]),
                (pick(missing, 1), 422, "unknown_lot", ["/pick/lot unknown_lot"]),
                (pick(lot, 1, at: "x"), 422, "unknown_location", ["/pick/location unknown_location"]),
                (step(#"{"event":"pick"}"#), 422, "invalid_body", ["/pick invalid_body"]),
                (step(#"{"event":"load"}"#), 409, "wrong_state", []),
                (step(#"{"event":"load"}"#, of: "x"), 404, "not_found", []),
                (
                    step(Self.request.replacing(#""from":"main""#, with: #""from":"x""#), of: "2"), 422,
                    "unknown_warehouse", ["/request/from unknown_warehouse"]
                ),
                (
                    step(Self.request.replacing(#""to":"north""#, with: #""to":"x""#), of: "2"), 422,
                    "unknown_warehouse", ["/request/to unknown_warehouse"]
                ),
                (
                    step(Self.request.replacing("melon", with: "x"), of: "2"), 422, "unknown_sku",
                    ["/request/lines/0/sku unknown_sku"]
                ),
                (step(Self.request.replacing("40", with: "41")), 409, "reference_conflict", []),
            ]
            for (question, status, code, faults) in expectations {
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: status) == code, "\(answer.text)")
                if !faults.isEmpty { #expect(try answer.faults() == faults) }
            }
            for body in [#"{"event":"load"}"#, #"{"event":"depart"}"#] {
                _ = try await shop.ask(pick(lot, 10))
                _ = try await shop.ask(step(body))
            }
            let warm = #"{"event":"arrive","arrival":{"reference":"a","lot":"\#(lot)","received":1,"location":"N-W"}}"#
            let unsuited = try await shop.ask(step(warm))
            #expect(try unsuited.problem(status: 409) == "unsuitable_location")
            #expect(try unsuited.faults() == ["/arrival/location unsuitable_location"])
            let unnamed = try await shop.ask(step(warm.replacing("received", with: "damaged")))
            #expect(try unnamed.problem(status: 422) == "invalid_body")
            #expect(unnamed.text.contains("loss where something is damaged or lost"))
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("what is promised is not picked, and what orders in the north take is called for")
    func promised() async throws {
        try await Shop.with(.inProcess) { shop in
            let lot = try await prepare(shop.base)
            let order = #"{"source":"s","reference":"1","lines":[{"sku":"melon","quantity":70}]}"#
            #expect(try await shop.ask(.order(order)).status == 201)
            for body in [Self.request, #"{"event":"approve"}"#] { _ = try await shop.ask(step(body)) }
            let pick = #"{"event":"pick","pick":{"reference":"p","lot":"\#(lot)","location":"A-01","quantity":31}}"#
            let refused = try await shop.ask(step(pick))
            #expect(try refused.problem(status: 409) == "promised")
            #expect(refused.text.contains("only 30 are free") || refused.text.contains("Only 30 are free"))
            #expect(
                try await shop.ask(.get("/v1/warehouses/north/transfer-suggestions")).text == #"{"suggestions":[]}"#)
            #expect(
                try await shop.ask(.get("/v1/warehouses/x/transfer-suggestions")).problem(status: 404) == "not_found")
        }
    }
}
