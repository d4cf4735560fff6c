import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("Lots over the API", .onDatabase, .serialized)
struct LotsResourceTests {
    private static func deliver(_ reference: String, _ lines: String..., location: String = "A-01") -> Question {
        .post(
            """
            {"reference":"\(reference)","warehouse":"main","location":"\(location)",\
            "lines":[\(lines.joined(separator: ","))]}
            """, to: "/v1/inbounds")
    }

    /// Melons of two days and rice, then melons of another owner: from the newest on `melon`, `rice`, `melon`, `melon`.
    private func stock(_ shop: Shop) async throws {
        try await shop.base.prepareMelons()
        _ = try await shop.base.catalog.addOwner(
            code: try OwnerCode("pingan"), name: Name("平安合作社"), kind: .cooperative, by: shop.base.principal)
        for question in [
            Self.deliver(
                "1",
                """
                {"sku":"melon","owner":"yimaqiao","quantity":3,"harvested_on":"2026-11-20",\
                "expires_on":"2099-11-30","grade":"特级"}
                """),
            Self.deliver(
                "2", #"{"sku":"melon","owner":"yimaqiao","quantity":4}"#,
                #"{"sku":"rice","owner":"yimaqiao","quantity":5000}"#),
            Self.deliver("3", #"{"sku":"melon","owner":"pingan","quantity":7}"#),
        ] { #expect(try await shop.ask(question).status == 201) }
    }

    /// Each lot of a page in words: its SKU, its owner's first letter, and how many there are.
    private func lots(_ query: String, in shop: Shop, showing: Showing = .operator) async throws -> [String] {
        let answer = try await shop.ask(.get("/v1/lots" + query).showing(showing))
        #expect(answer.status == 200, "\(answer.text)")
        guard case .array(let lots)? = try answer.json()["lots"] else { return ["?"] }
        return lots.map { lot in
            guard case .string(let sku)? = lot["sku"], case .string(let owner)? = lot["owner"],
                case .array(let standings)? = lot["standings"]
            else { return "?" }
            let counts = standings.map { standing in
                if case .integer(let count)? = standing["on_hand"] { "\(count)" } else { "?" }
            }
            return "\(sku) \(owner.prefix(1)) " + counts.joined(separator: "+")
        }
    }

    @Test("a lot is told with its days, grade and places, every field exact", arguments: Door.allCases)
    func fields(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let answer = try await shop.ask(.get("/v1/lots?sku=melon&owner=yimaqiao"))
            guard case .array(let lots)? = try answer.json()["lots"], lots.count == 2,
                case .string(let first)? = lots[0]["id"], case .string(let second)? = lots[1]["id"]
            else {
                Issue.record("not two lots: \(answer.text)")
                return
            }
            func standing(_ count: Int) -> String {
                #""standings":[{"warehouse":"main","location":"A-01","quality":"good","on_hand":\#(count)}]"#
            }
            #expect(
                answer.text == """
                    {"lots":[{"id":"\(first)","sku":"melon","unit":"piece","owner":"yimaqiao","status":"released",\
                    \(standing(4))},{"id":"\(second)","sku":"melon","unit":"piece","owner":"yimaqiao",\
                    "harvested_on":"2026-11-20","expires_on":"2099-11-30","grade":"特级","status":"released",\
                    \(standing(3))}]}
                    """)
        }
    }

    @Test("lots are listed from the newest on, by SKU and owner, page by page", arguments: Door.allCases)
    func list(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let all = ["melon p 7", "rice y 5000", "melon y 4", "melon y 3"]
            #expect(try await lots("", in: shop) == all)
            #expect(try await lots("?sku=melon", in: shop) == [all[0], all[2], all[3]])
            #expect(try await lots("?owner=yimaqiao", in: shop) == [all[1], all[2], all[3]])
            #expect(try await lots("?sku=melon&owner=pingan", in: shop) == [all[0]])
            #expect(try await lots("?sku=durian", in: shop) == [])
            #expect(try await lots("?owner=nobody", in: shop) == [])
            for filter in ["", "&sku=melon", "&owner=yimaqiao"] {
                var (found, after): ([String], String) = ([], "")
                repeat {
                    let query = "?limit=1\(filter)\(after)"
                    let page = try await lots(query, in: shop)
                    #expect(page.count == 1)
                    found += page
                    let next = try await shop.ask(.get("/v1/lots" + query)).json()["next"]
                    after = if case .string(let id)? = next { "&after=\(id)" } else { "" }
                } while !after.isEmpty && found.count < 9
                #expect(try await lots("?" + filter.dropFirst(), in: shop) == found)
            }
        }
    }

    @Test("a lot in several places is one lot, and of what is gone nothing stands anywhere", arguments: Door.allCases)
    func places(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            try await shop.base.run(
                script: """
                    UPDATE balance SET on_hand = 0 WHERE on_hand = 4;
                    UPDATE balance SET on_hand = 5 WHERE on_hand = 7;
                    INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
                    SELECT sku_id, location_id, lot_id, owner_id, 'damaged', 2 FROM balance WHERE on_hand = 5;
                    """)
            let expected = ["melon p 2+5", "rice y 5000", "melon y ", "melon y 3"]
            #expect(try await lots("", in: shop) == expected)
            #expect(try await lots("?limit=3", in: shop) == Array(expected.prefix(3)))
            #expect(try await lots("?sku=melon", in: shop) == [expected[0], expected[2], expected[3]])
            #expect(try await lots("?sku=melon&limit=1", in: shop) == [expected[0]])
        }
    }

    @Test("a cooperative finds its own lots alone, whatever it asks for", arguments: Door.allCases)
    func ownOnly(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await stock(shop)
            let own = Showing.token(try await shop.base.token(.cooperative, owner: OwnerCode("pingan")))
            for query in ["", "?sku=melon", "?owner=pingan", "?limit=1", "?sku=melon&limit=1"] {
                #expect(try await lots(query, in: shop, showing: own) == ["melon p 7"], "\(query)")
                let answer = try await shop.ask(.get("/v1/lots" + query).showing(own))
                #expect(try answer.json()["next"] == nil, "\(query)")
            }
            let missing = try await shop.ask(.get("/v1/lots?sku=durian").showing(own))
            for query in ["?owner=yimaqiao", "?owner=nobody", "?sku=rice", "?sku=melon&owner=yimaqiao"] {
                let answer = try await shop.ask(.get("/v1/lots" + query).showing(own))
                #expect(answer.withoutDate == missing.withoutDate, "\(query)")
            }
        }
    }

    @Test("a wrong parameter of the list is named", arguments: Door.allCases)
    func wrongParameters(door: Door) async throws {
        try await Shop.with(door) { shop in
            for (query, name) in [
                ("limit=501", "limit"), ("limit=", "limit"), ("after=x", "after"), ("sku=a%20b", "sku"),
                ("owner=", "owner"), ("warehouse=main", "warehouse"),
            ] {
                let answer = try await shop.ask(.get("/v1/lots?" + query))
                #expect(try answer.problem(status: 400) == "invalid_parameter", "\(query)")
                #expect(try answer.faults() == ["\(name) invalid_parameter"], "\(query)")
            }
        }
    }
}
