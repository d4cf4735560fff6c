import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("Loading over the API", .onDatabase, .serialized)
struct LoadingsResourceTests {
    private static func step(_ body: String, of reference: String = "XH-1") -> Question {
        .post(body, to: "/v1/loadings/\(reference)/steps")
    }

    private static func plan(_ more: String = "", at warehouse: String = "main") -> Question {
        step(#"{"event":"plan","plan":{"kind":"unload","warehouse":"\#(warehouse)"\#(more)}}"#)
    }

    @Test("a truck is unloaded, and the day's report says by whom, also as CSV", arguments: Door.allCases)
    func walk(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            for _ in 1...2 { #expect(try await shop.ask(Self.plan()).text.contains(#""state":"planned"}"#)) }
            let crew = #"[{"name":"=张三","employment":"staff"},{"name":"李四","employment":"hired"}]"#
            let start = Self.step(#"{"event":"start","start":{"workers":\#(crew)}}"#)
            #expect(try await shop.ask(start).text.contains(#""state":"started"}"#))
            let finish = Self.step(#"{"event":"finish","finish":{"pieces":401,"grams":950000}}"#)
            for _ in 1...2 { #expect(try await shop.ask(finish).text.contains(#""state":"finished"}"#)) }
            let shown = try await shop.ask(.get("/v1/loadings/XH-1")).text
            #expect(shown.contains(#""kind":"unload","warehouse":"main","state":"finished","started_at":""#))
            #expect(shown.contains(#""pieces":401,"grams":950000},"workers":\#(crew)}"#))
            let listed = try await shop.ask(.get("/v1/loadings?state=finished&warehouse=main")).text
            #expect(listed.contains(#""reference":"XH-1""#))
            #expect(try await shop.ask(.get("/v1/loadings?state=planned")).text == #"{"loadings":[]}"#)
            let report = try await shop.ask(.get("/v1/loading-report"))
            #expect(
                report.text.contains(
                    #"{"name":"=张三","employment":"staff","loadings":1,"minutes":0,"pieces":201,"grams":475000}"#))
            let sheet = try await shop.ask(Question.get("/v1/loading-report").with(.accept, "text/csv"))
            let lines = sheet.text.split(whereSeparator: \.isNewline)
            #expect(lines.count == 3)
            #expect(lines[1].hasPrefix("XH-1,unload,main,,,") && lines[1].hasSuffix(",0,'=张三,staff,201,475000"))
            #expect(lines[2].hasSuffix(",0,李四,hired,200,475000"))
            let past = try await shop.ask(.get("/v1/loading-report?day=2026-01-01&warehouse=main"))
            #expect(past.text == #"{"day":"2026-01-01","loadings":[],"people":[]}"#)
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test("what a step lacks or says wrongly is told with its place", arguments: Door.allCases)
    func wrong(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            #expect(try await shop.ask(Self.plan(at: "x")).faults() == ["/plan/warehouse unknown_warehouse"])
            let nowhere = #","subject":{"kind":"inbound","reference":"x"}"#
            #expect(try await shop.ask(Self.plan(nowhere)).faults() == ["/plan/subject/reference invalid_body"])
            #expect(try await shop.ask(Self.step(#"{"event":"cancel"}"#)).problem(status: 404) == "not_found")
            #expect(try await shop.ask(.get("/v1/loadings/XH-1")).problem(status: 404) == "not_found")
            #expect(try await shop.ask(Self.plan()).status == 200)
            #expect(try await shop.ask(Self.plan(nowhere)).faults() == ["/plan reference_conflict"])
            let worker = #"{"name":"张三","employment":"staff"}"#
            for (body, pointer) in [
                (#"{"event":"plan"}"#, "/plan"), (#"{"event":"start"}"#, "/start"), (#"{"event":"finish"}"#, "/finish"),
                (#"{"event":"start","start":{"workers":[]}}"#, "/start/workers"),
                (#"{"event":"start","start":{"workers":[\#(worker),\#(worker)]}}"#, "/start/workers"),
                (
                    #"{"event":"start","start":{"workers":[{"name":"a","employment":"x"}]}}"#,
                    "/start/workers/0/employment"
                ),
                (#"{"event":"start","start":{"workers":[\#(worker)],"at":"now"}}"#, "/start/at"),
                (#"{"event":"finish","finish":{}}"#, "/finish"),
                (#"{"event":"finish","finish":{"pieces":0}}"#, "/finish/pieces"),
            ] {
                let answer = try await shop.ask(Self.step(body))
                #expect(answer.status == 422, "\(body)")
                #expect(try answer.faults().allSatisfy { $0.hasPrefix(pointer + " ") }, "\(body): \(answer.text)")
            }
            let future = Self.step(
                #"{"event":"start","start":{"workers":[\#(worker)],"at":"2099-01-01T00:00:00+08:00"}}"#)
            let refused = try await shop.ask(future)
            #expect(refused.status == 422 && refused.text.contains("has not come yet"))
            let early = Self.step(#"{"event":"finish","finish":{"pieces":1}}"#)
            #expect(try await shop.ask(early).problem(status: 409) == "wrong_state")
            for query in ["?day=2026-02-30", "?day=2026-02-01&day=2026-02-02", "?limit=5"] {
                #expect(
                    try await shop.ask(.get("/v1/loading-report" + query)).problem(status: 400) == "invalid_parameter")
            }
        }
    }
}
