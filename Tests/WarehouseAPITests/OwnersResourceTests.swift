import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("Owners over the API", .onDatabase, .serialized)
struct OwnersResourceTests {
    private static func owner(_ code: String, kind: String = "brand") -> Question {
        .post(#"{"code":"\#(code)","name":"甘谷农旅","kind":"\#(kind)"}"#, to: "/v1/owners")
    }

    @Test("an owner is added, listed, and in the audit log under who added it", arguments: Door.allCases)
    func add(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let added = try await shop.ask(Self.owner("gangu"))
            #expect(added.status == 201)
            #expect(added.text == #"{"code":"gangu","name":"甘谷农旅","kind":"brand"}"#)
            #expect(
                try await shop.ask(.get("/v1/owners")).text == """
                    {"owners":[{"code":"gangu","name":"甘谷农旅","kind":"brand"},\
                    {"code":"yimaqiao","name":"伊马乔合作社","kind":"cooperative"}]}
                    """)
            #expect(
                try await shop.base.number(
                    """
                    SELECT count(*) FROM audit WHERE action = 'owner.add' AND subject = 'gangu'
                    AND actor = 'a operator' AND origin LIKE 'token %'
                    """) == 1)
        }
    }

    @Test(
        "a code that is taken is refused as such, whatever else is said, and leaves no trace", arguments: Door.allCases)
    func taken(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let (audited, before) = (
                try await shop.base.number("SELECT count(*) FROM audit"), try await shop.ask(.get("/v1/owners"))
            )
            let answer = try await shop.ask(Self.owner("yimaqiao"))
            #expect(try answer.problem(status: 409) == "code_taken")
            #expect(try answer.faults() == ["/code code_taken"])
            #expect(try await shop.base.number("SELECT count(*) FROM audit") == audited)
            #expect(try await shop.ask(.get("/v1/owners")).body == before.body)
        }
    }

    @Test("what is no owner is refused, each field by name", arguments: Door.allCases)
    func invalid(door: Door) async throws {
        try await Shop.with(door) { shop in
            for (body, faults) in [
                ("{}", ["/code missing_field", "/name missing_field", "/kind missing_field"]),
                (
                    #"{"code":"a b","name":"a\nb","kind":"bank"}"#,
                    ["/code wrong_format", "/name wrong_format", "/kind not_a_choice"]
                ),
                (#"{"code":"a","name":"","kind":"brand"}"#, ["/name wrong_length"]),
                (#"{"code":"a","name":"b","kind":"brand","id":1}"#, ["/id unknown_field"]),
            ] {
                let answer = try await shop.ask(.post(body, to: "/v1/owners"))
                #expect(try answer.problem(status: 422) == "invalid_body")
                #expect(try answer.faults() == faults, "\(body)")
            }
            #expect(try await shop.ask(.get("/v1/owners?limit=1")).problem(status: 400) == "invalid_parameter")
            #expect(try await shop.base.number("SELECT count(*) FROM owner") == 0)
        }
    }

    @Test("a cooperative sees itself alone, a host everybody", arguments: Door.allCases)
    func ownOnly(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let own = Showing.token(try await shop.base.token(.cooperative))
            let before = try await shop.ask(.get("/v1/owners").showing(own))
            #expect(try await shop.ask(Self.owner("gangu")).status == 201)
            let after = try await shop.ask(.get("/v1/owners").showing(own))
            #expect(after.withoutDate == before.withoutDate)
            #expect(after.text.contains("yimaqiao"))
            let host = Showing.token(try await shop.base.token(.host))
            #expect(try await shop.ask(.get("/v1/owners").showing(host)).text.contains("gangu"))
        }
    }
}
