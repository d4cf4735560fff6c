import JSON
import Testing

@Suite struct JSONWriterTests {
    @Test(
        "strings are escaped as far as needed and read back the same",
        arguments: [
            ("", #""""#), ("a", #""a""#), ("\"\\/", #""\"\\/""#), ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#),
            ("\u{1}\u{1F}\u{7F}", #""\u0001\u001f\u007f""#), ("芦笋 🍈", #""芦笋 🍈""#), ("a\nb\nc", #""a\nb\nc""#),
        ])
    func strings(_ text: String, _ written: String) throws {
        let type = JSONType<String>.string(0...100)
        #expect(String(decoding: type.bytes(of: text), as: UTF8.self) == written)
        #expect(try type.read(Array(written.utf8)) == text)
    }

    @Test(
        "integers are written in full",
        arguments: [0, 1, -1, 9, 10, 99, 100, -100, 1_234_567_890, .max, .min] as [Int64])
    func integers(_ value: Int64) throws {
        let bytes = JSONType<Int64>.integer().bytes(of: value)
        #expect(String(decoding: bytes, as: UTF8.self) == String(value))
        #expect(try JSONType<Int64>.integer().read(bytes) == value)
    }

    @Test("commas stand between values and nowhere else")
    func commas() {
        var writer = JSONWriter()
        writer.beginArray()
        writer.beginObject()
        writer.endObject()
        writer.beginObject()
        writer.key("a")
        writer.null()
        writer.key("b")
        writer.beginArray()
        writer.endArray()
        writer.key(JSONKey("c\""))
        writer.boolean(true)
        writer.endObject()
        writer.rendered(Array("[1]".utf8))
        writer.integer(2)
        writer.endArray()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"[{},{"a":null,"b":[],"c\"":true},[1],2]"#)
    }

    @Test("a writer grows beyond its first capacity")
    func grows() throws {
        let values = (0..<5_000).map { "value \($0)" }
        let type = JSONType<[String]>.array(of: .string(0...20), count: 0...5_000)
        #expect(try type.read(type.bytes(of: values)) == values)
    }

    @Test("an undeclared tree comes back as it was, member order included")
    func trees() throws {
        let text = #"{"z":[1,-2,{"a":null}],"a":{"z":true,"b":1.50},"m":"\"","n":123456789012345678901}"#
        let value = try JSONType<JSONValue>.any.read(Array(text.utf8))
        #expect(value["a"]?["b"] == .number("1.50"))
        #expect(value["n"] == .number("123456789012345678901"))
        #expect(value["q"] == nil)
        #expect(String(decoding: JSONType<JSONValue>.any.bytes(of: value), as: UTF8.self) == text)
    }

    @Test("a nullable value is written as null, an optional member is left out")
    func nullable() throws {
        let type = JSONType<Int64?>.nullable(.integer(0...9))
        #expect(type.bytes(of: nil) == Array("null".utf8))
        #expect(try type.read(Array("null".utf8)) == .some(nil))
        #expect(try type.read(Array("3".utf8)) == 3)
        #expect(problems("10", as: type).map(\.code) == [.outOfRange])
        let line = TestOrder.Line(sku: "a", quantity: 1, note: nil)
        #expect(String(decoding: TestOrder.Line.json.bytes(of: line), as: UTF8.self) == #"{"sku":"a","quantity":1}"#)
    }
}
