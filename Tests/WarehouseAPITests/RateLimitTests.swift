import CloudWarehouse
import EventLoop
import HTTPTypes
import Logging
import Postgres
import Synchronization
import Testing
import WarehouseTesting

@testable import HTTPServer
@testable import WarehouseAPI

@Suite("Rate limits of the API", .onDatabase)
struct RateLimitTests {
    /// A clock that stands until it is moved.
    private final class Clock: Sendable {
        private let nanoseconds = Atomic<Int64>(1_000_000_000_000)
        var now: MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds.load(ordering: .relaxed)) }
        func advance(seconds: Int64) { nanoseconds.add(seconds * 1_000_000_000, ordering: .relaxed) }
    }

    /// Whoever asks an API that keeps rates, from any address.
    private struct Asker: Sendable {
        let shop: Shop
        let api: WarehouseAPI

        func ask(_ question: Question, _ address: String) async throws -> Response {
            var fields = question.fields
            switch question.showing {
            case .operator: fields.append((.authorization, "Bearer \(shop.token.revealed)"))
            case .token(let token): fields.append((.authorization, "Bearer \(token.revealed)"))
            case .fields(let values): fields += values.map { (.authorization, $0) }
            case .nothing: break
            }
            let from = ClientAddress.ip(try #require(IPAddress(address)))
            return await api.answer(
                try Request(method: question.method, target: question.target, fields: fields, from: from))
        }

        func status(_ question: Question, _ address: String) async throws -> Int {
            try await ask(question, address).status.code
        }
    }

    private static func with(
        _ limits: RateLimits, _ body: (Asker, Clock) async throws -> Void
    ) async throws {
        let clock = Clock()
        try await Shop.with(.inProcess) { shop in
            try await shop.base.stockMelons(10)
            let rates = RateLimiter(limits, clock: { clock.now })
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let api = WarehouseAPI(shop.services, readiness: shop.readiness, rates: rates, logger: logger)
            try await body(Asker(shop: shop, api: api), clock)
        }
    }

    private static func retryAfter(_ response: Response) -> String? {
        String(decoding: response.fields.bytes, as: UTF8.self).split(separator: "\r\n").first {
            $0.hasPrefix("Retry-After: ")
        }.map { String($0.dropFirst(13)) }
    }

    @Test("one token has its rate, from wherever it is shown, and another its own")
    func perKey() async throws {
        let limits = RateLimits(perKey: Rate(perMinute: 60, burst: 2), perAddress: nil, failedSignIns: nil)
        try await Self.with(limits) { asker, clock in
            let other = try await asker.shop.base.token(.host)
            for address in ["192.0.2.1", "192.0.2.2"] {
                #expect(try await asker.status(.get("/v1/stock"), address) == 200)
            }
            let refused = try await asker.ask(.get("/v1/stock"), "192.0.2.3")
            #expect(refused.status == .tooManyRequests)
            #expect(Self.retryAfter(refused) == "1")
            #expect(String(decoding: refused.body, as: UTF8.self).contains(#""code":"too_many_requests""#))
            #expect(try await asker.status(.get("/v1/stock").showing(.token(other)), "192.0.2.1") == 200)
            #expect(try await asker.status(.get("/readyz"), "192.0.2.1") == 200)
            #expect(try await asker.status(.get("/livez"), "192.0.2.1") == 200)
            clock.advance(seconds: 1)
            #expect(try await asker.status(.get("/v1/stock"), "192.0.2.3") == 200)
        }
    }

    @Test(
        "one address has its rate, whatever is shown; of IPv6 a whole network of 64 bits has one",
        arguments: [
            ["192.0.2.1", "192.0.2.1", "192.0.2.2"], ["2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1"],
        ])
    func perAddress(addresses: [String]) async throws {
        let limits = RateLimits(perKey: nil, perAddress: Rate(perMinute: 60, burst: 2), failedSignIns: nil)
        let (first, second, other) = (addresses[0], addresses[1], addresses[2])
        try await Self.with(limits) { (asker: Asker, clock: Clock) async throws in
            #expect(try await asker.status(.get("/v1/stock"), first) == 200)
            #expect(try await asker.status(.get("/v1/stock").showing(.nothing), second) == 401)
            #expect(try await asker.status(.get("/v1/stock"), first) == 429)
            #expect(try await asker.status(.get("/nowhere").showing(.nothing), second) == 429)
            #expect(try await asker.status(.get("/livez"), first) == 200)
            #expect(try await asker.status(.get("/v1/stock"), other) == 200)
            clock.advance(seconds: 1)
            #expect(try await asker.status(.get("/v1/stock"), second) == 200)
        }
    }

    @Test("guessing tokens is slow, whoever has a known one is let in, and other addresses are not touched")
    func guessing() async throws {
        let limits = RateLimits(perKey: nil, perAddress: nil, failedSignIns: Rate(perMinute: 1, burst: 3))
        try await Self.with(limits) { asker, clock in
            let unused = try await asker.shop.base.token(.host)
            #expect(try await asker.status(.get("/v1/stock"), "192.0.2.1") == 200)
            for guess in 0..<3 {
                let showing = Showing.fields(["Bearer gaoqing.\(String(repeating: "\(guess)", count: 12)).x"])
                #expect(try await asker.status(.get("/v1/stock").showing(showing), "192.0.2.1") == 401)
            }
            for showing in [Showing.nothing, .fields(["Bearer x"]), .token(unused)] {
                let answer = try await asker.ask(.get("/v1/stock").showing(showing), "192.0.2.1")
                #expect(answer.status == .tooManyRequests)
                #expect(Self.retryAfter(answer) == "60")
            }
            // Known here or not is looked at on the loop's thread only, where requests are answered.
            let known = try await Task(executorPreference: asker.shop.base.pool.loop) {
                try await asker.status(.get("/v1/stock"), "192.0.2.1")
            }.value
            #expect(known == 200)
            #expect(try await asker.status(.get("/v1/stock").showing(.nothing), "192.0.2.2") == 401)
            clock.advance(seconds: 60)
            #expect(try await asker.status(.get("/v1/stock").showing(.token(unused)), "192.0.2.1") == 200)
        }
    }
}
