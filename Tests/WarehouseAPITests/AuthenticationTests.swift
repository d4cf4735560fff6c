import CloudWarehouse
import EventLoop
import HTTPServer
import HTTPTypes
import Logging
import Testing
import WarehouseTesting

// The loop has a Readiness too.
import class WarehouseAPI.Readiness

@testable import WarehouseAPI

@Suite("Who is told nothing", .onDatabase, .serialized)
struct AuthenticationTests {
    /// What is no good token, each in its own way.
    private func refused(in shop: Shop) async throws -> [(what: String, showing: Showing)] {
        let good = shop.token.revealed
        let wrong = good.dropLast(2) + (good.hasSuffix("00") ? "11" : "00")
        let revoked = try await shop.base.token(.operator)
        let prefix = try #require(TokenPrefix(rawValue: String(revoked.revealed.split(separator: ".")[1])))
        _ = try await shop.base.tokens.revoke(prefix, by: shop.base.principal)
        let expired = try await shop.base.token(.operator, expiry: TokenExpiry(days: 1))
        try await shop.base.age(expired, byDays: 2)
        let unknown = "gaoqing.000000000000." + String(repeating: "0", count: 32)
        return [
            ("no field", .nothing),
            ("another scheme", .fields(["Basic \(good)"])), ("no scheme", .fields([good])),
            ("only the scheme", .fields(["Bearer"])), ("an empty field", .fields([""])),
            ("the scheme without a space", .fields(["Bearer\(good)"])), ("a comma", .fields(["Bearer,\(good)"])),
            ("garbled", .fields(["Bearer 瓜"])), ("a token and more", .fields(["Bearer \(good) x"])),
            ("quoted", .fields(["Bearer \"\(good)\""])),
            ("long", .fields(["Bearer " + String(repeating: "x", count: 20_000)])),
            ("an unknown prefix", .fields(["Bearer \(unknown)"])), ("a wrong secret", .fields(["Bearer \(wrong)"])),
            ("revoked", .token(revoked)), ("expired", .token(expired)),
            ("another base's", .fields(["Bearer \(good.replacing("gaoqing", with: "taosun"))"])),
            ("good, twice", .fields(["Bearer \(good)", "Bearer \(good)"])),
            ("good and bad", .fields(["Bearer \(good)", "Bearer \(unknown)"])),
        ]
    }

    @Test("whatever is no good token is answered alike, byte for byte, and changes nothing", arguments: Door.allCases)
    func alike(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let order = Question.order(#"{"source":"s","reference":"1","lines":[{"sku":"melon","quantity":1}]}"#)
            let first = try await shop.ask(.get("/v1/stock").showing(.nothing))
            #expect(try first.problem(status: 401) == "unauthenticated")
            #expect(first[.wwwAuthenticate] == "Bearer")
            for (what, showing) in try await refused(in: shop) {
                // Twice, since the second time something is remembered.
                for question in [order, .get("/v1/stock"), .get("/v1/stock")] {
                    let answer = try await shop.ask(question.showing(showing))
                    #expect(answer.withoutDate == first.withoutDate, "\(what)")
                }
            }
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 0)
            #expect(try await shop.ask(order).status == 201, "the good token is still good")
        }
    }

    @Test("the scheme's case does not matter, and the spaces after it do not", arguments: Door.allCases)
    func scheme(door: Door) async throws {
        try await Shop.with(door) { shop in
            for scheme in ["Bearer ", "bearer ", "BEARER ", "bEaReR   "] {
                let showing = Showing.fields([scheme + shop.token.revealed])
                let answer = try await shop.ask(.get("/v1/stock").showing(showing))
                #expect(answer.status == 200, "\(scheme)")
            }
        }
    }

    @Test("without a token nobody learns which paths, methods and parameters there are", arguments: Door.allCases)
    func paths(door: Door) async throws {
        try await Shop.with(door) { shop in
            let first = try await shop.ask(.get("/v1/stock").showing(.nothing))
            for target in [
                "/nowhere", "/v1/nowhere", "/v1/stock/%00", "/v1/stock?x=1", "/v1/orders", "/v1/stock/melon",
            ] {
                for method in [HTTPRequest.Method.get, .post, .delete, .options] {
                    let answer = try await shop.ask(Question(showing: .nothing, method: method, target: target))
                    #expect(answer.withoutDate == first.withoutDate, "\(method) \(target)")
                }
            }
            let token = shop.token.revealed
            let inQuery = try await shop.ask(.get("/v1/stock?access_token=\(token)").showing(.nothing))
            #expect(inQuery.withoutDate == first.withoutDate, "a token is not taken from a URL")
        }
    }

    @Test("what tells nothing of the base is told to everybody, whatever they show", arguments: Door.allCases)
    func open(door: Door) async throws {
        try await Shop.with(door) { shop in
            for showing in [Showing.nothing, .fields(["Bearer x"]), .operator] {
                for target in ["/livez", "/readyz"] {
                    #expect(try await shop.ask(.get(target).showing(showing)).status == 200)
                    let options = try await shop.ask(Question(showing: showing, method: .options, target: target))
                    #expect(options.status == 204)
                    let wrong = try await shop.ask(Question(showing: showing, method: .delete, target: target))
                    #expect(try wrong.problem(status: 405) == "method_not_allowed")
                }
                #expect(try await shop.ask(Question(showing: showing, method: .options, target: "*")).status == 204)
            }
        }
    }

    @Test("a service that starts tells why it is not ready, and asks nobody who they are")
    func starting() async throws {
        let readiness = Readiness()
        readiness.report(.notReady("The database is down."))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let api = WarehouseAPI(readiness: readiness, logger: logger)
        for target in ["/v1/stock", "/v1/nowhere", "/v1/stock/%00"] {
            let response = try await api.answer(Request(target: target))
            #expect(response.status == .serviceUnavailable)
            #expect(String(decoding: response.body.bytes ?? [], as: UTF8.self).contains("The database is down."))
        }
        let alive = try await api.answer(Request(target: "/livez"))
        #expect(alive.status == .ok)
    }

    @Test(
        "where nobody can tell who asks, nobody is refused who may be right, and whoever shows nothing is",
        arguments: Door.allCases)
    func databaseGone(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.run(script: "ALTER TABLE token RENAME TO token_elsewhere")
            let good = try await shop.ask(.get("/v1/stock"))
            #expect(try good.problem(status: 500) == "internal_error")
            #expect(try await shop.ask(.get("/v1/stock").showing(.nothing)).status == 401)
            try await shop.base.run(script: "ALTER TABLE token_elsewhere RENAME TO token")
            #expect(try await shop.ask(.get("/v1/stock")).status == 200)
        }
    }
}
