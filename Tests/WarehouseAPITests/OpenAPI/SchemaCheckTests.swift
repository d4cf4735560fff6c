import JSON
import Testing

@Suite("The check of answers against their schemas")
struct SchemaCheckTests {
    private static let document = """
        {"components":{"schemas":{"Line":{"type":"object","properties":{"sku":{"type":"string","pattern":"^[a-z]+$",\
        "minLength":2,"maxLength":4},"count":{"type":"integer","format":"int64","minimum":1,"maximum":9},\
        "at":{"type":"string","format":"date-time"},"day":{"type":"string","format":"date"},\
        "id":{"anyOf":[{"type":"string","format":"uuid"},{"type":"null"}]},"kind":{"type":"string","enum":["a","b"]},\
        "lines":{"type":"array","items":{"$ref":"#/components/schemas/Line"},"minItems":1,"maxItems":2},\
        "fixed":{"allOf":[{"type":"integer"},{"const":4}]}},"required":["sku"],"additionalProperties":false}}}}
        """

    private func faults(_ value: String, _ schema: String = ##"{"$ref":"#/components/schemas/Line"}"##) throws
        -> [String]
    {
        let read = { (text: String) in try JSONType<JSONValue>.any.read(Array(text.utf8)) }
        return SchemaCheck(document: try read(Self.document)).faults(of: try read(value), against: try read(schema))
    }

    @Test("what keeps the schema passes")
    func passes() throws {
        #expect(
            try faults(
                """
                {"sku":"ab","count":9,"at":"2026-11-23T08:09:10.123456Z","day":"2026-11-23","id":null,"kind":"b",\
                "lines":[{"sku":"abcd"}],"fixed":4}
                """) == [])
    }

    @Test(
        "whatever breaks it is named with its place",
        arguments: [
            ("{}", ""), ("[]", ""), (#"{"sku":1}"#, "/sku"), (#"{"sku":"a"}"#, "/sku"), (#"{"sku":"abcde"}"#, "/sku"),
            (#"{"sku":"AB"}"#, "/sku"), (#"{"sku":"ab","more":1}"#, ""), (#"{"sku":"ab","count":0}"#, "/count"),
            (#"{"sku":"ab","count":10}"#, "/count"), (#"{"sku":"ab","count":1.0}"#, "/count"),
            (#"{"sku":"ab","at":"2026-11-23 08:09:10Z"}"#, "/at"), (#"{"sku":"ab","day":"2026-13-23"}"#, "/day"),
            (#"{"sku":"ab","id":"x"}"#, "/id"), (#"{"sku":"ab","kind":"c"}"#, "/kind"),
            (#"{"sku":"ab","lines":[]}"#, "/lines"), (#"{"sku":"ab","lines":[{}]}"#, "/lines/0"),
            (#"{"sku":"ab","lines":[{"sku":"ab"},{"sku":"ab"},{"sku":"ab"}]}"#, "/lines"),
            (#"{"sku":"ab","fixed":5}"#, "/fixed"), (#"{"sku":null}"#, "/sku"),
        ])
    func fails(_ value: String, _ place: String) throws {
        let found = try faults(value)
        #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix(place + ":") }, "\(found)")
    }

    @Test("a keyword, a format or a reference that is not known is a fault, not passed over")
    func unknown() throws {
        for schema in [
            #"{"oneOf":[{}]}"#, #"{"type":"string","format":"email"}"#, ##"{"$ref":"#/components/schemas/None"}"##,
            #"{"type":["string","null"]}"#, #"{"$ref":"other.json"}"#,
        ] {
            #expect(try !faults(#""x""#, schema).isEmpty, "\(schema)")
        }
    }
}
