import CloudWarehouse
import HTTPServer
import HTTPTypes
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The cookie of a session, and what caches are told", .onDatabase, .serialized)
struct SessionCookieTests {
    @Test(
        "a browser forgets a session that is over, on whatever it asked; whoever signs in then has the new one",
        arguments: Door.allCases)
    func deadSessions(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let dead = try await shop.session()
            let prefix = try #require(TokenPrefix(rawValue: String(dead.revealed.split(separator: ".")[1])))
            _ = try await shop.base.signIn.end(prefix, by: shop.base.principal)
            let clearing = "yuncang-gaoqing=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
            for (question, status) in [
                (Question.get("/"), 200), (.get("/stock"), 303), (.get("/v1/stock"), 401), (.get("/nowhere"), 401),
                (.form("/sign-out"), 303), (.form("/sign-in", "code=7K3Q2-M9XWT"), 403),
            ] {
                let answer = try await shop.ask(question.browsing(dead))
                #expect(answer.status == status && answer[.setCookie] == clearing, "\(question.target)")
                #expect(try await shop.ask(question.browsing(nil))[.setCookie] == nil, "\(question.target)")
            }
            for question in [Question.get("/"), .get("/assets/pages.css"), .get("/v1/stock")] {
                #expect(try await shop.ask(question.browsing(try await shop.session()))[.setCookie] == nil)
            }
            let code = try await shop.code().text.revealed
            let entered = try await shop.ask(.form("/sign-in", "code=\(code)").browsing(dead))
            #expect(entered.status == 303 && entered[.setCookie]?.hasPrefix("yuncang-gaoqing=gaoqing.") == true)
        }
    }

    @Test("what is somebody's is kept by no shared cache, and asked for again by any other", arguments: Door.allCases)
    func caching(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let session = try await shop.session()
            for question in [
                Question.get("/v1/stock"), .get("/v1/stock/melon"), .get("/v1/products"), .get("/v1/events"),
            ] {
                for asked in [question, question.browsing(session)] {
                    let answer = try await shop.ask(asked)
                    #expect(answer.status == 200 && answer[.cacheControl] == "private, no-cache")
                    #expect(Set(answer.varying).isSuperset(of: ["Authorization", "Cookie"]))
                    if let tag = answer[.eTag] {
                        let same = try await shop.ask(asked.adding(.ifNoneMatch, tag))
                        #expect(same.status == 304 && same[.cacheControl] == "private, no-cache")
                    }
                }
                let refused = try await shop.ask(question.showing(.nothing))
                #expect(refused.status == 401 && refused[.cacheControl] == "no-store")
            }
            #expect(try await shop.ask(.get("/v1/stock/durian").browsing(session))[.cacheControl] == "no-store")
        }
    }

    @Test("over TLS the cookie is for this host alone, and only then")
    func secure() async throws {
        try await Shop.with(.inProcess) { shop in
            let session = try await shop.base.signIn.enter(try await shop.code().text)
            let cookie = SessionCookie(of: TestBase.key).setting(session, over: .https)
            let form =
                /__Host-yuncang-gaoqing=gaoqing\.[0-9a-z.]+; Path=\/; Max-Age=604[78][0-9]{2}; HttpOnly; SameSite=Strict; Secure/
            #expect(cookie.wholeMatch(of: form) != nil, "\(cookie)")
            #expect(
                SessionCookie(of: TestBase.key).clearing(over: .https)
                    == "__Host-yuncang-gaoqing=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure")
        }
    }
}
