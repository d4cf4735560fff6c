import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("Gift sets and limits, asked for", .onDatabase, .serialized)
struct ProductSetTests {
    private func withBox(_ body: (Shop) async throws -> Void) async throws {
        try await Shop.with(.inProcess) { shop in
            try await shop.base.stockMelons(9, rice: 5_000)
            for code in ["box", "pair"] {
                let made = try await shop.ask(
                    .put(
                        #"{"name":"礼盒","owner":"yimaqiao","unit":"piece","price":{"fen":5000,"per":1}}"#,
                        to: "/v1/products/\(code)"))
                #expect(made.status == 201)
            }
            try await body(shop)
        }
    }

    private func put(_ components: String, of set: String = "box") -> Question {
        .put(#"{"components":[\#(components)]}"#, to: "/v1/products/\(set)/components")
    }

    private static let both = #"{"sku":"melon","quantity":2},{"sku":"rice","quantity":500}"#

    @Test("a set is made, shown in the order of the codes, and made none")
    func life() async throws {
        try await withBox { shop in
            let none = try await shop.ask(.get("/v1/products/box/components"))
            #expect(none.text == #"{"components":[]}"#)
            let answer = try await shop.ask(put(#"{"sku":"rice","quantity":500},{"sku":"melon","quantity":2}"#))
            #expect(answer.status == 200)
            #expect(
                answer.text
                    == #"{"components":[{"sku":"melon","name":"伊马乔大棚甜瓜","unit":"piece","quantity":2},"#
                    + #"{"sku":"rice","name":"平安五彩早稻","unit":"gram","quantity":500}]}"#)
            #expect(try await shop.ask(.get("/v1/products/box/components")).text == answer.text)
            #expect(try await shop.ask(put("")).text == none.text)
        }
    }

    /// The code of the problem that a question is answered with, and its faults.
    private func refusal(_ shop: Shop, _ question: Question, _ status: Int) async throws -> [String] {
        let answer = try await shop.ask(question)
        return [try answer.problem(status: status)] + (try answer.faults())
    }

    @Test("what makes no set is refused by code and by field")
    func refused() async throws {
        try await withBox { shop in
            let made = try await shop.ask(put(Self.both))
            #expect(made.status == 200)
            let melon = #"{"sku":"melon","quantity":1}"#
            #expect(
                try await refusal(shop, put(#"\#(melon),{"sku":"fig","quantity":1}"#), 422)
                    == ["unknown_sku", "/components/1/sku unknown_sku"])
            #expect(
                try await refusal(shop, put(#"{"sku":"box","quantity":1}"#, of: "pair"), 409)
                    == ["nested_set", "/components/0/sku nested_set"])
            #expect(
                try await refusal(shop, put(#"{"sku":"box","quantity":1}"#), 422) == [
                    "invalid_body", "/components invalid_body",
                ])
            #expect(
                try await refusal(shop, put("\(melon),\(melon)"), 422) == [
                    "invalid_body", "/components/0/sku invalid_body",
                ])
            #expect(try await refusal(shop, put(melon, of: "rice"), 409).first == "own_stock")
            #expect(try await refusal(shop, put(melon, of: "fig"), 404).first == "not_found")
            let many = [String](repeating: melon, count: 51).joined(separator: ",")
            #expect(try await refusal(shop, put(many), 422).first == "invalid_body")
            let delivery = """
                {"reference":"r","warehouse":"main","location":"A-01","lines":[{"sku":"melon","owner":"yimaqiao","quantity":1},\
                {"sku":"box","owner":"yimaqiao","quantity":1}]}
                """
            #expect(
                try await refusal(shop, .post(delivery, to: "/v1/inbounds"), 409) == [
                    "gift_set", "/lines/1/sku gift_set",
                ])
        }
    }

    @Test("the stock shows how many sets lie in each warehouse, without an owner; a cooperative sees none")
    func stock() async throws {
        try await withBox { shop in
            #expect(try await shop.ask(put(Self.both)).status == 200)
            // Without a listener the board reads sets when it reads everything.
            let base = shop.base
            try await base.withFeed([shop.services.board]) { _, _ in }
            let answer = try await shop.ask(.get("/v1/stock/box"))
            #expect(
                answer.text.hasPrefix(
                    #"{"levels":[{"sku":"box","name":"礼盒","unit":"piece","warehouse":"main","available":4,"sellable":4,"held":0,"#
                ))
            #expect(!answer.text.contains("owner"))
            let page = try await shop.ask(.get("/v1/stock?limit=1"))
            #expect(try page.json()["next"] == .string("box main "))
            let rest = try await shop.ask(.get("/v1/stock?limit=9&after=box%20main%20"))
            #expect(!rest.text.contains(#""sku":"box""#) && rest.text.contains(#""sku":"melon""#))
            let own = Showing.token(try await base.token(.cooperative))
            #expect(try await shop.ask(.get("/v1/stock/box").showing(own)).status == 404)
            #expect(try await !shop.ask(.get("/v1/stock").showing(own)).text.contains("box"))
            let sheet = try await shop.ask(.get("/v1/stock").with(.accept, "text/csv"))
            #expect(sheet.text.contains("box,礼盒,piece,main,,4,4,0,0,0,"))
        }
    }

    @Test("a limit is set, changed and taken away; it counts from when it was set")
    func limit() async throws {
        try await withBox { shop in
            let path = "/v1/products/melon/limit"
            #expect(try await shop.ask(.get(path)).text == "{}")
            let set = try await shop.ask(.put(#"{"quantity":3}"#, to: path)).json()
            #expect(set["quantity"] == .integer(3))
            let changed = try await shop.ask(.put(#"{"quantity":2}"#, to: path)).json()
            #expect(changed["since"] == set["since"] && changed["quantity"] == .integer(2))
            #expect(try await shop.ask(.get(path)).json() == changed)
            let order = #"{"source":"s","reference":"1","lines":[{"sku":"melon","quantity":3}],"terms":{"buyer":"b"}}"#
            #expect(try await shop.ask(.order(order)).problem(status: 409) == "buyer_limit")
            #expect(try await shop.ask(.put(#"{"quantity":null}"#, to: path)).text == "{}")
            #expect(try await shop.ask(.order(order)).status == 201)
            for body in ["{}", #"{"quantity":0}"#, #"{"quantity":-1}"#, #"{"quantity":"3"}"#] {
                #expect(try await shop.ask(.put(body, to: path)).problem(status: 422) == "invalid_body", "\(body)")
            }
        }
    }
}
