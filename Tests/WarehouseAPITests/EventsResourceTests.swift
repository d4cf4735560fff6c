import CloudWarehouse
import EventLoop
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The feed of events", .onDatabase, .serialized)
struct EventsResourceTests {
    private struct Page {
        let events: [JSONValue]
        let next: String

        var ids: [String] { events.compactMap { EventsResourceTests.text($0["id"]) } }
        var orders: [String] {
            events.flatMap { event -> [String] in
                guard case .array(let orders)? = event["orders"] else { return [] }
                return orders.compactMap { EventsResourceTests.text($0) }
            }
        }
    }

    private static func text(_ value: JSONValue?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }

    private func page(_ shop: Shop, _ query: String = "", as showing: Showing = .operator) async throws -> Page {
        let answer = try await shop.ask(.get("/v1/events\(query)").showing(showing))
        try #require(answer.status == 200, "\(answer.text)")
        let json = try answer.json()
        guard case .array(let events)? = json["events"], let next = Self.text(json["next"]) else {
            Issue.record("\(answer.text)")
            return Page(events: [], next: "")
        }
        return Page(events: events, next: next)
    }

    /// Places an order of so many melons, and gives its id.
    @discardableResult
    private func place(_ shop: Shop, _ source: String, _ reference: String, sku: String = "melon") async throws
        -> String
    {
        let body = #"{"source":"\#(source)","reference":"\#(reference)","lines":[{"sku":"\#(sku)","quantity":2}]}"#
        let answer = try await shop.ask(.order(body))
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(Self.text(try answer.json()["id"]))
    }

    /// Taro of another owner, beside the melons.
    private func addTaro(_ shop: Shop) async throws {
        let (pingan, taro) = (try OwnerCode("pingan"), try SKUCode("taro"))
        _ = try await shop.base.catalog.addOwner(
            code: pingan, name: Name("平安"), kind: .cooperative, by: shop.base.principal)
        _ = try await shop.base.catalog.importEntries(
            [
                CatalogEntry(
                    code: taro, name: try Name("芋头"), unit: .piece,
                    price: try Price(fen: Fen(rawValue: 100), per: Quantity(1)))
            ],
            of: pingan, by: shop.base.principal)
        let receipt = try Receipt(
            reference: ReceiptReference(rawValue: "RK-2")!, warehouse: Melons.warehouse, location: Melons.location,
            lines: [Receipt.Line(sku: taro, owner: pingan, quantity: try Quantity(500))])
        _ = try await shop.base.stock.receive(receipt, by: shop.base.principal)
    }

    @Test("a reader goes on from page to page, misses nothing and meets nothing twice", arguments: Door.allCases)
    func paging(door: Door) async throws {
        try await Shop.with(door) { shop in
            let relay = OutboxRelay(pool: shop.base.pool)
            try await shop.base.stockMelons(100)
            #expect(try await page(shop).next == "0")
            var placed: [String] = []
            for reference in 1...5 {
                placed.append(try await place(shop, "shop", "\(reference)"))
                _ = try await relay.pass()
            }
            let (first, whole) = (try await page(shop, "?limit=2"), try await page(shop))
            #expect(first.ids == ["1", "2"] && first.next == "2" && first.orders == Array(placed[..<2]))
            let second = try await page(shop, "?limit=2&after=\(first.next)")
            let third = try await page(shop, "?limit=2&after=\(second.next)")
            #expect(first.orders + second.orders + third.orders == placed && whole.orders == placed)
            #expect(try await page(shop, "?after=\(third.next)").events.isEmpty)
            _ = try await shop.ask(Question(method: .post, target: "/v1/orders/\(placed[0])/cancel"))
            _ = try await relay.pass()
            let change = try await page(shop, "?after=\(third.next)")
            #expect(change.orders == [placed[0]] && Self.text(change.events.first?["kind"]) == "orders.cancelled")
        }
    }

    @Test(
        "a source sees its own orders, a cooperative its own goods, and neither how much there is beside",
        arguments: Door.allCases)
    func scopes(door: Door) async throws {
        try await Shop.with(door) { shop in
            let relay = OutboxRelay(pool: shop.base.pool)
            try await shop.base.stockMelons(100)
            try await addTaro(shop)
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let pingan = Showing.token(try await shop.base.token(.cooperative, owner: OwnerCode("pingan")))
            let mine = try await place(shop, "erp", "1", sku: "taro")
            _ = try await relay.pass()
            let quiet = try await (page(shop, as: erp), page(shop, as: pingan))
            for reference in 1...7 {
                try await place(shop, "shop", "\(reference)")
                _ = try await relay.pass()
            }
            let busy = try await (page(shop, as: erp), page(shop, as: pingan))
            #expect(quiet.0.events == busy.0.events && quiet.0.orders == [mine])
            #expect(quiet.1.events == busy.1.events && quiet.1.orders.isEmpty && quiet.1.events.count == 1)
            let goods = try JSONType<JSONValue>.any.read(Array(#"[{"sku":"taro","quantity":2}]"#.utf8))
            #expect(quiet.1.events[0]["goods"] == goods)
            // A cursor is another text each time, whether or not anything has happened.
            #expect(Set([quiet.0.next, busy.0.next, try await page(shop, as: erp).next]).count == 3)
            #expect(busy.0.next.count == 48 && busy.0.ids[0].count == 32 && busy.0.ids != busy.1.ids)
            let mineToo = try await place(shop, "erp", "2")
            _ = try await relay.pass()
            for next in [quiet.0.next, busy.0.next] {
                #expect(try await page(shop, "?after=\(next)", as: erp).orders == [mineToo])
            }
            #expect(try await page(shop, "?after=\(busy.1.next)", as: pingan).events.isEmpty, "it was of melons")
        }
    }

    @Test(
        "what is no cursor of the asker's is refused alike: numbers, others' and broken ones", arguments: Door.allCases)
    func cursors(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let others = try await page(shop, as: .token(try await shop.base.token(.source))).next
            let mine = try await page(shop, as: erp).next
            var answers: Set<String> = []
            for cursor in ["0", "1", others, mine.dropLast() + (mine.hasSuffix("A") ? "B" : "A"), "x"] {
                let answer = try await shop.ask(.get("/v1/events?after=\(cursor)").showing(erp))
                #expect(try answer.problem(status: 400) == "invalid_parameter", "\(cursor)")
                answers.insert(answer.withoutDate)
            }
            #expect(answers.count == 1)
            for cursor in ["", mine + mine] {
                let answer = try await shop.ask(.get("/v1/events?after=\(cursor)").showing(erp))
                #expect(try answer.problem(status: 400) == "invalid_parameter", "\(cursor)")
            }
            for query in [
                "after=-1", "after=+1", "after=\(mine)", "after=99999999999999999999", "wait=26", "wait=-1", "wait=x",
                "limit=0", "limit=501",
            ] {
                #expect(try await shop.ask(.get("/v1/events?\(query)")).status == 400, "\(query)")
            }
        }
    }

    @Test("whoever waits is answered when it happens, and is not woken by what is others'")
    func waiting() async throws {
        try await Shop.with(.socket) { shop in
            let relay = OutboxRelay(pool: shop.base.pool)
            try await shop.base.stockMelons(100)
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let start = try await page(shop, as: erp).next
            async let woken = page(shop, "?wait=25&after=\(start)", as: erp)
            async let all = page(shop, "?wait=25")
            try await place(shop, "shop", "1")
            _ = try await relay.pass()
            #expect(try await all.events.count == 1)
            let mine = try await place(shop, "erp", "1")
            _ = try await relay.pass()
            #expect(try await woken.orders == [mine])
        }
    }

    @Test(
        "whoever waits with a token that is revoked is refused, though nothing happens; so it ends when the service does"
    )
    func revoked() async throws {
        try await Shop.with(.socket) { shop in
            let token = try await shop.base.token(.source)
            async let refused = shop.ask(.get("/v1/events?wait=25").showing(.token(token)))
            let prefix = try #require(TokenPrefix(rawValue: String(token.revealed.split(separator: ".")[1])))
            _ = try await shop.base.tokens.revoke(prefix, by: shop.base.principal)
            await shop.services.authenticator.forget(prefix)
            #expect(try await refused.problem(status: 401) == "unauthenticated")
            async let ended = shop.ask(.get("/v1/events?wait=25"))
            shop.readiness.report(.notReady("The service is stopping."))
            #expect(try await ended.status == 200)
        }
    }

    @Test("with many writers and a relay at work a reader misses no order and meets none twice")
    func concurrent() async throws {
        try await Shop.with(.inProcess) { shop in
            try await shop.base.stockMelons(10_000)
            let relay = OutboxRelay(pool: shop.base.pool)
            let running = Task { await relay.run() }
            let orders = 60
            async let placed = withThrowingTaskGroup(of: [String].self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        var ids: [String] = []
                        for number in 0..<orders / 6 {
                            ids.append(try await place(shop, "shop", "\(writer)-\(number)"))
                        }
                        return ids
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let source = Showing.token(try await shop.base.token(.source))
            var (seen, next): ([String], String?) = ([], nil)
            while seen.count < orders {
                let page = try await page(shop, "?limit=3&wait=5" + (next.map { "&after=\($0)" } ?? ""), as: source)
                if page.events.isEmpty { break }
                seen += page.orders
                next = page.next
            }
            #expect(seen.sorted() == (try await placed).sorted())
            await relay.close()
            await running.value
        }
    }

    /// The events of a stream: id, name and data.
    private func sent(_ answer: Answer) throws -> [(id: String, name: String, json: JSONValue)] {
        try answer.text.split(separator: "\n\n").compactMap { block in
            var fields: [Substring: String] = [:]
            for line in block.split(separator: "\n") {
                guard let colon = line.firstRange(of: ": ") else { continue }
                fields[line[..<colon.lowerBound]] = String(line[colon.upperBound...])
            }
            guard let id = fields["id"], let name = fields["event"], let data = fields["data"] else { return nil }
            return (id, name, try JSONType<JSONValue>.any.read(Array(data.utf8)))
        }
    }

    @Test(
        "a stream sends each event once, as a page shows it; whoever comes again goes on, by either name of the place")
    func stream() async throws {
        try await Shop.with(.socket) { shop in
            let relay = OutboxRelay(pool: shop.base.pool)
            try await shop.base.stockMelons(100)
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let early = try await place(shop, "erp", "1")
            _ = try await relay.pass()
            let question = Question.get("/v1/events").showing(erp).adding(.accept, "text/event-stream")
            async let first = shop.ask(question)
            try await place(shop, "shop", "1")
            let late = try await place(shop, "erp", "2")
            _ = try await relay.pass()
            shop.readiness.report(.notReady("The service is stopping."))
            let answer = try await first
            #expect(answer.status == 200 && answer[.contentType] == "text/event-stream")
            #expect(answer[.cacheControl] == "no-store" && answer.varying.contains("Accept"))
            let events = try sent(answer)
            let pages = try await page(shop, as: erp)
            #expect(pages.orders == [early, late], "and nothing of the other's")
            #expect(events.map(\.json) == pages.events && events.map(\.name) == ["orders.placed", "orders.placed"])
            var resumed = question.adding(HTTPField.Name("Last-Event-ID")!, events[0].id)
            resumed.target += "?after=\(events[1].id)"
            #expect(try sent(try await shop.ask(resumed)).map(\.json) == [events[1].json], "the field stands first")
            var after = question
            after.target += "?after=\(events[0].id)"
            #expect(try sent(try await shop.ask(after)).map(\.json) == [events[1].json])
            #expect(try await page(shop, "?after=\(events[0].id)", as: erp).orders == [late])
        }
    }

    @Test("a stream of whoever is no reader, or from a place that is none, is refused before it begins")
    func refusedStreams() async throws {
        try await Shop.with(.socket) { shop in
            let question = Question.get("/v1/events").adding(.accept, "text/event-stream")
            #expect(try await shop.ask(question.showing(.nothing)).problem(status: 401) == "unauthenticated")
            let host = Showing.token(try await shop.base.token(.host))
            #expect(try await shop.ask(question.showing(host)).problem(status: 403) == "forbidden")
            let others = try await page(shop, as: .token(try await shop.base.token(.source))).next
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let broken = question.showing(erp).adding(HTTPField.Name("Last-Event-ID")!, others)
            #expect(try await shop.ask(broken).faults() == ["Last-Event-ID invalid_parameter"])
            for query in ["after=\(others)", "wait=1", "limit=5"] {
                var asked = question.showing(erp)
                asked.target += "?\(query)"
                #expect(try await shop.ask(asked).problem(status: 400) == "invalid_parameter", "\(query)")
            }
        }
    }

    @Test("a stream ends once its token is revoked, though nothing happens")
    func revokedStream() async throws {
        try await Shop.with(.socket) { shop in
            let token = try await shop.base.token(.source)
            async let ended = shop.ask(
                .get("/v1/events").showing(.token(token)).adding(.accept, "text/event-stream"))
            let prefix = try #require(TokenPrefix(rawValue: String(token.revealed.split(separator: ".")[1])))
            // It may be refused before it begins, or end: what it must not do is to go on.
            _ = try await shop.base.tokens.revoke(prefix, by: shop.base.principal)
            await shop.services.authenticator.forget(prefix)
            #expect(try await [200, 401].contains(ended.status))
        }
    }
}
