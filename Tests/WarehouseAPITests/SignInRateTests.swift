import CloudWarehouse
import HTTPTypes
import Testing
import WarehouseTesting

@testable import HTTPServer
@testable import WarehouseAPI

@Suite("Rate limits of signing in", .onDatabase)
struct SignInRateTests {
    @Test("whoever shows nothing, or a session that is over, guesses nothing: from there one still signs in")
    func deadSessions() async throws {
        let limits = RateLimits(perKey: nil, perAddress: nil, failedSignIns: Rate(perMinute: 1, burst: 3))
        try await RateAsker.with(limits) { asker, clock in
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
        try await RateAsker.with(limits) { asker, _ in
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
        try await RateAsker.with(limits) { asker, _ in
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
