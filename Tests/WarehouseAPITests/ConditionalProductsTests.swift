import CloudWarehouse
import HTTPTypes
import Testing
import WarehouseTesting

@Suite("Conditional requests for products", .onDatabase, .serialized)
struct ConditionalProductsTests {
    private static func put(_ sku: String, name: String, owner: String = "yimaqiao") -> Question {
        .put(#"{"name":"\#(name)","owner":"\#(owner)","unit":"piece"}"#, to: "/v1/products/\(sku)")
    }

    @Test("a product has a tag that its changes change, and one who has it gets 304", arguments: Door.allCases)
    func reading(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let question = Question.get("/v1/products/melon")
            let first = try await shop.ask(question)
            let tag = try #require(first[.eTag])
            let again = try await shop.ask(question.with(.ifNoneMatch, tag))
            #expect(again.status == 304 && again.body.isEmpty && again[.eTag] == tag)
            let other = try await shop.ask(question.with(.ifNoneMatch, "\"x\""))
            #expect(other.status == 200 && other.body == first.body)
            let changed = try await shop.ask(Self.put("melon", name: "新名"))
            #expect(changed.status == 200 && changed[.eTag] != tag)
            let now = try await shop.ask(question.with(.ifNoneMatch, tag))
            #expect(now.status == 200 && now[.eTag] == changed[.eTag] && now.body == changed.body)
            #expect(try await shop.ask(question.with(.ifMatch, tag)).problem(status: 412) == "precondition_failed")
        }
    }

    @Test("a change of a state that is no longer there is not made, and leaves no trace", arguments: Door.allCases)
    func changing(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let tag = try #require(try await shop.ask(.get("/v1/products/melon"))[.eTag])
            let first = try await shop.ask(Self.put("melon", name: "甲").with(.ifMatch, tag))
            #expect(first.status == 200)
            let audited = try await shop.base.number("SELECT count(*) FROM audit")
            let late = try await shop.ask(Self.put("melon", name: "乙").with(.ifMatch, tag))
            #expect(try late.problem(status: 412) == "precondition_failed")
            #expect(try await shop.ask(.get("/v1/products/melon")).body == first.body)
            #expect(try await shop.base.number("SELECT count(*) FROM audit") == audited)
            let next = try #require(first[.eTag])
            #expect(try await shop.ask(Self.put("melon", name: "乙").with(.ifMatch, next)).status == 200)
            #expect(try await shop.ask(Self.put("melon", name: "丙").with(.ifMatch, "*")).status == 200)
            #expect(try await shop.ask(Self.put("new", name: "丙").with(.ifMatch, "*")).status == 412)
            #expect(try await shop.base.number("SELECT count(*) FROM sku WHERE code = 'new'") == 0)
        }
    }

    @Test("with If-None-Match: * a product is made and never changed", arguments: Door.allCases)
    func making(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            #expect(try await shop.ask(Self.put("new", name: "甲").with(.ifNoneMatch, "*")).status == 201)
            let again = try await shop.ask(Self.put("new", name: "乙").with(.ifNoneMatch, "*"))
            #expect(try again.problem(status: 412) == "precondition_failed")
            #expect(try await shop.ask(.get("/v1/products/new")).text.contains("甲"))
        }
    }

    @Test("of many changes of one state that come at once, one is made", arguments: Door.allCases)
    func atOnce(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let tag = try #require(try await shop.ask(.get("/v1/products/melon"))[.eTag])
            for condition in [(HTTPField.Name.ifMatch, tag, "melon", 200), (.ifNoneMatch, "*", "new", 201)] {
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<8 {
                        group.addTask {
                            let question = Self.put(condition.2, name: "\(number)").with(condition.0, condition.1)
                            return try await shop.ask(question).status
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses.count { $0 == condition.3 } == 1 && statuses.count { $0 == 412 } == 7, "\(statuses)")
            }
        }
    }

    @Test("a condition tells a cooperative nothing of others' products", arguments: Door.allCases)
    func others(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let pingan = try OwnerCode("pingan")
            _ = try await shop.base.catalog.addOwner(
                code: pingan, name: try Name("平安"), kind: .cooperative, by: shop.base.principal)
            let taro = CatalogEntry(code: try SKUCode("yimaqiao:taro"), name: try Name("香芋"), unit: .piece)
            _ = try await shop.base.catalog.importEntries([taro], of: pingan, by: shop.base.principal)
            let own = Showing.token(try await shop.base.token(.cooperative))
            let plain = try await shop.ask(Self.put("yimaqiao:taro", name: "甲").showing(own))
            #expect(plain.status == 404)
            for (name, value) in [(HTTPField.Name.ifMatch, "*"), (.ifMatch, "\"x\""), (.ifNoneMatch, "*")] {
                let question = Self.put("yimaqiao:taro", name: "甲").with(name, value).showing(own)
                #expect(try await shop.ask(question).withoutDate == plain.withoutDate)
                let read = try await shop.ask(.get("/v1/products/yimaqiao:taro").with(name, value).showing(own))
                let missing = try await shop.ask(.get("/v1/products/durian").showing(own))
                #expect(read.withoutDate == missing.withoutDate)
            }
        }
    }
}
