import HTTPTypes
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Finding the route of a request", .onDatabase, .serialized)
struct RoutingTests {
    @Test("an unknown path is answered 404", arguments: Door.allCases)
    func unknownPaths(door: Door) async throws {
        let targets = [
            "/v1", "/v1/", "/v2/stock", "/v1/stock/a/b", "/V1/stock", "//v1/stock", "/v1/orders/1/x",
            "/v1/stock/a/",
        ]
        try await Shop.with(door) { shop in
            for target in targets {
                for method in [HTTPRequest.Method.get, .post, .options] {
                    let answer = try await shop.ask(Question(method: method, target: target))
                    #expect(try answer.problem(status: 404) == "not_found", "\(method) \(target)")
                    #expect(answer[.allow] == nil)
                }
            }
        }
    }

    private static let allowed = [
        ("/v1/orders", "POST, GET, HEAD, OPTIONS"), ("/v1/orders/1/cancel", "POST, OPTIONS"),
        ("/v1/stock", "GET, HEAD, OPTIONS"),
        ("/v1/stock/melon", "GET, HEAD, OPTIONS"), ("/livez", "GET, HEAD, OPTIONS"),
    ]

    @Test("another method is answered 405 with those that there are, and OPTIONS lists them", arguments: Door.allCases)
    func methods(door: Door) async throws {
        let wrong = try #require(HTTPRequest.Method("BREW"))
        try await Shop.with(door) { shop in
            for (target, allowed) in Self.allowed {
                for method in [HTTPRequest.Method.delete, .put, .patch, wrong] {
                    let answer = try await shop.ask(Question(method: method, target: target))
                    #expect(try answer.problem(status: 405) == "method_not_allowed", "\(method) \(target)")
                    #expect(answer[.allow] == allowed)
                }
                let options = try await shop.ask(Question(method: .options, target: target))
                #expect(options.status == 204)
                #expect(options[.allow] == allowed)
                #expect(options.body.isEmpty)
            }
        }
    }

    @Test("OPTIONS * tells that the server is there", arguments: Door.allCases)
    func optionsOfTheServer(door: Door) async throws {
        try await Shop.with(door) { shop in
            let answered = try await shop.ask(Question(method: .options, target: "*")).status
            #expect(answered == 204)
        }
    }

    @Test("a body in a coding is answered 415 with what would do, whatever it says", arguments: Door.allCases)
    func codedBody(door: Door) async throws {
        try await Shop.with(door) { shop in
            for coding in ["gzip", "br, gzip", "x"] {
                let answer = try await shop.ask(.order("{}").with(.contentEncoding, coding))
                #expect(try answer.problem(status: 415) == "unsupported_media_type")
                #expect(answer[.acceptEncoding] == "identity")
            }
            let plain = try await shop.ask(.order("{}").with(.contentEncoding, "Identity"))
            #expect(try plain.problem(status: 422) == "invalid_body")
        }
    }

    @Test("HEAD has the head of GET and no content", arguments: Door.allCases)
    func head(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            for target in [
                "/v1/stock", "/v1/stock/melon", "/v1/stock/durian", "/v1/stock?limit=0", "/livez", "/nowhere",
            ] {
                let get = try await shop.ask(.get(target))
                let head = try await shop.ask(Question(method: .head, target: target))
                #expect(head.status == get.status, "\(target)")
                #expect(head.body.isEmpty)
                let compared = { (answer: Answer) in
                    answer.fields.filter { $0.name != "date" && $0.name != "x-request-id" }.map {
                        "\($0.name): \($0.value)"
                    }
                }
                #expect(compared(head) == compared(get), "\(target)")
            }
        }
    }

    @Test("/livez and /readyz say how the service does", arguments: Door.allCases)
    func health(door: Door) async throws {
        try await Shop.with(door) { shop in
            for target in ["/livez", "/readyz", "/readyz?from=a-load-balancer"] {
                let answer = try await shop.ask(.get(target))
                #expect(answer.status == 200)
                #expect(answer[.cacheControl] == "no-store")
            }
            #expect(try await shop.ask(.get("/readyz")).text == #"{"state":"ready"}"#)
            shop.readiness.report(.ready(warning: "the partitions end with this month"))
            let warned = try await shop.ask(.get("/readyz"))
            #expect(warned.text == #"{"state":"ready; the partitions end with this month"}"#)
            shop.readiness.report(.notReady("The schema is newer than this program: install a newer one."))
            let unready = try await shop.ask(.get("/readyz"))
            #expect(try unready.problem(status: 503) == "unavailable")
            #expect(unready[.retryAfter] == "1")
            #expect(unready.text.contains("install a newer one"))
            #expect(try await shop.ask(.get("/livez")).text == #"{"state":"alive"}"#, "it lives all the same")
        }
    }
}
