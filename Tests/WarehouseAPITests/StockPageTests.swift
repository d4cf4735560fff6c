import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Reading stock over the API", .onDatabase, .serialized)
struct StockPageTests {
    private static let melons = """
        {"sku":"melon","name":"伊马乔大棚甜瓜","unit":"piece","warehouse":"main","owner":"yimaqiao",\
        "available":7,"sellable":10,"held":1,"committed":2,"allotted":0,"version":3}
        """
    private static let rice = """
        {"sku":"rice","name":"平安五彩早稻","unit":"gram","warehouse":"main","owner":"yimaqiao",\
        "available":500,"sellable":500,"held":0,"committed":0,"allotted":0,"version":1}
        """

    /// 10 melons, of which 2 are sold and 1 is held, and 500 g of rice.
    private func stock(_ shop: Shop) async throws {
        try await shop.base.stockMelons(10, rice: 500)
        for (number, hold) in [("1", ""), ("2", #""hold_seconds":600,"#)] {
            let quantity = hold.isEmpty ? 2 : 1
            let answer = try await shop.ask(
                .order(
                    #"{"source":"s",\#(hold)"reference":"\#(number)","lines":[{"sku":"melon","quantity":\#(quantity)}]}"#
                ))
            #expect(answer.status == 201)
        }
    }

    @Test("stock is listed in the order of the codes, every counter exact", arguments: Door.allCases)
    func list(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let answer = try await shop.ask(.get("/v1/stock"))
            #expect(answer.status == 200)
            #expect(answer[.contentType] == "application/json")
            #expect(answer.text == #"{"levels":[\#(Self.melons),\#(Self.rice)]}"#)
        }
    }

    @Test("one SKU's stock is shown alone", arguments: Door.allCases)
    func show(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            #expect(try await shop.ask(.get("/v1/stock/melon")).text == #"{"levels":[\#(Self.melons)]}"#)
            #expect(try await shop.ask(.get("/v1/stock/m%65lon")).text == #"{"levels":[\#(Self.melons)]}"#)
            for target in [
                "/v1/stock/durian", "/v1/stock/Melon", "/v1/stock/", "/v1/stock/a%20b", "/v1/stock/%E7%93%9C",
            ] {
                #expect(try await shop.ask(.get(target)).problem(status: 404) == "not_found", "\(target)")
            }
        }
    }

    @Test("a code of odd characters is found by its escapes", arguments: Door.allCases)
    func escapes(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            for (index, code) in ["a/b", "100%", "a?b#c", "a+b", "..", "\"{}\""].enumerated() {
                let sku = try SKUCode(code)
                let entry = CatalogEntry(code: sku, name: try Name("礼盒"), unit: .piece)
                _ = try await shop.base.catalog.importEntries([entry], of: Melons.owner, by: shop.base.principal)
                let line = Receipt.Line(sku: sku, owner: Melons.owner, quantity: try Quantity(1))
                let receipt = try Receipt(
                    reference: ReceiptReference(rawValue: "RK-\(index)")!, warehouse: Melons.warehouse,
                    location: Melons.location, lines: [line])
                _ = try await shop.base.stock.receive(receipt, by: shop.base.principal)
                let escaped = code.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                let answer = try await shop.ask(.get("/v1/stock/\(escaped)"))
                guard case .array(let levels)? = try answer.json()["levels"], let level = levels.first else {
                    Issue.record("no stock of \(code): \(answer.text)")
                    continue
                }
                #expect(level["sku"] == .string(code))
            }
        }
    }

    @Test("pages follow each other without gap or overlap, and the last one says so", arguments: Door.allCases)
    func pages(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let first = try await shop.ask(.get("/v1/stock?limit=1"))
            #expect(first.text == #"{"levels":[\#(Self.melons)],"next":"melon main yimaqiao"}"#)
            for after in ["melon%20main%20yimaqiao", "melon+main+yimaqiao"] {
                let second = try await shop.ask(.get("/v1/stock?limit=1&after=\(after)"))
                #expect(second.text == #"{"levels":[\#(Self.rice)]}"#, "\(after)")
            }
            let beyond = try await shop.ask(.get("/v1/stock?after=rice+main+yimaqiao"))
            #expect(beyond.text == #"{"levels":[]}"#)
            let gone = try await shop.ask(.get("/v1/stock?after=melon+main+zzz"))
            #expect(gone.text == #"{"levels":[\#(Self.rice)]}"#, "a position that is gone is still a place")
        }
    }

    @Test("a limit may be up to the largest page", arguments: Door.allCases)
    func limits(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            for limit in [1, 2, StockPage.maximumLevels] {
                #expect(try await shop.ask(.get("/v1/stock?limit=\(limit)")).status == 200, "\(limit)")
            }
        }
    }

    private static let wrongParameters = [
        ("limit=0", "limit"), ("limit=-1", "limit"), ("limit=%2B1", "limit"),
        ("limit=\(StockPage.maximumLevels + 1)", "limit"),
        ("limit=99999999999999", "limit"), ("limit=", "limit"), ("limit", "limit"), ("limit=1.0", "limit"),
        ("limit=%EF%BC%91", "limit"), ("limit=1&limit=1", "limit"),
        ("after=", "after"), ("after=melon", "after"), ("after=a+b+c+d", "after"), ("after=+b+c", "after"),
        ("after=%E7%93%9C+b+c", "after"), ("after=melon++main+yimaqiao", "after"),
        ("page=2", "page"), ("=1", ""), ("Limit=1", "Limit"),
        ("\(String(repeating: "x", count: 2_000))=1", String(repeating: "x", count: 64) + "…"),
    ]

    @Test("a wrong parameter is named", arguments: Door.allCases)
    func wrongParameters(door: Door) async throws {
        try await Shop.with(door) { shop in
            for (query, name) in Self.wrongParameters {
                let answer = try await shop.ask(.get("/v1/stock?" + query))
                #expect(try answer.problem(status: 400) == "invalid_parameter", "\(query)")
                #expect(try answer.faults() == ["\(name) invalid_parameter"], "\(query)")
            }
            let nowhere = try await shop.ask(.get("/v1/stock/melon?limit=1"))
            #expect(try nowhere.faults() == ["limit invalid_parameter"])
        }
    }

    @Test("everything that is wrong with a query is named at once, as a parameter", arguments: Door.allCases)
    func allWrong(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let answer = try await shop.ask(.get("/v1/stock?limit=0&page=1&after=x&limit=2&limit=3"))
            #expect(try answer.problem(status: 400) == "invalid_parameter")
            #expect(
                try answer.faults() == [
                    "limit invalid_parameter", "page invalid_parameter", "after invalid_parameter",
                    "limit invalid_parameter", "limit invalid_parameter",
                ])
            #expect(answer.text.contains(#""parameter":"page""#) && !answer.text.contains("pointer"))
            let many = try await shop.ask(.get("/v1/stock?" + String(repeating: "a&", count: 3_000)))
            #expect(try many.faults().count == Problem.maximumFaults)
        }
    }

    @Test("escapes that are no text are refused", arguments: Door.allCases)
    func malformedEscapes(door: Door) async throws {
        try await Shop.with(door) { shop in
            for target in ["/v1/stock/%00", "/v1/stock/%ff", "/v1/stock?after=%0a", "/v1/stock/%1b%5b2J"] {
                let answered = try await shop.ask(.get(target)).problem(status: 400)
                #expect(answered == "malformed_request", "\(target)")
            }
        }
    }
}
