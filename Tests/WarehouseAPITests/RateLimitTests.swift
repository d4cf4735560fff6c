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
    @Test("one token has its rate, from wherever it is shown, and another its own")
    func perKey() async throws {
        let limits = RateLimits(perKey: Rate(perMinute: 60, burst: 2), perAddress: nil, failedSignIns: nil)
        try await RateAsker.with(limits) { asker, clock in
            let other = try await asker.shop.base.token(.host)
            for address in ["192.0.2.1", "192.0.2.2"] {
                #expect(try await asker.status(.get("/v1/stock"), address) == 200)
            }
            let refused = try await asker.ask(.get("/v1/stock"), "192.0.2.3")
            #expect(refused.status == .tooManyRequests)
            #expect(RateAsker.retryAfter(refused) == "1")
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
        try await RateAsker.with(limits) { (asker: RateAsker, clock: RateAsker.Clock) async throws in
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
        try await RateAsker.with(limits) { asker, clock in
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
                #expect(RateAsker.retryAfter(answer) == "1")
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
        try await RateAsker.with(limits) { asker, _ in
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
        try await RateAsker.with(limits) { asker, clock in
            let unused = try await asker.shop.base.token(.host)
            #expect(try await asker.status(.get("/v1/stock"), "192.0.2.1") == 200)
            for guess in 0..<3 {
                let showing = Showing.fields(["Bearer gaoqing.\(String(repeating: "\(guess)", count: 12)).x"])
                #expect(try await asker.status(.get("/v1/stock").showing(showing), "192.0.2.1") == 401)
            }
            for showing in [Showing.fields(["Basic x"]), .fields(["Bearer x"]), .token(unused)] {
                let answer = try await asker.ask(.get("/v1/stock").showing(showing), "192.0.2.1")
                #expect(answer.status == .tooManyRequests)
                #expect(RateAsker.retryAfter(answer) == "60")
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
}
