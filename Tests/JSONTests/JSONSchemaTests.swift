import JSON
import Testing

@Suite struct JSONSchemaTests {
    private static func components() throws -> JSONValue {
        var collection = JSONSchemaCollection()
        collection.add(TestOrder.json.schema)
        collection.add(TestOrder.Line.json.schema)
        var writer = JSONWriter()
        collection.write(to: &writer)
        return try JSONType<JSONValue>.any.read(writer.bytes)
    }

    @Test("named objects are collected once, in the order in which they are met")
    func collects() throws {
        guard case .object(let schemas) = try Self.components() else {
            Issue.record("no object")
            return
        }
        #expect(schemas.map(\.name) == ["Order", "OrderLine"])
    }

    @Test("an object's schema lists its members, the required ones, and forbids others")
    func objects() throws {
        let order = try Self.components()["Order"]
        #expect(order?["type"] == .string("object"))
        #expect(order?["description"] == .string("An order to place."))
        #expect(order?["additionalProperties"] == .boolean(false))
        #expect(order?["required"] == .array(["reference", "kind", "gift", "lines"].map { .string($0) }))
        let properties = order?["properties"]
        #expect(properties?["reference"]?["description"] == .string("The source's own number."))
        #expect(properties?["reference"]?["maxLength"] == .integer(64))
        #expect(properties?["kind"]?["enum"] == .array([.string("normal"), .string("presale")]))
        #expect(properties?["priority"]?["default"] == .integer(5))
        #expect(properties?["priority"]?["minimum"] == .integer(1))
        #expect(properties?["lines"]?["items"]?["$ref"] == .string("#/components/schemas/OrderLine"))
        #expect(properties?["lines"]?["maxItems"] == .integer(200))
        guard case .array(let choices) = properties?["shop"]?["anyOf"] else {
            Issue.record("an optional member shows that null is allowed")
            return
        }
        #expect(choices.last?["type"] == .string("null"))
    }

    @Test("what is only written leaves out what is absent; what is read takes null for it, and all that it holds does")
    func absence() throws {
        struct Inner: Sendable { var note: String? }
        struct Outer: Sendable {
            var inner: Inner?
        }
        let inner = JSONType<Inner>.object(
            "Inner", .optional("note", \.note, .string(1...9), about: "a word"), make: Inner.init)
        let outer = JSONType<Outer>.object("Outer", .optional("inner", \.inner, inner), make: Outer.init)
        func properties(_ additions: [(JSONSchema, isRead: Bool)]) throws -> [JSONValue?] {
            var collection = JSONSchemaCollection()
            for (schema, isRead) in additions { collection.add(schema, isRead: isRead) }
            var writer = JSONWriter()
            collection.write(to: &writer)
            let schemas = try JSONType<JSONValue>.any.read(writer.bytes)
            return [schemas["Outer"]?["properties"]?["inner"], schemas["Inner"]?["properties"]?["note"]]
        }
        let written = try properties([(outer.schema, false)])
        #expect(written[0]?["$ref"] == .string("#/components/schemas/Inner") && written[0]?["anyOf"] == nil)
        #expect(written[1]?["type"] == .string("string") && written[1]?["description"] == .string("a word"))
        for additions in [[(outer.schema, true)], [(outer.schema, false), (outer.schema, true)]] {
            for property in try properties(additions) { #expect(property?["anyOf"] != nil) }
        }
        let innerAlone = try properties([(outer.schema, false), (inner.schema, true)])
        #expect(innerAlone[0]?["anyOf"] == nil && innerAlone[1]?["anyOf"] != nil)
    }

    @Test("every code has a stable name of its own and says what would be right")
    func codes() {
        let codes = JSONProblem.Code.allCases
        #expect(Set(codes.map(\.rawValue)).count == codes.count)
        #expect(codes.allSatisfy { !$0.summary.isEmpty })
    }

    @Test("a pointer escapes what RFC 6901 reserves")
    func pointers() {
        let path = JSONPath([.member("a/b"), .element(3), .member("m~n")])
        #expect(path.pointer == "/a~1b/3/m~0n")
        #expect(path.description == "a/b[3].m~n")
        #expect(JSONPath().pointer == "")
    }

    @Test("a name from outside reaches a message without control characters, and cut short")
    func hostileNames() {
        let found = problems(#"{"\u001b[2Jx\n\u202e":1}"#, as: TestOrder.Line.json)
        #expect(found.first?.path.description == "\u{FFFD}[2Jx\u{FFFD}\u{FFFD}")
        let long = problems("{\"\(String(repeating: "k", count: 1000))\":1}", as: TestOrder.Line.json)
        #expect(long.first?.path.description.count == 64)
    }

    @Test(
        "a document that breaks off names the field at which it does",
        arguments: [
            (#"{"lines":[{"sku":"a"},{"sku":"b","quantity":nul}]}"#, "lines[1].quantity"),
            (#"{"lines":[{"sku":"a"},{"sku":"b","quantity":1.e}"#, "lines[1].quantity"),
            (#"{"lines":[1,2,x"#, "lines[2]"), (#"{"lines":[1,2"#, "lines"), (#"{"a":{"b":[[],["#, "a.b[1]"),
            (#"{"a":1,"b" 2}"#, "b"), ("[[1],[2],[\"\u{1}\"]]", "[2][0]"), ("x", ""), ("", ""), (#"{"a":1} x"#, ""),
        ])
    func breaks(_ document: String, _ path: String) {
        #expect(problems(document, as: JSONType<JSONValue>.any).map(\.path.description) == [path])
    }
}
