import CloudWarehouse
import EventLoop
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The feed of events", .onDatabase, .serialized)
struct EventsResourceTests {
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
            #expect(try await shop.events().next == "0")
            var placed: [String] = []
            for reference in 1...5 {
                placed.append(try await shop.place("shop", "\(reference)"))
                _ = try await relay.pass()
            }
            let (first, whole) = (try await shop.events("?limit=2"), try await shop.events())
            #expect(first.ids == ["1", "2"] && first.next == "2" && first.orders == Array(placed[..<2]))
            let second = try await shop.events("?limit=2&after=\(first.next)")
            let third = try await shop.events("?limit=2&after=\(second.next)")
            #expect(first.orders + second.orders + third.orders == placed && whole.orders == placed)
            #expect(try await shop.events("?after=\(third.next)").events.isEmpty)
            _ = try await shop.ask(Question(method: .post, target: "/v1/orders/\(placed[0])/cancel"))
            _ = try await relay.pass()
            let change = try await shop.events("?after=\(third.next)")
            #expect(change.orders == [placed[0]] && JSONValue.text(change.events.first?["kind"]) == "orders.cancelled")
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
            let mine = try await shop.place("erp", "1", sku: "taro")
            _ = try await relay.pass()
            let quiet = try await (shop.events(as: erp), shop.events(as: pingan))
            for reference in 1...7 {
                try await shop.place("shop", "\(reference)")
                _ = try await relay.pass()
            }
            let busy = try await (shop.events(as: erp), shop.events(as: pingan))
            #expect(quiet.0.events == busy.0.events && quiet.0.orders == [mine])
            #expect(quiet.1.events == busy.1.events && quiet.1.orders.isEmpty && quiet.1.events.count == 1)
            let goods = try JSONType<JSONValue>.any.read(Array(#"[{"sku":"taro","quantity":2}]"#.utf8))
            #expect(quiet.1.events[0]["goods"] == goods)
            // A cursor is another text each time, whether or not anything has happened.
            #expect(Set([quiet.0.next, busy.0.next, try await shop.events(as: erp).next]).count == 3)
            #expect(busy.0.next.count == 48 && busy.0.ids[0].count == 32 && busy.0.ids != busy.1.ids)
            let mineToo = try await shop.place("erp", "2")
            _ = try await relay.pass()
            for next in [quiet.0.next, busy.0.next] {
                #expect(try await shop.events("?after=\(next)", as: erp).orders == [mineToo])
            }
            #expect(try await shop.events("?after=\(busy.1.next)", as: pingan).events.isEmpty, "it was of melons")
        }
    }

    @Test(
        "what is no cursor of the asker's is refused alike: numbers, others' and broken ones", arguments: Door.allCases)
    func cursors(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let others = try await shop.events(as: .token(try await shop.base.token(.source))).next
            let mine = try await shop.events(as: erp).next
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
            let start = try await shop.events(as: erp).next
            async let woken = shop.events("?wait=25&after=\(start)", as: erp)
            async let all = shop.events("?wait=25")
            try await shop.place("shop", "1")
            _ = try await relay.pass()
            #expect(try await all.events.count == 1)
            let mine = try await shop.place("erp", "1")
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
                            ids.append(try await shop.place("shop", "\(writer)-\(number)"))
                        }
                        return ids
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let source = Showing.token(try await shop.base.token(.source))
            var (seen, next): ([String], String?) = ([], nil)
            while seen.count < orders {
                let page = try await shop.events("?limit=3&wait=5" + (next.map { "&after=\($0)" } ?? ""), as: source)
                if page.events.isEmpty { break }
                seen += page.orders
                next = page.next
            }
            #expect(seen.sorted() == (try await placed).sorted())
            await relay.close()
            await running.value
        }
    }
}
