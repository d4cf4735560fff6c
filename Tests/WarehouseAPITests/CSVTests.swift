import CloudWarehouse
import HTTPTypes
import JSON
import Synchronization
import Testing
import WarehouseTesting

@testable import HTTPServer
@testable import WarehouseAPI

@Suite("Lists as CSV", .onDatabase, .serialized)
struct CSVTests {
    private static let lists = ["/v1/products", "/v1/stock", "/v1/lots", "/v1/movements"]

    private func sheet(_ target: String, _ accept: String = "text/csv") -> Question {
        .get(target).with(.accept, accept)
    }

    /// The lines of a sheet, without its mark and the empty one at its end.
    private func lines(_ answer: Answer) throws -> [String] {
        #expect(answer.status == 200, "\(answer.text)")
        #expect(Array(answer.body.prefix(3)) == [0xEF, 0xBB, 0xBF])
        let text = String(decoding: answer.body.dropFirst(3), as: UTF8.self)
        #expect(text.hasSuffix("\r\n"))
        return text.split(separator: "\r\n").map(String.init)
    }

    @Test("each list is to be had as JSON and as CSV, JSON where the client does not care", arguments: Door.allCases)
    func forms(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            for list in Self.lists {
                let answer = try await shop.ask(sheet(list, "text/csv, application/json;q=0.5"))
                #expect(answer[.contentType] == "text/csv; charset=utf-8; header=present")
                #expect(answer[.contentDisposition]?.hasPrefix("attachment; filename=\"") == true)
                #expect(answer[.vary]?.contains("Accept") == true)
                #expect(try lines(answer).count >= 2, "\(list)")
                for accept in ["*/*", "application/json", "text/csv;q=0.5, application/json", "text/html, */*;q=0.1"] {
                    let json = try await shop.ask(sheet(list, accept))
                    #expect(json.status == 200 && json[.contentType] == "application/json")
                    #expect(json[.vary] == "Accept, Authorization, Cookie")
                }
                let none = try await shop.ask(sheet(list, "text/html, image/*"))
                #expect(try none.problem(status: 406) == "not_acceptable")
                #expect(none.text.contains("application/json, text/csv"))
                for query in ["?limit=1", "?after=a"] {
                    #expect(try await shop.ask(sheet(list + query)).problem(status: 400) == "invalid_parameter")
                }
                var head = sheet(list)
                head.method = .head
                let headed = try await shop.ask(head)
                #expect(headed.status == 200 && headed[.contentType] == answer[.contentType])
            }
            #expect(try await shop.ask(sheet("/v1/stock/melon")).problem(status: 406) == "not_acceptable")
            #expect(try await shop.ask(sheet("/nowhere")).problem(status: 404) == "not_found")
        }
    }

    @Test("a sheet is the whole list, in the order of its pages, each row once", arguments: Door.allCases)
    func whole(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let entries = try (0..<2_100).map { number in
                CatalogEntry(code: try SKUCode("box-\(number + 10_000)"), name: try Name("礼盒\(number)"), unit: .piece)
            }
            _ = try await shop.base.catalog.importEntries(entries, of: Melons.owner, by: shop.base.principal)
            let lines = try lines(try await shop.ask(sheet("/v1/products")))
            #expect(lines.first == "sku,name,owner,unit,category,category_name,price_fen,price_per")
            #expect(lines.dropFirst().prefix(2_100) == entries.map { "\($0.code),\($0.name),yimaqiao,piece,,,," }[...])
            #expect(lines.suffix(2).first == "melon,伊马乔大棚甜瓜,yimaqiao,piece,fruit,瓜果,990,1")
            #expect(lines.count == 1 + 2_100 + 2)
        }
    }

    @Test(
        "what a spreadsheet would take for a formula is text, and what would break a row is quoted",
        arguments: Door.allCases)
    func cells(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let names = ["=1+1", "+86", "@SUM(A1)", "-cmd", "a,b", "say \"hi\"", "=\"a\",b"]
            let entries = try names.enumerated().map { number, name in
                CatalogEntry(code: try SKUCode("a\(number)"), name: try Name(name), unit: .piece)
            }
            _ = try await shop.base.catalog.importEntries(entries, of: Melons.owner, by: shop.base.principal)
            let lines = try lines(try await shop.ask(sheet("/v1/products")))
            let cells = ["'=1+1", "'+86", "'@SUM(A1)", "'-cmd", "\"a,b\"", "\"say \"\"hi\"\"\"", "\"'=\"\"a\"\",b\""]
            #expect(lines.dropFirst().prefix(7) == cells.enumerated().map { "a\($0),\($1),yimaqiao,piece,,,," }[...])
        }
    }

    @Test("stock, lots and ledger say as CSV what they say as JSON", arguments: Door.allCases)
    func contents(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let stock = try lines(try await shop.ask(sheet("/v1/stock")))
            #expect(stock.contains("melon,伊马乔大棚甜瓜,piece,main,yimaqiao,10,10,0,0,0,1"), "\(stock)")
            let lots = try await shop.ask(.get("/v1/lots?sku=melon")).json()
            let lotLines = try lines(try await shop.ask(sheet("/v1/lots?sku=melon")))
            guard case .array(let all)? = lots["lots"], case .string(let id)? = all.first?["id"] else {
                Issue.record("no lots")
                return
            }
            #expect(lotLines.count == 2 && lotLines[1].hasPrefix("\(id),melon,piece,yimaqiao,"))
            #expect(lotLines[1].hasSuffix(",10"))
            let moves = try lines(try await shop.ask(sheet("/v1/movements?sku=melon")))
            #expect(moves.count == 2 && moves[1].contains(",melon,piece,yimaqiao,\(id),10,"))
            #expect(try lines(try await shop.ask(sheet("/v1/movements?sku=rice"))).count == 1)
        }
    }

    @Test("a sheet breaks off once its token is revoked, so that nobody takes a part for the whole")
    func revoked() async throws {
        try await Shop.with(.inProcess) { shop in
            try await shop.base.prepareMelons()
            let entries = try (0..<2_100).map { number in
                CatalogEntry(code: try SKUCode("box-\(number + 10_000)"), name: try Name("礼盒\(number)"), unit: .piece)
            }
            _ = try await shop.base.catalog.importEntries(entries, of: Melons.owner, by: shop.base.principal)
            let token = try await shop.base.token(.warehouse)
            let prefix = try #require(TokenPrefix(rawValue: String(token.revealed.split(separator: ".")[1])))
            let request = try Request(
                target: "/v1/products",
                fields: [(.authorization, "Bearer \(token.revealed)"), (.accept, "text/csv")])
            let response = await shop.api.answer(request)
            guard case .stream(let stream) = response.body else {
                Issue.record("no stream")
                return
            }
            let pieces = Mutex(0)
            await #expect(throws: Problem.self) {
                try await stream.producer(
                    BodyWriter { _ in
                        pieces.withLock { $0 += 1 }
                        _ = try? await shop.base.tokens.revoke(prefix, by: shop.base.principal)
                        await shop.services.authenticator.forget(prefix)
                    })
            }
            #expect(pieces.withLock { $0 } == 1, "the first page, and no other")
        }
    }

    @Test("a cooperative's sheets hold its own goods alone, whatever it filters by", arguments: Door.allCases)
    func scope(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let pingan = try OwnerCode("pingan")
            _ = try await shop.base.catalog.addOwner(
                code: pingan, name: try Name("平安"), kind: .cooperative, by: shop.base.principal)
            let taro = CatalogEntry(code: try SKUCode("taro"), name: try Name("香芋"), unit: .piece)
            _ = try await shop.base.catalog.importEntries([taro], of: pingan, by: shop.base.principal)
            let own = Showing.token(try await shop.base.token(.cooperative, owner: pingan))
            #expect(
                try lines(try await shop.ask(sheet("/v1/products").showing(own))).dropFirst() == [
                    "taro,香芋,pingan,piece,,,,"
                ])
            for list in ["/v1/stock", "/v1/lots", "/v1/movements", "/v1/lots?owner=yimaqiao", "/v1/lots?sku=melon"] {
                #expect(try lines(try await shop.ask(sheet(list).showing(own))).count == 1, "\(list)")
            }
            let stranger = sheet("/v1/stock").showing(.nothing)
            #expect(try await shop.ask(stranger).problem(status: 401) == "unauthenticated")
        }
    }
}
