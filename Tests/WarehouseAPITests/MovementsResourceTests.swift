import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("The ledger over the API", .onDatabase, .serialized)
struct MovementsResourceTests {
    /// Three deliveries: of melons, of rice, and of melons of another owner.
    private func stock(_ shop: Shop) async throws {
        try await shop.base.prepareMelons()
        _ = try await shop.base.catalog.addOwner(
            code: try OwnerCode("pingan"), name: Name("平安合作社"), kind: .cooperative, by: shop.base.principal)
        for (number, (sku, owner, quantity)) in [
            ("melon", "yimaqiao", 3), ("rice", "yimaqiao", 5_000), ("melon", "pingan", 7),
        ].enumerated() {
            let body = """
                {"reference":"\(number)","warehouse":"main","location":"A-01",\
                "lines":[{"sku":"\(sku)","owner":"\(owner)","quantity":\(quantity)}]}
                """
            #expect(try await shop.ask(.post(body, to: "/v1/inbounds")).status == 201)
        }
    }

    /// The quantities of a page's rows.
    private func quantities(_ query: String, in shop: Shop, showing: Showing = .operator) async throws -> [Int64] {
        let answer = try await shop.ask(.get("/v1/movements" + query).showing(showing))
        #expect(answer.status == 200, "\(answer.text)")
        guard case .array(let entries)? = try answer.json()["movements"] else { return [] }
        return entries.map { if case .integer(let quantity)? = $0["quantity"] { quantity } else { -1 } }
    }

    @Test("a row is told with both of its places, every field exact", arguments: Door.allCases)
    func fields(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let answer = try await shop.ask(.get("/v1/movements?sku=rice"))
            guard case .array(let entries)? = try answer.json()["movements"], let entry = entries.first,
                case .string(let id)? = entry["id"], case .string(let at)? = entry["recorded_at"],
                case .string(let lot)? = entry["lot"]
            else {
                Issue.record("no movement: \(answer.text)")
                return
            }
            #expect(
                answer.text == """
                    {"movements":[{"id":"\(id)","recorded_at":"\(at)","sku":"rice","unit":"gram","owner":"yimaqiao",\
                    "lot":"\(lot)","quantity":5000,\
                    "from":{"kind":"supplier","location":"supplier","quality":"good"},\
                    "to":{"kind":"storage","warehouse":"main","location":"A-01","quality":"good"},\
                    "reason":"receipt"}]}
                    """)
            #expect(try await shop.ask(.get("/v1/lots?sku=rice")).text.contains(lot))
        }
    }

    @Test("the ledger is listed from the newest row on, by SKU, page by page", arguments: Door.allCases)
    func list(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            #expect(try await quantities("", in: shop) == [7, 5_000, 3])
            #expect(try await quantities("?sku=melon", in: shop) == [7, 3])
            #expect(try await quantities("?sku=durian", in: shop) == [])
            for (filter, expected) in [("", [7, 5_000, 3] as [Int64]), ("&sku=melon", [7, 3])] {
                var (found, after): ([Int64], String) = ([], "")
                repeat {
                    let query = "?limit=1\(filter)\(after)"
                    found += try await quantities(query, in: shop)
                    let next = try await shop.ask(.get("/v1/movements" + query)).json()["next"]
                    after = if case .string(let id)? = next { "&after=\(id)" } else { "" }
                } while !after.isEmpty && found.count < 9
                #expect(found == expected)
            }
            for (query, name) in [("limit=0", "limit"), ("after=1", "after"), ("sku=", "sku"), ("lot=1", "lot")] {
                let answer = try await shop.ask(.get("/v1/movements?" + query))
                #expect(try answer.problem(status: 400) == "invalid_parameter")
                #expect(try answer.faults() == ["\(name) invalid_parameter"])
            }
        }
    }

    @Test("a cooperative finds the movements of its own goods alone", arguments: Door.allCases)
    func ownOnly(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let own = Showing.token(try await shop.base.token(.cooperative, owner: OwnerCode("pingan")))
            for query in ["", "?sku=melon", "?limit=1"] {
                let answer = try await shop.ask(.get("/v1/movements" + query).showing(own))
                #expect(try await quantities(query, in: shop, showing: own) == [7], "\(query)")
                #expect(try answer.json()["next"] == nil, "\(query)")
            }
            let missing = try await shop.ask(.get("/v1/movements?sku=durian").showing(own))
            #expect(missing.text == #"{"movements":[]}"#)
            let foreign = try await shop.ask(.get("/v1/movements?sku=rice").showing(own))
            #expect(foreign.withoutDate == missing.withoutDate)
        }
    }
}
