import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("A cooperative's own products", .onDatabase, .serialized)
struct OwnProductsTests {
    /// The melons' owner; melons and rice are its own, taro is another's.
    private func withCooperative(
        _ door: Door, _ body: (Shop, Showing) async throws -> Void
    ) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let pingan = try OwnerCode("pingan")
            _ = try await shop.base.catalog.addOwner(
                code: pingan, name: Name("平安合作社"), kind: .cooperative, by: shop.base.principal)
            for code in ["taro", "yimaqiao:taro", "pingan:taro"] {
                let entry = CatalogEntry(code: try SKUCode(code), name: try Name("荔浦芋头"), unit: .piece)
                _ = try await shop.base.catalog.importEntries([entry], of: pingan, by: shop.base.principal)
            }
            try await body(shop, .token(try await shop.base.token(.cooperative)))
        }
    }

    private static func put(
        _ sku: String, owner: String = "yimaqiao", unit: String = "piece", more: String = ""
    ) -> Question {
        .put(#"{"name":"新名","owner":"\#(owner)","unit":"\#(unit)"\#(more)}"#, to: "/v1/products/\(sku)")
    }

    @Test("it sees its own and finds nothing of others' by paging or asking", arguments: Door.allCases)
    func sees(door: Door) async throws {
        try await withCooperative(door) { shop, own in
            for query in ["", "?after=a", "?limit=2"] {
                let answer = try await shop.ask(.get("/v1/products" + query).showing(own))
                #expect(answer.text.contains("melon") && answer.text.contains("rice"), "\(query)")
                #expect(!answer.text.contains("taro"), "\(query)")
                #expect(try answer.json()["next"] == nil, "\(query)")
            }
            let first = try await shop.ask(.get("/v1/products?limit=1").showing(own))
            #expect(try first.json()["next"] == .string("melon"))
            let last = try await shop.ask(.get("/v1/products?limit=1&after=melon").showing(own))
            #expect(last.text.contains(#""sku":"rice""#) && !last.text.contains("melon"))
            #expect(try last.json()["next"] == nil)
            #expect(try await shop.ask(.get("/v1/products/melon").showing(own)).status == 200)
            let missing = try await shop.ask(.get("/v1/products/durian").showing(own))
            #expect(try missing.problem(status: 404) == "not_found")
            for foreign in ["taro", "yimaqiao:taro", "pingan:taro"] {
                let answer = try await shop.ask(.get("/v1/products/\(foreign)").showing(own))
                #expect(answer.withoutDate == missing.withoutDate, "\(foreign)")
            }
        }
    }

    @Test("it changes its own, and makes what it has the code for, audited as itself", arguments: Door.allCases)
    func changes(door: Door) async throws {
        try await withCooperative(door) { shop, own in
            #expect(try await shop.ask(Self.put("melon").showing(own)).status == 200)
            #expect(try await shop.ask(Self.put("yimaqiao:gift").showing(own)).status == 201)
            #expect(try await shop.ask(Self.put("yimaqiao:gift").showing(own)).status == 200)
            #expect(
                try await shop.base.number(
                    "SELECT count(*) FROM audit WHERE actor = 'a cooperative' AND action = 'catalog.import'") == 3)
            let unit = try await shop.ask(Self.put("melon", unit: "gram").showing(own))
            #expect(try unit.problem(status: 409) == "other_unit")
        }
    }

    @Test(
        "a code of another's is answered like one of nobody's, and nothing is changed or made", arguments: Door.allCases
    )
    func foreign(door: Door) async throws {
        try await withCooperative(door) { shop, own in
            let counts = "SELECT (SELECT count(*) FROM sku) + (SELECT count(*) FROM audit)"
            let before = try await shop.base.number(counts)
            let missing = try await shop.ask(Self.put("durian").showing(own))
            #expect(try missing.problem(status: 404) == "not_found")
            for code in ["taro", "pingan:taro", "pingan:durian", "yimaqiao:", "yimaqiao:a:b", "yimaqiao:taro"] {
                for unit in ["piece", "gram"] {
                    let answer = try await shop.ask(Self.put(code, unit: unit).showing(own))
                    #expect(answer.withoutDate == missing.withoutDate, "\(code)")
                }
            }
            let named = try await shop.ask(Self.put("melon", owner: "nobody").showing(own))
            #expect(try named.problem(status: 403) == "forbidden")
            #expect(try named.faults() == ["/owner forbidden"])
            for code in ["melon", "taro", "pingan:taro", "durian", "yimaqiao:new"] {
                let answer = try await shop.ask(Self.put(code, owner: "pingan").showing(own))
                #expect(answer.withoutDate == named.withoutDate, "\(code)")
            }
            #expect(try await shop.base.number(counts) == before)
            #expect(try await shop.base.number("SELECT count(*) FROM sku WHERE name = '新名'") == 0)
        }
    }

    @Test("it names a category that is new, and renames none that others use", arguments: Door.allCases)
    func categories(door: Door) async throws {
        try await withCooperative(door) { shop, own in
            let fruit = #","category":{"code":"fruit","name":"蔬菜"}"#
            let answer = try await shop.ask(Self.put("rice", unit: "gram", more: fruit).showing(own))
            #expect(answer.status == 200 && answer.text.contains(#""category":{"code":"fruit","name":"瓜果"}"#))
            let new = #","category":{"code":"grain","name":"粮食"}"#
            let made = try await shop.ask(Self.put("yimaqiao:millet", unit: "gram", more: new).showing(own))
            #expect(made.status == 201 && made.text.contains("粮食"))
            let renamed = try await shop.ask(Self.put("rice", unit: "gram", more: fruit))
            #expect(renamed.status == 200 && renamed.text.contains("蔬菜"), "an operator may")
        }
    }
}
