import HTTPTypes
import Testing
import WarehouseTesting

@Suite("What is wrong with an order", .onDatabase, .serialized)
struct OrderFaultTests {
    /// A body, the status and code it is answered with, and each fault that is named.
    struct Fault: Sendable, CustomTestStringConvertible {
        let what: String
        let body: String
        let status: Int
        let code: String
        let faults: [String]

        init(_ what: String, _ body: String, _ status: Int, _ code: String, _ faults: String...) {
            (self.what, self.body, self.status, self.code, self.faults) = (what, body, status, code, faults)
        }

        var testDescription: String { what }

        /// An order of one line with other members in place of those given.
        static func order(
            source: String = #""shop""#, reference: String = #""A-1""#, line: String = #"{"sku":"melon","quantity":1}"#,
            more: String = ""
        ) -> String {
            #"{"source":\#(source),"reference":\#(reference),"lines":[\#(line)]\#(more)}"#
        }

        static func line(sku: String = #""melon""#, quantity: String = "1", more: String = "") -> String {
            order(line: #"{"sku":\#(sku),"quantity":\#(quantity)\#(more)}"#)
        }
    }

    static let malformed = [
        Fault("nothing", "", 400, "malformed_json", " json_unexpected_end"),
        Fault("cut short", #"{"source":"shop""#, 400, "malformed_json", " json_unexpected_end"),
        Fault("no JSON", "source=shop", 400, "malformed_json", " json_invalid_syntax"),
        Fault(
            "a member twice", Fault.order(more: #","source":"b""#), 400, "malformed_json", "/source json_duplicate_key"),
        Fault(
            "a lone surrogate", Fault.order(reference: #""\ud800""#), 400, "malformed_json",
            "/reference json_lone_surrogate"),
        Fault("a NUL", Fault.order(reference: #""\u0000""#), 400, "malformed_json", "/reference json_nul_character"),
        Fault(
            "1e400", Fault.line(quantity: "1e400"), 400, "malformed_json", "/lines/0/quantity json_number_out_of_range"),
        Fault("NaN", Fault.line(quantity: "NaN"), 400, "malformed_json", "/lines/0/quantity json_invalid_syntax"),
    ]

    static let invalid = [
        Fault("no object", "[]", 422, "invalid_body", " wrong_type"),
        Fault(
            "everything missing", "{}", 422, "invalid_body", "/source missing_field", "/reference missing_field",
            "/lines missing_field"),
        Fault("another member", Fault.order(more: #","total":1"#), 422, "invalid_body", "/total unknown_field"),
        Fault("a source with a space", Fault.order(source: #""a b""#), 422, "invalid_body", "/source wrong_format"),
        Fault("a source of nothing", Fault.order(source: #""""#), 422, "invalid_body", "/source wrong_length"),
        Fault("a number as reference", Fault.order(reference: "1"), 422, "invalid_body", "/reference wrong_type"),
        Fault(
            "a line break in a reference", Fault.order(reference: #""a\nb""#), 422, "invalid_body",
            "/reference wrong_format"),
        Fault(
            "a reference over 128 bytes in 43 characters",
            Fault.order(reference: "\"" + String(repeating: "瓜", count: 43) + "\""), 422, "invalid_body",
            "/reference wrong_format"),
        Fault("no lines", #"{"source":"s","reference":"r","lines":[]}"#, 422, "invalid_body", "/lines wrong_count"),
        Fault(
            "too many lines",
            Fault.order(line: Array(repeating: #"{"sku":"melon","quantity":1}"#, count: 201).joined(separator: ",")),
            422,
            "invalid_body", "/lines wrong_count"),
        Fault("a SKU with a space", Fault.line(sku: #""a b""#), 422, "invalid_body", "/lines/0/sku wrong_format"),
        Fault("a SKU of null", Fault.line(sku: "null"), 422, "invalid_body", "/lines/0/sku wrong_type"),
        Fault("9.0 melons", Fault.line(quantity: "9.0"), 422, "invalid_body", "/lines/0/quantity not_an_integer"),
        Fault("no melons", Fault.line(quantity: "0"), 422, "invalid_body", "/lines/0/quantity out_of_range"),
        Fault("minus one melon", Fault.line(quantity: "-1"), 422, "invalid_body", "/lines/0/quantity out_of_range"),
        Fault(
            "more melons than there can be", Fault.line(quantity: "1000000000000001"), 422, "invalid_body",
            "/lines/0/quantity out_of_range"),
        Fault(
            "a quantity in words", Fault.line(quantity: #""1""#), 422, "invalid_body", "/lines/0/quantity wrong_type"),
        Fault(
            "a price below nothing", Fault.line(more: #","price":{"fen":-1,"per":1}"#), 422, "invalid_body",
            "/lines/0/price/fen out_of_range"),
        Fault(
            "a price for nothing", Fault.line(more: #","price":{"fen":1,"per":0}"#), 422, "invalid_body",
            "/lines/0/price/per out_of_range"),
        Fault(
            "a hold of no time", Fault.order(more: #","hold_seconds":0"#), 422, "invalid_body",
            "/hold_seconds out_of_range"),
        Fault(
            "a hold of more than a day", Fault.order(more: #","hold_seconds":86401"#), 422, "invalid_body",
            "/hold_seconds out_of_range"),
        Fault(
            "all at once",
            #"{"source":"","reference":7,"hold_seconds":true,"lines":[{"sku":"melon"},{"quantity":0,"sku":"a b","x":1}]}"#,
            422, "invalid_body", "/source wrong_length", "/reference wrong_type", "/hold_seconds wrong_type",
            "/lines/0/quantity missing_field", "/lines/1/x unknown_field", "/lines/1/sku wrong_format",
            "/lines/1/quantity out_of_range"),
    ]

    static let refused = [
        Fault("a SKU that there is not", Fault.line(sku: #""durian""#), 422, "unknown_sku", "/lines/0/sku unknown_sku"),
        Fault("a SKU in another case", Fault.line(sku: #""Melon""#), 422, "unknown_sku", "/lines/0/sku unknown_sku"),
        Fault(
            "an amount over 64 bits",
            Fault.line(quantity: "1000000000000000", more: #","price":{"fen":1000000000000,"per":1}"#), 422,
            "amount_too_large", "/lines amount_too_large"),
    ]

    /// What is named, whatever the order: members are looked at in the order of their declaration.
    private func check(_ faults: [Fault], door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            for fault in faults {
                let answer = try await shop.ask(.order(fault.body))
                let comment = Comment(rawValue: fault.what)
                #expect(try answer.problem(status: fault.status) == fault.code, comment)
                #expect(try Set(answer.faults()) == Set(fault.faults), comment)
                #expect(try answer.faults().count == fault.faults.count, comment)
            }
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 0)
            #expect(try await shop.base.number("SELECT sum(committed + held)::bigint FROM pool") == 0)
        }
    }

    @Test("what is no JSON is answered 400, with the place at which it breaks", arguments: Door.allCases)
    func malformedBodies(door: Door) async throws {
        try await check(Self.malformed, door: door)
    }

    @Test("what is not as declared is answered 422, with every fault at once", arguments: Door.allCases)
    func invalidBodies(door: Door) async throws {
        try await check(Self.invalid, door: door)
    }

    @Test("what the base refuses is answered by the reason, and the line named", arguments: Door.allCases)
    func refusedOrders(door: Door) async throws {
        try await check(Self.refused, door: door)
    }

    @Test("only JSON is taken", arguments: Door.allCases)
    func contentTypes(door: Door) async throws {
        let body = Fault.order()
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            for type in [
                nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application", "",
                "application/json; charset=gbk", "application/json;charset=gb18030", "application/json; charset=utf-16",
                "application/json; charset=utf-8; charset=gbk", "application/json; charset=",
                "application/json; charset",
                "application/json; CHARSET=\"GBK\"",
            ] {
                let answer = try await shop.ask(.post(body, to: "/v1/orders", as: type))
                #expect(try answer.problem(status: 415) == "unsupported_media_type", "\(type ?? "none")")
            }
            #expect(try await shop.base.number("SELECT count(*) FROM customer_order") == 0)
            let types = [
                "application/json", "Application/JSON", "application/json; charset=utf-8",
                "application/json ; charset=\"utf-8\"", "application/json;CharSet=UTF-8", "application/json;",
                "application/json; profile=x;charset=utf-8",
            ]
            for type in types {
                #expect(try await shop.ask(.post(body, to: "/v1/orders", as: type)).status == 201, "\(type)")
            }
        }
    }

    @Test("what a body holds never comes back in a problem", arguments: Door.allCases)
    func nothingIsEchoed(door: Door) async throws {
        try await Shop.with(door) { shop in
            let answer = try await shop.ask(.order(Fault.order(source: #""138 0013 8000""#, reference: #""a\nb""#)))
            #expect(try answer.problem(status: 422) == "invalid_body")
            #expect(!answer.text.contains("138") && !answer.text.contains("8000"))
        }
    }
}
