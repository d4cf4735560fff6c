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
            await api.answer(try request(question, address))
        }

        func askAtOnce(_ question: Question, _ address: String) throws -> Response? {
            api.answerAtOnce(try request(question, address))
        }

        private func request(_ question: Question, _ address: String) throws -> Request {
            var fields = question.fields
            switch question.showing {
            case .operator: fields.append((.authorization, "Bearer \(shop.token.revealed)"))
            case .token(let token): fields.append((.authorization, "Bearer \(token.revealed)"))
            case .fields(let values): fields += values.map { (.authorization, $0) }
            case .nothing: break
            }
            let from = ClientAddress.ip(try #require(IPAddress(address)))
            return try Request(
                method: question.method, target: question.target, fields: fields, body: question.body, from: from)
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
            #expect(String(decoding: refused.body.bytes ?? [], as: UTF8.self).contains(#""code":"too_many_requests""#))
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

    @Test("what is everybody's has the rate of an address too, but for what watches over the service")
    func everybody() async throws {
        let limits = RateLimits(perKey: nil, perAddress: Rate(perMinute: 60, burst: 2), failedSignIns: nil)
        try await Self.with(limits) { asker, clock in
            for target in ["/docs", "/openapi.json"] {
                #expect(try await asker.status(.get(target).showing(.nothing), "192.0.2.1") == 200)
            }
            var refusals = [
                Question.get("/docs"), .get("/docs.css"), .get("/openapi.json"), .post("", to: "/docs", as: nil),
            ]
            refusals += [Question.get("/docs"), .get("*")].map { question in
                var question = question
                question.method = .options
                return question
            }
            for question in refusals {
                let answer = try await asker.ask(question.showing(.nothing), "192.0.2.1")
                #expect(answer.status == .tooManyRequests, "\(question.method) \(question.target)")
                #expect(Self.retryAfter(answer) == "1")
            }
            for target in ["/livez", "/readyz"] {
                for _ in 0..<5 {
                    #expect(try await asker.status(.get(target).showing(.nothing), "192.0.2.1") == 200)
                }
            }
            #expect(try await asker.status(.get("/docs").showing(.nothing), "192.0.2.2") == 200)
            clock.advance(seconds: 1)
            #expect(try await asker.status(.get("/docs").showing(.nothing), "192.0.2.1") == 200)
        }
    }

    @Test("the wrong secret of a token that is in use is guessed no faster than any other", arguments: [true, false])
    func guessingSecrets(atOnce: Bool) async throws {
        let limits = RateLimits(perKey: nil, perAddress: nil, failedSignIns: Rate(perMinute: 1, burst: 3))
        try await Self.with(limits) { asker, _ in
            #expect(try await asker.status(.get("/v1/stock/melon"), "192.0.2.1") == 200)
            let good = asker.shop.token.revealed
            let wrong = good.dropLast() + (good.hasSuffix("2") ? "3" : "2")
            let question = Question.get("/v1/stock/melon").showing(.fields(["Bearer \(wrong)"]))
            // Known here or not is looked at on the loop's thread only, where requests are answered.
            let statuses = try await Task(executorPreference: asker.shop.base.pool.loop) {
                var statuses: [Int] = []
                for _ in 0..<5 {
                    let answer = atOnce ? try asker.askAtOnce(question, "192.0.2.1") : nil
                    let status =
                        if let answer { answer.status.code } else { try await asker.status(question, "192.0.2.1") }
                    statuses.append(status)
                }
                statuses.append(try await asker.status(.get("/v1/stock/melon"), "192.0.2.1"))
                return statuses
            }.value
            #expect(statuses == [401, 401, 401, 429, 429, 200])
            #expect(try await asker.status(question, "192.0.2.2") == 401)
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
            for showing in [Showing.fields(["Basic x"]), .fields(["Bearer x"]), .token(unused)] {
                let answer = try await asker.ask(.get("/v1/stock").showing(showing), "192.0.2.1")
                #expect(answer.status == .tooManyRequests)
                #expect(Self.retryAfter(answer) == "60")
            }
            for question in [Question.get("/v1/stock"), .get("/nowhere")] {
                #expect(try await asker.status(question.showing(.nothing), "192.0.2.1") == 401, "nothing is no guess")
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

    @Test("whoever shows nothing, or a session that is over, guesses nothing: from there one still signs in")
    func deadSessions() async throws {
        let limits = RateLimits(perKey: nil, perAddress: nil, failedSignIns: Rate(perMinute: 1, burst: 3))
        try await Self.with(limits) { asker, clock in
            let (shop, address) = (asker.shop, "192.0.2.1")
            func dead() async throws -> TokenText {
                let session = try await shop.session()
                let prefix = try #require(TokenPrefix(rawValue: String(session.revealed.split(separator: ".")[1])))
                _ = try await shop.base.signIn.end(prefix, by: shop.base.principal)
                return session
            }
            for _ in 0..<5 { #expect(try await asker.status(.get("/v1/stock").showing(.nothing), address) == 401) }
            let one = try await dead()
            for target in ["/v1/stock", "/", "/stock", "/v1/stock", "/v1/stock"] {
                let status = try await asker.status(.get(target).browsing(one), address)
                #expect(status == (target == "/" ? 200 : target == "/stock" ? 303 : 401), "it counts once")
            }
            let living = try await shop.session()
            #expect(try await asker.status(.get("/v1/stock").browsing(living), address) == 200)
            for expected in [401, 401, 429] {
                #expect(try await asker.status(.get("/v1/stock").browsing(try await dead()), address) == expected)
            }
            #expect(try await asker.status(.get("/v1/stock").browsing(one), address) == 401, "as it was told before")
            // Not even browsers that come with ever new ones keep anybody from the page or from signing in.
            #expect(try await asker.status(.get("/").browsing(try await dead()), address) == 200)
            let code = try await shop.code().text.revealed
            let right = Question.form("/sign-in", "code=\(code)").browsing(try await dead())
            #expect(try await asker.status(right, address) == 303)
            #expect(try await asker.status(.get("/v1/stock").showing(.token(shop.token)), address) == 200)
        }
    }

    @Test(
        "codes that are guessed at together are no more than those that are guessed one by one; right ones do not count"
    )
    func guessingTogether() async throws {
        let limits = RateLimits(perKey: nil, perAddress: nil, failedSignIns: Rate(perMinute: 1, burst: 3))
        try await Self.with(limits) { asker, _ in
            for _ in 0..<5 {
                let right = Question.form("/sign-in", "code=\(try await asker.shop.code().text.revealed)").browsing(nil)
                #expect(try await asker.status(right, "192.0.2.1") == 303)
            }
            let wrong = Question.form("/sign-in", "code=7K3Q2-M9XWT").browsing(nil)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await asker.status(wrong, "192.0.2.1") } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 403 }.count == 3 && statuses.filter { $0 == 429 }.count == 17)
        }
    }

    @Test("an address that guesses codes is not heard for a while, not even with a good one; other visitors are")
    func guessingCodes() async throws {
        let limits = RateLimits(perKey: nil, perAddress: nil, failedSignIns: Rate(perMinute: 1, burst: 3))
        try await Self.with(limits) { asker, _ in
            for _ in 0..<5 {
                #expect(
                    try await asker.status(.get("/").browsing(nil), "192.0.2.1") == 200, "a visitor guesses nothing")
            }
            let wrong = Question.form("/sign-in", "code=7K3Q2-M9XWT").browsing(nil)
            for _ in 0..<3 { #expect(try await asker.status(wrong, "192.0.2.1") == 403) }
            #expect(try await asker.status(wrong, "192.0.2.1") == 429)
            let good = try await asker.shop.code().text.revealed
            let right = Question.form("/sign-in", "code=\(good)").browsing(nil)
            #expect(try await asker.status(right, "192.0.2.1") == 429)
            #expect(try await asker.status(.get("/").browsing(nil), "192.0.2.1") == 200)
            #expect(try await asker.shop.base.number("SELECT count(*) FROM token WHERE kind = 'session'") == 0)
            #expect(try await asker.status(right, "192.0.2.2") == 303)
        }
    }
}
