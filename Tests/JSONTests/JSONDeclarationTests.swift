import JSON
import Testing

@Suite struct JSONDeclarationTests {
    @Test("an order is read with its members in any order, and written in the order of declaration")
    func readsAndWrites() throws {
        let body = """
            { "lines": [ {"quantity": 2, "sku": "melon"}, {"sku":"\\u82a6\\u7b0b","quantity":500,"note":"轻放"} ],
              "kind": "presale", "reference": "TB-1", "gift": true }
            """
        let order = try TestOrder.json.read(Array(body.utf8))
        #expect(order.reference == "TB-1")
        #expect(order.kind == .presale)
        #expect(order.priority == 5)
        #expect(order.gift)
        #expect(order.shop == nil)
        #expect(
            order.lines == [.init(sku: "melon", quantity: 2, note: nil), .init(sku: "芦笋", quantity: 500, note: "轻放")])
        let written = String(decoding: TestOrder.json.bytes(of: order), as: UTF8.self)
        #expect(
            written == #"{"reference":"TB-1","kind":"presale","priority":5,"gift":true,"#
                + #""lines":[{"sku":"melon","quantity":2},{"sku":"芦笋","quantity":500,"note":"轻放"}]}"#)
        #expect(try TestOrder.json.read(Array(written.utf8)) == order)
    }

    @Test("null stands for an optional member that is missing, and for no other")
    func nulls() throws {
        let line = try TestOrder.Line.json.read(Array(#"{"sku":"a","quantity":1,"note":null}"#.utf8))
        #expect(line.note == nil)
        #expect(problems(#"{"sku":null,"quantity":1}"#, as: TestOrder.Line.json).map(\.code) == [.wrongType])
        let twice = #"{"sku":"a","quantity":1,"note":null,"note":null}"#
        #expect(problems(twice, as: TestOrder.Line.json).map(\.code) == [.duplicateKey])
    }

    @Test("all problems of a body are listed at once, each with path, pointer, offset and what would be right")
    func listsAll() {
        let body =
            #"{"reference":"","kind":"barter","gift":1,"extra":0,"lines":[{"sku":"a","quantity":9.0},"#
            + #"{"quantity":0},7,{"sku":"b","quantity":1,"sku":"c"}],"priority":99999999999999999999}"#
        let found = problems(body, as: TestOrder.json)
        #expect(
            found.map { "\($0.path) \($0.code.rawValue)" } == [
                "extra unknown_field", "reference wrong_length", "kind not_a_choice", "priority out_of_range",
                "gift wrong_type", "lines[0].quantity not_an_integer", "lines[1].sku missing_field",
                "lines[1].quantity out_of_range", "lines[2] wrong_type", "lines[3].sku json_duplicate_key",
            ])
        #expect(found[5].path.pointer == "/lines/0/quantity")
        #expect(found[5].message == "must be an integer from 1 to 100000, found 9.0")
        #expect(found[6].message == "must be a string of 1 to 40 characters, found nothing")
        #expect(found[2].message == #"must be one of "normal", "presale", found a string of 6 characters"#)
        for problem in found where problem.code != .missingField && problem.code != .unknownField {
            // The offset is that of the value itself: a string's first character, anything else's first byte.
            #expect(problem.offset > 0 && problem.offset < body.utf8.count)
        }
        #expect(Array(body.utf8)[found[5].offset...].starts(with: Array("9.0".utf8)))
        #expect(
            found[1].description.hasPrefix("reference: must be a string of 1 to 64 characters, found a string of 0"))
    }

    @Test("a problem never repeats the content of a string")
    func keepsSecrets() {
        let body = #"{"sku":"13800138000 临沂路5号 13800138000 临沂路5号 13800138000 ....","quantity":"13800138000"}"#
        for problem in problems(body, as: TestOrder.Line.json) {
            #expect(!problem.description.contains("138"))
        }
        #expect(problems(body, as: TestOrder.Line.json).count == 2)
    }

    @Test(
        "an integer is digits that fit: no fraction, no exponent, no other type",
        arguments: [
            ("9.0", .notAnInteger), ("9e0", .notAnInteger), ("1E2", .notAnInteger), ("-0.0", .notAnInteger),
            ("9223372036854775808", .outOfRange), ("-9223372036854775809", .outOfRange),
            ("\"9\"", .wrongType), ("true", .wrongType), ("null", .wrongType), ("[9]", .wrongType), ("{}", .wrongType),
        ] as [(String, JSONProblem.Code)])
    func integers(_ document: String, _ code: JSONProblem.Code) {
        #expect(problems(document, as: JSONType<Int64>.integer()).map(\.code) == [code])
    }

    @Test("the bounds of 64 bits are integers, and a narrower type keeps its own")
    func integerBounds() throws {
        #expect(try JSONType<Int64>.integer().read(Array("9223372036854775807".utf8)) == .max)
        #expect(try JSONType<Int64>.integer().read(Array("-9223372036854775808".utf8)) == .min)
        #expect(try JSONType<Int64>.integer().read(Array("-0".utf8)) == 0)
        #expect(try JSONType<Int32>.integer().read(Array("2147483647".utf8)) == .max)
        #expect(problems("2147483648", as: JSONType<Int32>.integer()).map(\.code) == [.outOfRange])
    }

    @Test("length counts characters as JSON Schema does, not bytes, and with escapes resolved")
    func lengths() throws {
        let two = JSONType<String>.string(2...2)
        #expect(try two.read(Array("\"云仓\"".utf8)) == "云仓")
        #expect(try two.read(Array(#""\u4e91\ud83d\udca7""#.utf8)) == "云\u{1F4A7}")
        #expect(problems("\"云\"", as: two).map(\.code) == [.wrongLength])
        #expect(problems("\"abc\"", as: two).map(\.code) == [.wrongLength])
        #expect(problems("\"\"", as: two).map(\.code) == [.wrongLength])
    }

    @Test("a list longer than declared is refused whole, without looking at its elements")
    func counts() {
        let list = JSONType<[Int64]>.array(of: .integer(1...9), count: 1...2)
        #expect(problems("[]", as: list).map(\.code) == [.wrongCount])
        #expect(problems("[0,0,0]", as: list).map(\.code) == [.wrongCount])
        #expect(problems("[0,0]", as: list).map(\.code) == [.outOfRange, .outOfRange])
    }

    @Test("problems beyond the limit are not listed")
    func problemLimit() {
        let list = JSONType<[Int64]>.array(of: .integer(1...9), count: 0...1000)
        let body = Array("[\(Array(repeating: "0", count: 500).joined(separator: ","))]".utf8)
        do throws(JSONRefusal) {
            _ = try list.read(body, limits: JSONLimits(problems: 3))
            Issue.record("read numbers that are out of range")
        } catch {
            #expect(error.problems.count == 3)
        }
    }

    @Test("a read-only field is refused by a code of its own")
    func readOnly() {
        let found = problems(#"{"sku":"a","quantity":1,"id":"7"}"#, as: TestOrder.Line.json)
        #expect(found.map(\.code) == [.readOnlyField])
        #expect(found.map(\.path.description) == ["id"])
        #expect(found.first?.code.isMalformed == false)
    }

    @Test("a type of the domain is converted on the way in and out, and says what it demands")
    func converted() throws {
        let even = JSONType<Int64>.integer(0...100).converted(
            "an even number", to: { $0 % 2 == 0 ? Even(half: $0 / 2) : nil }, from: { $0.half * 2 })
        #expect(try even.read(Array("42".utf8)).half == 21)
        #expect(String(decoding: even.bytes(of: Even(half: 3)), as: UTF8.self) == "6")
        let found = problems("7", as: even)
        #expect(found.map(\.message) == ["must be an even number, found 7"])
        #expect(found.map(\.code) == [.wrongFormat])
    }

    @Test("text of a form is parsed from its bytes")
    func formedText() throws {
        let digits = JSONType<Int>.text(
            JSONTextRule(pattern: "^[0-9]+$", length: 1...4, about: "digits"),
            parse: { Int(JSONText.string($0)) }, text: { String($0) })
        #expect(try digits.read(Array(#""0\u0031""#.utf8)) == 1)
        #expect(problems("\"12x\"", as: digits).map(\.code) == [.wrongFormat])
        #expect(problems("\"12345\"", as: digits).map(\.code) == [.wrongLength])
        #expect(problems("12", as: digits).map(\.code) == [.wrongType])
    }

    @Test("members of an object that could not be built are let go of")
    func releasesMembers() {
        let alive = Tally()
        let counted = JSONType<Counted>.text(
            JSONTextRule(length: 0...9), parse: { _ in Counted(alive) }, text: { _ in "" })
        let type = JSONType.object(
            "Pair",
            .required("one", \.one, counted),
            .required("two", \.two, counted),
            .required("number", \.number, .integer(1...9)),
            make: TestPair.init(one:two:number:))
        for _ in 0..<3 {
            #expect(throws: JSONRefusal.self) { try type.read(Array(#"{"one":"","two":"","number":0}"#.utf8)) }
            #expect(throws: JSONRefusal.self) { try type.read(Array(#"{"one":"","two":1,"number":1}"#.utf8)) }
            #expect(throws: Never.self) { try type.read(Array(#"{"one":"","two":"","number":1}"#.utf8)) }
        }
        #expect(alive.made == 15)
        #expect(alive.alive == 0)
    }
}

private struct Even: Equatable, Sendable {
    var half: Int64
}

/// What `type` says is wrong with a document.
func problems<Value>(_ document: String, as type: JSONType<Value>) -> [JSONProblem] {
    do throws(JSONRefusal) {
        _ = try type.read(Array(document.utf8))
        return []
    } catch {
        return error.problems
    }
}
