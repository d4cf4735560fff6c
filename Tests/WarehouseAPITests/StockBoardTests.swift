import CloudWarehouse
import HTTPTypes
import JSON
import Logging
import Postgres
import Testing
import WarehouseTesting

import class WarehouseAPI.Readiness

@testable import HTTPServer
@testable import WarehouseAPI

@Suite("Stock that is told from memory", .onDatabase, .serialized)
struct StockBoardTests {
    private static func order(_ reference: Int) -> Question {
        .order(#"{"source":"s","reference":"\#(reference)","lines":[{"sku":"melon","quantity":1}]}"#)
    }

    private static func available(_ answer: Answer) throws -> JSONValue? {
        guard case .array(let levels)? = try answer.json()["levels"] else { return nil }
        return levels.first?["available"]
    }

    @Test("whoever was answered that an order is placed reads of it at once", arguments: Door.allCases)
    func ownWrites(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(100)
            for number in 1...20 {
                #expect(try await shop.ask(Self.order(number)).status == 201)
                for target in ["/v1/stock/melon", "/v1/stock"] {
                    let answer = try await shop.ask(.get(target))
                    #expect(try Self.available(answer) == .integer(100 - Int64(number)), "\(target)")
                }
            }
        }
    }

    private func expectTold(_ shop: Shop) async throws {
        for target in ["/v1/stock", "/v1/stock/melon", "/v1/stock?limit=1"] {
            #expect(try await shop.ask(.get(target)).status == 200, "\(target)")
        }
    }

    @Test("nothing is asked of the database for it: with every connection taken, it is told all the same")
    func noDatabase() async throws {
        try await Shop.with(.inProcess) { shop in
            try await shop.base.stockMelons(1)
            // Who asks is remembered too, for a while.
            try await expectTold(shop)
            try await shop.base.pool.withConnection { _ in
                try await shop.base.pool.withConnection { _ in try await expectTold(shop) }
            }
        }
    }

    @Test("a board that was not read yet is no empty stock: 503, and when to come back")
    func unread() async throws {
        try await Shop.with(.inProcess) { shop in
            let known = shop.services
            let api = WarehouseAPI(
                BaseServices(
                    board: StockBoard(), intake: known.intake, orders: known.orders, catalog: known.catalog,
                    stock: known.stock, authenticator: known.authenticator, signIn: known.signIn,
                    outbox: known.outbox, watch: known.watch), readiness: shop.readiness,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            for target in ["/v1/stock", "/v1/stock/melon", "/v1/stock/durian"] {
                let bearer = (name: HTTPField.Name.authorization, value: "Bearer \(shop.token.revealed)")
                let response = await api.answer(try Request(target: target, fields: [bearer]))
                #expect(response.status == .serviceUnavailable, "\(target)")
                #expect(String(decoding: response.fields.bytes, as: UTF8.self).contains("Retry-After: 1\r\n"))
            }
        }
    }

    @Test("what may have missed changes says so, with its age, until it is read again", arguments: Door.allCases)
    func stale(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let fresh = try await shop.ask(.get("/v1/stock/melon"))
            #expect(try fresh.json()["stale"] == nil)
            try await shop.base.run(script: "ALTER TABLE pool RENAME TO pool_elsewhere")
            await shop.feed.reread([])
            while shop.feed.boards[0].freshness == .current { await shop.feed.reread([.sample]) }
            for target in ["/v1/stock/melon", "/v1/stock"] {
                let answer = try await shop.ask(.get(target))
                #expect(answer.status == 200)
                #expect(try answer.json()["stale"] == .boolean(true), "\(target)")
                guard case .integer(let age)? = try answer.json()["age_seconds"] else {
                    Issue.record("without its age: \(answer.text)")
                    continue
                }
                #expect(age >= 0)
                #expect(try Self.available(answer) == .integer(10))
                #expect(answer[.eTag] == nil, "an age has no tag")
            }
            #expect(try await shop.ask(.get("/v1/stock/durian")).problem(status: 404) == "not_found")
            try await shop.base.run(script: "ALTER TABLE pool_elsewhere RENAME TO pool")
            while shop.feed.boards[0].freshness != .current { await shop.feed.reread([]) }
            #expect(try await shop.ask(.get("/v1/stock/melon")).body == fresh.body)
        }
    }

    @Test("an answer that one has already is not sent again, until the stock has changed", arguments: Door.allCases)
    func tags(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let first = try await shop.ask(.get("/v1/stock/melon"))
            let tag = try #require(first[.eTag])
            for known in [tag, "W/\(tag)", "\"other\" , \(tag)", "*"] {
                let again = try await shop.ask(
                    Question(target: "/v1/stock/melon", fields: [(.ifNoneMatch, known)]))
                #expect(again.status == 304, "\(known)")
                #expect(again.body.isEmpty)
                #expect(again[.eTag] == tag)
            }
            for unknown in ["\"other\"", String(tag.dropLast()), ""] {
                let again = try await shop.ask(
                    Question(target: "/v1/stock/melon", fields: [(.ifNoneMatch, unknown)]))
                #expect(again.body == first.body, "\(unknown)")
            }
            #expect(try await shop.ask(Self.order(1)).status == 201)
            let changed = try await shop.ask(Question(target: "/v1/stock/melon", fields: [(.ifNoneMatch, tag)]))
            #expect(changed.status == 200)
            #expect(changed[.eTag] != tag)
        }
    }

    @Test("what is written by hand is what is declared")
    func declared() throws {
        let level = StockLevel(
            position: StockLevel.Position(sku: Melons.melon, warehouse: Melons.warehouse, owner: Melons.owner),
            name: try Name("甜瓜"), unit: .piece, counters: PoolCounters(sellable: 7, held: 1), version: 3)
        let rendered = StockPage.level.bytes(of: level)
        for (next, age) in [(nil, nil), (level.position, nil), (nil, .seconds(3)), (level.position, .zero)]
            as [(StockLevel.Position?, Duration?)]
        {
            let bytes = StockPage.bytes(levels: [rendered, rendered], next: next, age: age)
            let page = StockPage(
                levels: [level, level], next: next, stale: age == nil ? nil : true, ageSeconds: age?.components.seconds)
            #expect(bytes == StockPage.json.bytes(of: page))
        }
    }
}
