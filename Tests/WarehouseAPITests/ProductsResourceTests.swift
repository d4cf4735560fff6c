import CloudWarehouse
import HTTPTypes
import JSON
import Postgres
import Testing
import WarehouseTesting

@Suite("Products over the API", .onDatabase, .serialized)
struct ProductsResourceTests {
    private static let melon = """
        {"sku":"melon","name":"伊马乔大棚甜瓜","owner":"yimaqiao","unit":"piece",\
        "category":{"code":"fruit","name":"瓜果"},"price":{"fen":990,"per":1}}
        """
    private static let rice = """
        {"sku":"rice","name":"平安五彩早稻","owner":"yimaqiao","unit":"gram","price":{"fen":2200,"per":1000}}
        """

    private static func put(
        _ sku: String, name: String = "礼盒", owner: String = "yimaqiao", unit: String = "piece", more: String = ""
    ) -> Question {
        .put(#"{"name":"\#(name)","owner":"\#(owner)","unit":"\#(unit)"\#(more)}"#, to: "/v1/products/\(sku)")
    }

    @Test("products are listed in the order of their codes, page by page, and shown alone", arguments: Door.allCases)
    func list(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let all = try await shop.ask(.get("/v1/products"))
            #expect(all.status == 200 && all.text == #"{"products":[\#(Self.melon),\#(Self.rice)]}"#)
            #expect(
                try await shop.ask(.get("/v1/products?limit=1")).text
                    == #"{"products":[\#(Self.melon)],"next":"melon"}"#)
            #expect(
                try await shop.ask(.get("/v1/products?limit=1&after=melon")).text == #"{"products":[\#(Self.rice)]}"#)
            #expect(try await shop.ask(.get("/v1/products?after=rice")).text == #"{"products":[]}"#)
            #expect(try await shop.ask(.get("/v1/products/rice")).text == Self.rice)
            for target in ["/v1/products/durian", "/v1/products/Rice", "/v1/products/a%20b"] {
                #expect(try await shop.ask(.get(target)).problem(status: 404) == "not_found")
            }
            for (query, name) in [
                ("limit=0", "limit"), ("limit=501", "limit"), ("limit=%2B1", "limit"), ("after=", "after"),
                ("owner=yimaqiao", "owner"),
            ] {
                #expect(try await shop.ask(.get("/v1/products?" + query)).faults() == ["\(name) invalid_parameter"])
            }
        }
    }

    @Test(
        "a product is made once and then changed; what is not said stays; each time is audited",
        arguments: Door.allCases)
    func put(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let question = Self.put(
                "gift", more: #","category":{"code":"box","name":"礼盒"},"price":{"fen":9900,"per":1}"#)
            let made = try await shop.ask(question)
            #expect(made.status == 201)
            #expect(
                made.text == """
                    {"sku":"gift","name":"礼盒","owner":"yimaqiao","unit":"piece",\
                    "category":{"code":"box","name":"礼盒"},"price":{"fen":9900,"per":1}}
                    """)
            let again = try await shop.ask(question)
            #expect(again.status == 200 && again.body == made.body)
            #expect(try await shop.base.number("SELECT count(*) FROM sku WHERE code = 'gift'") == 1)
            let renamed = try await shop.ask(Self.put("gift", name: "大礼盒"))
            #expect(renamed.status == 200)
            #expect(renamed.text == made.text.replacing(#""name":"礼盒","owner""#, with: #""name":"大礼盒","owner""#))
            #expect(try await shop.ask(.get("/v1/products/gift")).body == renamed.body)
            #expect(
                try await shop.base.number(
                    """
                    SELECT count(*) FROM audit WHERE action = 'catalog.import' AND subject = 'yimaqiao gift'
                    AND actor = 'a operator' AND origin LIKE 'token %'
                    """) == 3)
        }
    }

    @Test(
        "another owner, another unit, an unknown owner and what is no product are refused by name",
        arguments: Door.allCases)
    func refused(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let other = #"{"code":"pingan","name":"平安合作社","kind":"cooperative"}"#
            #expect(try await shop.ask(.post(other, to: "/v1/owners")).status == 201)
            for (question, status, code, faults) in [
                (Self.put("melon", owner: "pingan"), 409, "code_taken", ["/owner code_taken"]),
                (Self.put("melon", unit: "gram"), 409, "other_unit", ["/unit other_unit"]),
                (Self.put("melon", owner: "x"), 422, "unknown_owner", ["/owner unknown_owner"]),
                (Self.put("a%20b"), 400, "invalid_parameter", ["sku invalid_parameter"]),
                (Self.put("a", unit: "jin"), 422, "invalid_body", ["/unit not_a_choice"]),
                (
                    Self.put("a", more: #","price":{"fen":-1,"per":0}"#), 422, "invalid_body",
                    ["/price/fen out_of_range", "/price/per out_of_range"]
                ),
                (Self.put("a", more: #","sku":"b""#), 422, "invalid_body", ["/sku unknown_field"]),
            ] {
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: status) == code, "\(answer.text)")
                #expect(try answer.faults() == faults)
            }
            #expect(try await shop.ask(.get("/v1/products/melon")).text == Self.melon)
            #expect(try await shop.base.number("SELECT count(*) FROM sku") == 2)
        }
    }

    @Test("two who make the same product at once both succeed, and it is there once", arguments: Door.allCases)
    func race(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await shop.ask(Self.put("gift")).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 201 }.count == 1)
            #expect(statuses.filter { $0 == 200 }.count == 7)
            #expect(try await shop.base.number("SELECT count(*) FROM product") == 3)
        }
    }

    @Test("who makes what another is just making changes the other's, once that is there", arguments: Door.allCases)
    func late(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let owner = shop.base.owner
            let putting = try await owner.withTransaction { _ in
                try await owner.execute(
                    sql:
                        "INSERT INTO product SELECT gen_random_uuid(), owner_id, NULL, '旧名', now() FROM product LIMIT 1"
                )
                try await owner.execute(
                    sql: """
                        INSERT INTO sku SELECT gen_random_uuid(), id, 'gift', '旧名', 'piece', now()
                        FROM product WHERE name = '旧名'
                        """)
                let putting = Task { try await shop.ask(Self.put("gift")) }
                var waiting: Int64 = 0
                for _ in 0..<5_000 where waiting == 0 {
                    waiting = try await shop.base.number(
                        """
                        SELECT count(*) FROM pg_locks
                        WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
                        """)
                }
                #expect(waiting == 1, "it waits for the other")
                return putting
            }
            let answer = try await putting.value
            #expect(answer.status == 200 && answer.text.contains("礼盒"), "\(answer.text)")
            #expect(try await shop.base.number("SELECT count(*) FROM sku") == 3)
        }
    }
}
