import CloudWarehouse
import HTTPServer
import HTTPTypes
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Pages for people", .onDatabase, .serialized)
struct PagesTests {
    /// What each page answers to a visitor and to whoever is signed in: a page without a row fails.
    private static let rows: [String: (question: Question, visitor: Int, person: Int)] = [
        "entrance": (.get("/"), 200, 200),
        "signIn": (.form("/sign-in", "code=7K3Q2-M9XWT"), 403, 403),
        "stockPage": (.get("/stock"), 303, 200),
        "labelsPage": (.get("/labels"), 303, 200),
        "locationLabels": (.get("/labels/locations?warehouse=main"), 303, 200),
        "lotLabels": (.get("/labels/lots?inbound=RK-1"), 303, 200),
        "labelStyle": (.get("/assets/labels.css"), 200, 200),
        "overlayPage": (.get("/overlay"), 200, 200),
        "signInDevice": (.form("/devices"), 303, 200),
        "endSession": (.form("/sessions/000000000000/end"), 303, 404),
        "pageStyle": (.get("/assets/pages.css"), 200, 200),
        "entranceScript": (.get("/assets/entrance.js"), 200, 200),
        "stockScript": (.get("/assets/stock.js"), 200, 200),
        "overlayScript": (.get("/assets/overlay.js"), 200, 200),
        "signOut": (.form("/sign-out"), 303, 303),
        "endSessions": (.form("/sessions/end"), 303, 303),
    ]

    @Test(
        "every page answers visitors and every role as it says, and runs nothing but its own scripts",
        arguments: Door.allCases)
    func everyPage(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let routes = WarehouseAPI.pages(shop.services, rates: RateLimiter(.none))
            #expect(Set(routes.map(\.operation)) == Set(Self.rows.keys))
            for route in routes {
                let row = try #require(Self.rows[route.operation], "\(route.operation) has no row")
                #expect(row.question.method == route.method)
                let visited = try await shop.ask(row.question.browsing(nil))
                #expect(visited.status == row.visitor, "\(route.operation)")
                if visited.status == 303 { #expect(visited[.location] == "/") }
                for role in Role.allCases {
                    let answer = try await shop.ask(row.question.browsing(try await shop.session(role)))
                    var status = row.person
                    if case .people(let roles) = route.audience, !roles.contains(role) { status = 403 }
                    #expect(answer.status == status, "\(route.operation) \(role): \(answer.text)")
                    guard status == row.person else { continue }
                    guard route.audience != .everyone, answer.status != 303 else { continue }
                    #expect(answer[.contentType] == route.formats[0].contentType && answer[.cacheControl] == "no-store")
                    let policy = answer[.contentSecurityPolicy] ?? ""
                    #expect(policy.hasPrefix("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"))
                    for inline in ["<script>", " style=", " onclick=", "javascript:"] {
                        #expect(!answer.text.contains(inline), "\(route.operation)")
                    }
                }
            }
        }
    }

    @Test("a program's token opens no page, and a page's path is no secret", arguments: Door.allCases)
    func programs(door: Door) async throws {
        try await Shop.with(door) { shop in
            let answer = try await shop.ask(.get("/stock"))
            #expect(answer.status == 303)
            let wrongMethod = try await shop.ask(Question(showing: .nothing, method: .delete, target: "/"))
            #expect(try wrongMethod.problem(status: 405) == "method_not_allowed")
        }
    }

    @Test(
        "a code typed in any way signs a browser in, once; the cookie is its session's and dies with it",
        arguments: Door.allCases)
    func signingIn(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let code = try await shop.code(.host)
            let typed = Question.form(
                "/sign-in?lang=zh", "code=+\(code.text.revealed.lowercased().replacing("-", with: "%20"))&x=1")
            let entered = try await shop.ask(typed.browsing(nil))
            #expect(entered.status == 303 && entered[.location] == "/?lang=zh" && entered.body.isEmpty)
            let cookie = try #require(entered[.setCookie])
            let form =
                /yuncang-gaoqing=(gaoqing\.[0-9a-z]{12}\.[0-9a-z]{32}); Path=\/; Max-Age=([0-9]+); HttpOnly; SameSite=Strict/
            let match = try #require(cookie.wholeMatch(of: form), "\(cookie)")
            // The session ends seven days after the code was made, not after it was used.
            #expect((604_700...604_800).contains(try #require(Int(match.output.2))))
            let session = Question.get("/").browsing(nil).adding(.cookie, "a=b; yuncang-gaoqing=\(match.output.1)")
            let page = try await shop.ask(session)
            #expect(page.text.contains("王师傅") && page.text.contains("主播") && !page.text.contains(match.output.1))
            var stock = session
            stock.target = "/stock?lang=en"
            #expect(try await shop.ask(stock).text.contains("伊马乔大棚甜瓜"))
            stock.target = "/v1/stock/melon"
            #expect(try await shop.ask(stock).status == 200, "the API knows the session as it knows tokens")
            stock.target = "/v1/orders"
            #expect(try await shop.ask(stock).problem(status: 403) == "forbidden")
            #expect(try await shop.ask(typed.browsing(nil)).status == 403, "a used code")
            let out = Question.form("/sign-out").browsing(nil).adding(.cookie, "yuncang-gaoqing=\(match.output.1)")
            let left = try await shop.ask(out)
            #expect(
                left.status == 303
                    && left[.setCookie] == "yuncang-gaoqing=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
            stock.target = "/stock"
            #expect(try await shop.ask(stock).status == 303, "at once, where it was signed out")
            #expect(
                try await shop.base.number("SELECT count(*) FROM token WHERE kind = 'session' AND revoked_at IS NULL")
                    == 0)
            #expect(try await shop.base.number("SELECT count(*) FROM audit WHERE action = 'session.end'") == 1)
        }
    }

    @Test("what is shown as something else than it is, is nothing: cookies, tokens and keys", arguments: Door.allCases)
    func kinds(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let (session, key) = (try await shop.session(.operator), try await shop.overlay())
            let nothing = try await shop.ask(.get("/v1/stock").showing(.nothing))
            // But for a cookie that is taken away.
            func kept(_ answer: Answer) -> [Substring] {
                answer.withoutDate.split(whereSeparator: \.isNewline).filter {
                    !$0.lowercased().hasPrefix("set-cookie")
                }
            }
            for question in [
                Question.get("/v1/stock").showing(.token(session)), .get("/v1/stock").showing(.token(key)),
                .get("/v1/stock").browsing(shop.token), .get("/v1/stock").browsing(key),
                .get("/v1/overlay"), .get("/v1/overlay").showing(.token(session)),
                .get("/v1/overlay").browsing(session),
                .get("/v1/overlay").browsing(key),
                .get("/v1/stock").browsing(session).adding(.cookie, "yuncang-gaoqing=\(session.revealed)"),
                .get("/v1/stock").browsing(nil).adding(
                    .cookie, "yuncang-gaoqing=x; yuncang-gaoqing=\(session.revealed)"),
                .get("/v1/stock").browsing(nil).adding(.cookie, "__Host-yuncang-gaoqing=\(session.revealed)"),
                .get("/v1/stock").browsing(nil).adding(.cookie, "yuncang=\(session.revealed)"),
                .get("/v1/stock").browsing(session).adding(.authorization, "Bearer x"),
            ] {
                #expect(
                    kept(try await shop.ask(question)) == kept(nothing),
                    "\(question.target) \(question.fields)")
            }
            let shown = try await shop.ask(.get("/v1/overlay").showing(.token(key)))
            #expect(shown.text == #"{"skus":[{"sku":"melon","name":"伊马乔大棚甜瓜","unit":"piece","available":10}]}"#)
            let again = try await shop.ask(
                .get("/v1/overlay").showing(.token(key)).adding(.ifNoneMatch, try #require(shown[.eTag])))
            #expect(again.status == 304 && again.body.isEmpty)
        }
    }

    @Test("a cooperative's page shows its own goods and nothing of others", arguments: Door.allCases)
    func ownGoods(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let (pingan, taro) = (try OwnerCode("pingan"), try SKUCode("taro"))
            _ = try await shop.base.catalog.addOwner(
                code: pingan, name: Name("平安合作社"), kind: .cooperative, by: shop.base.principal)
            _ = try await shop.base.catalog.importEntries(
                [CatalogEntry(code: taro, name: try Name("<i>荔浦芋头"), unit: .piece)], of: pingan, by: shop.base.principal
            )
            let receipt = try Receipt(
                reference: ReceiptReference(rawValue: "RK-2")!, warehouse: Melons.warehouse, location: Melons.location,
                lines: [Receipt.Line(sku: taro, owner: pingan, quantity: try Quantity(5))])
            _ = try await shop.base.stock.receive(receipt, by: shop.base.principal)
            for role in Role.allCases {
                let page = try await shop.ask(.get("/stock").browsing(try await shop.session(role))).text
                #expect(page.contains("伊马乔大棚甜瓜") && page.contains("taro") == (role != .cooperative), "\(role)")
                #expect(!page.contains("<i>"))
            }
        }
    }

    @Test(
        "whoever signs in anew leaves the session that the browser had; another device's code opens the same family",
        arguments: Door.allCases)
    func sessions(door: Door) async throws {
        try await Shop.with(door) { shop in
            let (old, code) = (try await shop.session(.host), try await shop.code(.operator))
            let entered = try await shop.ask(.form("/sign-in", "code=\(code.text.revealed)").browsing(old))
            #expect(entered.status == 303)
            #expect(try await shop.ask(.get("/v1/stock").browsing(old)).status == 401, "no session is carried over")
            let cookie = String(
                try #require(entered[.setCookie]).dropFirst("yuncang-gaoqing=".count).prefix { $0 != ";" })
            func browser(_ question: Question) -> Question {
                question.browsing(nil).adding(.cookie, "yuncang-gaoqing=\(cookie)")
            }
            let device = try await shop.ask(browser(.form("/devices")))
            let shown = try #require(device.text.firstMatch(of: /id="device-code">([0-9A-Z]{5}-[0-9A-Z]{5})</))
            #expect(device.text.contains("<svg class=\"qr\""))
            let other = try await shop.ask(.form("/sign-in", "code=\(shown.output.1)").browsing(nil))
            #expect(other.status == 303)
            let role = try await shop.ask(browser(.get("/?lang=en")))
            #expect(role.text.contains("Sign out everywhere") && role.text.contains("Base operator"))
            let stranger = try await shop.session(.operator)
            let prefix = stranger.revealed.split(separator: ".")[1]
            #expect(try await shop.ask(browser(.form("/sessions/\(prefix)/end"))).status == 404)
            #expect(try await shop.ask(.get("/v1/stock").browsing(stranger)).status == 200)
            let ending = try #require(role.text.firstMatch(of: /action="\/sessions\/([0-9a-z]{12})\/end/))
            #expect(try await shop.ask(browser(.form("/sessions/\(ending.output.1)/end"))).status == 303)
            #expect(try await shop.ask(browser(.get("/?lang=en"))).text.contains("Sign out everywhere") == false)
        }
    }

    @Test("pages speak Chinese unless the browser or the address asks for English")
    func languages() async throws {
        try await Shop.with(.inProcess) { shop in
            for (fields, target, words) in [
                ([], "/", "登录码"), ([(.acceptLanguage, "en-GB,en;q=0.9")], "/", "Sign-in code"),
                ([(.acceptLanguage, "zh-CN")], "/", "登录码"), ([(.acceptLanguage, "zh-CN")], "/?lang=en", "Sign-in code"),
            ] as [([(HTTPField.Name, String)], String, String)] {
                var question = Question.get(target).browsing(nil)
                question.fields += fields.map { (name: $0.0, value: $0.1) }
                let answer = try await shop.ask(question)
                #expect(answer.text.contains(words))
            }
        }
    }
}

extension Question {
    /// The same with one field more.
    func adding(_ name: HTTPField.Name, _ value: String) -> Question {
        var question = self
        question.fields.append((name, value))
        return question
    }
}
