import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@Suite("Warehouses and locations over the API", .onDatabase, .serialized)
struct PlacesResourceTests {
    private static let warehouse = Question.post(#"{"code":"cold/1","name":"冷库"}"#, to: "/v1/warehouses")
    private static let locations = "/v1/warehouses/cold%2F1/locations"

    private static func location(_ code: String, _ storageClass: String = "frozen") -> Question {
        .post(#"{"code":"\#(code)","storage_class":"\#(storageClass)"}"#, to: locations)
    }

    @Test("a warehouse and its locations are added, listed in order, and audited", arguments: Door.allCases)
    func add(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let warehouse = try await shop.ask(Self.warehouse)
            #expect(warehouse.status == 201 && warehouse.text == #"{"code":"cold/1","name":"冷库"}"#)
            #expect(
                try await shop.ask(.get("/v1/warehouses")).text
                    == #"{"warehouses":[{"code":"cold/1","name":"冷库"},{"code":"main","name":"主仓"}]}"#)
            #expect(try await shop.ask(.get(Self.locations)).text == #"{"locations":[]}"#)
            for code in ["B-01", "A-01"] {
                let location = try await shop.ask(Self.location(code))
                #expect(location.status == 201)
                #expect(location.text == #"{"code":"\#(code)","storage_class":"frozen"}"#)
            }
            #expect(
                try await shop.ask(.get(Self.locations)).text == """
                    {"locations":[{"code":"A-01","storage_class":"frozen"},\
                    {"code":"B-01","storage_class":"frozen"}]}
                    """)
            let main = try await shop.ask(.get("/v1/warehouses/main/locations"))
            #expect(main.text == #"{"locations":[{"code":"A-01","storage_class":"chilled"}]}"#)
            let audited = "SELECT count(*) FROM audit WHERE actor = 'a operator' AND origin LIKE 'token %'"
            #expect(try await shop.base.number(audited + " AND action = 'warehouse.add' AND subject = 'cold/1'") == 1)
            #expect(
                try await shop.base.number(audited + " AND action = 'location.add' AND subject LIKE 'cold/1 _-01'") == 2
            )
        }
    }

    @Test("a code that is taken is refused; a location's only in its own warehouse", arguments: Door.allCases)
    func taken(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            #expect(try await shop.ask(Self.warehouse).status == 201)
            #expect(try await shop.ask(Self.location("A-01")).status == 201)
            for question in [Self.warehouse, Self.location("A-01", "ambient")] {
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: 409) == "code_taken")
                #expect(try answer.faults() == ["/code code_taken"])
            }
            #expect(try await shop.base.number("SELECT count(*) FROM warehouse") == 2)
            #expect(try await shop.base.number("SELECT count(*) FROM location WHERE kind = 'storage'") == 2)
        }
    }

    @Test("a warehouse that there is not has no locations to list and takes none", arguments: Door.allCases)
    func missing(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            for path in ["/v1/warehouses/x/locations", "/v1/warehouses/%20/locations", Self.locations] {
                let listed = try await shop.ask(.get(path))
                #expect(try listed.problem(status: 404) == "not_found")
                let added = try await shop.ask(.post(#"{"code":"A","storage_class":"frozen"}"#, to: path))
                #expect(try added.problem(status: 404) == "not_found")
                #expect(added.nameless == listed.nameless)
            }
            #expect(try await shop.base.number("SELECT count(*) FROM location WHERE kind = 'storage'") == 1)
        }
    }

    @Test(
        "a zone and a location are changed as a whole, closed when empty, and take nothing then",
        arguments: Door.allCases)
    func layout(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.prepareMelons()
            let (zones, places) = ("/v1/warehouses/main/zones", "/v1/warehouses/main/locations")
            #expect(try await shop.ask(.post(#"{"code":"C","name":"冷藏区"}"#, to: zones)).status == 201)
            let full = """
                {"code":"C-1","storage_class":"chilled","zone":"C","purpose":"receiving",\
                "capacity":{"quantity":500,"unit":"gram"},"pick_sequence":7}
                """
            let added = try await shop.ask(.post(full, to: places))
            #expect(added.status == 201 && added.text == full)
            let inUse = try await shop.ask(.put(#"{"name":"冷库","closed":true}"#, to: zones + "/C"))
            #expect(try inUse.problem(status: 409) == "not_empty")
            let closed = try await shop.ask(
                .put(#"{"storage_class":"frozen","zone":"C","purpose":"storage","closed":true}"#, to: places + "/C-1"))
            #expect(closed.text == #"{"code":"C-1","storage_class":"frozen","zone":"C","closed":true}"#)
            let zone = try await shop.ask(.put(#"{"name":"冷库","closed":true}"#, to: zones + "/C"))
            #expect(zone.text == #"{"code":"C","name":"冷库","closed":true}"#)
            #expect(try await shop.ask(.get(zones)).text == #"{"zones":[\#(zone.text)]}"#)
            let opened = try await shop.ask(.put(#"{"storage_class":"frozen","zone":"C"}"#, to: places + "/C-1"))
            #expect(try opened.problem(status: 409) == "closed")
            #expect(try opened.faults() == ["/zone closed"])
            let delivery = """
                {"reference":"1","warehouse":"main","location":"C-1","lines":[{"sku":"melon","owner":"yimaqiao",\
                "quantity":1}]}
                """
            let refused = try await shop.ask(.post(delivery, to: "/v1/inbounds"))
            #expect(try refused.problem(status: 409) == "closed")
            #expect(try refused.faults() == ["/location closed"])
            for (path, body) in [
                (places + "/Z-9", #"{"storage_class":"frozen"}"#), (zones + "/Z", #"{"name":"x"}"#),
                ("/v1/warehouses/x/locations/C-1", #"{"storage_class":"frozen"}"#),
                ("/v1/warehouses/x/zones/C", #"{"name":"x"}"#),
            ] {
                #expect(try await shop.ask(.put(body, to: path)).problem(status: 404) == "not_found", "\(path)")
            }
            let wrong = try await shop.ask(
                .put(
                    #"{"code":"X","storage_class":"hot","capacity":{"quantity":0,"unit":"kg"},"pick_sequence":0}"#,
                    to: places + "/C-1"))
            #expect(
                try Set(wrong.faults()) == [
                    "/code unknown_field", "/storage_class not_a_choice", "/capacity/quantity out_of_range",
                    "/capacity/unit not_a_choice", "/pick_sequence out_of_range",
                ])
        }
    }

    @Test("what is no warehouse or location is refused, each field by name", arguments: Door.allCases)
    func invalid(door: Door) async throws {
        try await Shop.with(door) { shop in
            #expect(try await shop.ask(Self.warehouse).status == 201)
            let warehouse = try await shop.ask(.post(#"{"code":"冷库","name":7}"#, to: "/v1/warehouses"))
            #expect(try warehouse.problem(status: 422) == "invalid_body")
            #expect(try warehouse.faults() == ["/code wrong_format", "/name wrong_type"])
            let location = try await shop.ask(.post(#"{"storage_class":"hot","kind":"loss"}"#, to: Self.locations))
            #expect(try location.problem(status: 422) == "invalid_body")
            #expect(
                try Set(location.faults()) == [
                    "/kind unknown_field", "/code missing_field", "/storage_class not_a_choice",
                ])
        }
    }
}
