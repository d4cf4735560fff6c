import CloudWarehouse
import HTTPTypes
import JSON
import Postgres
import Testing
import WarehouseTesting

@Suite("Orders over the API", .onDatabase, .serialized)
struct OrderResourceTests {
    /// Places an order of so many melons and gives its id.
    private func place(
        _ reference: String, melons: Int = 1, hold: Int? = nil, source: String = "shop", in shop: Shop
    ) async throws -> String {
        let hold = hold.map { #""hold_seconds":\#($0),"# } ?? ""
        let answer = try await shop.ask(
            .order(
                #"{"source":"\#(source)","reference":"\#(reference)",\#(hold)"lines":[{"sku":"melon","quantity":\#(melons)}]}"#
            ))
        guard case .string(let id)? = try answer.json()["id"] else {
            Issue.record("no id: \(answer.text)")
            return ""
        }
        return id
    }

    private func change(_ id: String, _ what: String, in shop: Shop) async throws -> Answer {
        try await shop.ask(.post("", to: "/v1/orders/\(id)/\(what)", as: nil))
    }

    @Test("an order is shown with its lines, every field exact", arguments: Door.allCases)
    func show(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let id = try await place("订单 1", melons: 2, in: shop)
            let answer = try await shop.ask(.get("/v1/orders/\(id)"))
            #expect(answer.status == 200)
            let json = try answer.json()
            guard case .string(let at)? = json["placed_at"] else {
                Issue.record("no time: \(answer.text)")
                return
            }
            let line = """
                {"line":1,"sku":"melon","name":"伊马乔大棚甜瓜","unit":"piece",\
                "place":{"warehouse":"main","owner":"yimaqiao"},"quantity":2,\
                "price":{"fen":990,"per":1},"amount_fen":1980,"claim":"committed"}
                """
            #expect(
                answer.text == """
                    {"id":"\(id)","source":"shop","reference":"订单 1","state":"committed","total_fen":1980,\
                    "placed_at":"\(at)","revision":0,"lines":[\(line)]}
                    """)
            #expect(try await shop.ask(.get("/v1/orders/\(id.uppercased())")).text == answer.text)
        }
    }

    @Test(
        "a cancelled order gives its stock back, and is cancelled again with the same answer", arguments: Door.allCases)
    func cancel(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(3)
            let id = try await place("1", melons: 3, in: shop)
            let first = try await change(id, "cancel", in: shop)
            #expect(first.status == 200)
            #expect(try first.json()["state"] == .string("cancelled"))
            let second = try await change(id, "cancel", in: shop)
            #expect(second.status == 200 && second.body == first.body)
            _ = try await place("2", melons: 3, in: shop)
            #expect(try await shop.base.number("SELECT committed FROM pool") == 3)
            #expect(try await shop.base.differences().isEmpty)
        }
    }

    @Test(
        "what is on its way is not cancelled, what is given up is not paid, each told by its code",
        arguments: Door.allCases)
    func refused(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let (gone, held) = (try await place("1", in: shop), try await place("2", hold: 60, in: shop))
            let paid = try await change(held, "pay", in: shop)
            #expect(paid.status == 200)
            #expect(try paid.json()["state"] == .string("committed"))
            for state in ["shipped", "returned"] {
                try await shop.base.owner.execute(
                    sql: "UPDATE customer_order SET state = '\(state)' WHERE id = '\(gone)'")
                let answer = try await change(gone, "cancel", in: shop)
                #expect(try answer.problem(status: 409) == "not_cancellable")
                #expect(answer.text.contains(state))
            }
            _ = try await change(held, "cancel", in: shop)
            #expect(try await change(held, "pay", in: shop).problem(status: 409) == "not_payable")
        }
    }

    @Test("an id that is none, one of no order, and one of another kind are all the same 404", arguments: Door.allCases)
    func missing(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let missing = try await shop.ask(.get("/v1/orders/01a21341-c2f1-7000-881f-1e564bafdf31"))
            #expect(try missing.problem(status: 404) == "not_found")
            for id in [
                "x", "1", "%20", "01a21341-c2f1-7000-881f-1e564bafdf3", "%7B01a21341-c2f1-7000-881f-1e564bafdf31%7D",
            ] {
                let answer = try await shop.ask(.get("/v1/orders/\(id)"))
                #expect(answer.status == 404 && answer.nameless == missing.nameless, "\(id)")
                for what in ["cancel", "pay", "claim"] {
                    let answer = try await change(id, what, in: shop)
                    #expect(answer.status == 404 && answer.nameless == missing.nameless, "\(id)")
                }
                let recipient = try await shop.ask(.get("/v1/orders/\(id)/recipient"))
                #expect(recipient.status == 404 && recipient.nameless == missing.nameless, "\(id)")
            }
        }
    }

    @Test("a change takes neither a body nor a query", arguments: Door.allCases)
    func noBody(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let id = try await place("1", in: shop)
            let body = try await shop.ask(.post(#"{"state":"held"}"#, to: "/v1/orders/\(id)/cancel"))
            #expect(try body.problem(status: 422) == "invalid_body")
            let query = try await shop.ask(.post("", to: "/v1/orders/\(id)/cancel?force=1", as: nil))
            #expect(try query.faults() == ["force invalid_parameter"])
            #expect(try await shop.base.number("SELECT committed FROM pool") == 1)
        }
    }

    @Test(
        "orders are listed from the newest on, by source, state and reference, page by page", arguments: Door.allCases)
    func list(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            var ids: [String] = []
            for number in 0..<4 {
                ids.append(try await place("\(number)", source: number < 2 ? "a" : "b", in: shop))
            }
            _ = try await change(ids[1], "cancel", in: shop)
            let found = { (query: String) async throws -> [String] in
                let answer = try await shop.ask(.get("/v1/orders" + query))
                #expect(answer.status == 200, "\(query): \(answer.text)")
                guard case .array(let orders)? = try answer.json()["orders"] else { return ["?"] }
                return orders.map { order in
                    if case .string(let id)? = order["id"] {
                        ids.firstIndex(of: id).map(String.init) ?? "?"
                    } else {
                        "?"
                    }
                }
            }
            for (query, expected) in [
                ("", "3210"), ("?source=a", "10"), ("?state=cancelled", "1"), ("?source=b&state=cancelled", ""),
                ("?limit=2", "32"), ("?after=\(ids[2])", "10"), ("?after=\(ids[2])&limit=1", "1"),
                ("?source=a&reference=0", "0"), ("?source=b&reference=0", ""), ("?source=c", ""),
                ("?source=a&reference=1&state=cancelled", "1"), ("?source=a&reference=1&state=held", ""),
            ] {
                #expect(try await found(query).joined() == expected, "\(query)")
            }
            let first = try await shop.ask(.get("/v1/orders?limit=2"))
            #expect(try first.json()["next"] == .string(ids[2]))
            let last = try await shop.ask(.get("/v1/orders?limit=2&after=\(ids[2])"))
            #expect(try last.json()["next"] == nil)
        }
    }

    @Test("a wrong parameter of the list is named", arguments: Door.allCases)
    func wrongParameters(door: Door) async throws {
        try await Shop.with(door) { shop in
            for (query, name) in [
                ("limit=0", "limit"), ("limit=201", "limit"), ("limit=%2B1", "limit"), ("limit=x", "limit"),
                ("after=x", "after"), ("after=", "after"), ("state=gone", "state"), ("state=", "state"),
                ("source=", "source"), ("source=%E6%8A%96", "source"), ("reference=1", "reference"),
                ("source=a&reference=", "reference"), ("offset=1", "offset"),
            ] {
                let answer = try await shop.ask(.get("/v1/orders?" + query))
                #expect(try answer.problem(status: 400) == "invalid_parameter", "\(query)")
                #expect(try answer.faults() == ["\(name) invalid_parameter"], "\(query)")
            }
        }
    }
}
