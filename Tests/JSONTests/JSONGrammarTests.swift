import JSON
import Testing

/// Documents by the categories of JSONTestSuite: what every reader must take, must refuse, and what RFC 8259 leaves
/// open and this reader refuses.
@Suite struct JSONGrammarTests {
    private static func code(of document: [UInt8]) -> JSONProblem.Code? {
        do throws(JSONRefusal) {
            _ = try JSONType<JSONValue>.any.read(document)
            return nil
        } catch {
            return error.problems.first?.code
        }
    }

    @Test(
        "a well-formed document is read",
        arguments: [
            "null", "true", " false ", "0", "-0", "-1", "9223372036854775807", "123456789012345678901234567890",
            "1.5", "1e5", "1E+5", "1e-5", "0.1e1", "\"\"", "[]", "{}", "[ ]", "{ }", "[1, 2 ,3]", "[[],[[]]]",
            #"{"a":1,"b":{"a":2}}"#, #"{"":0}"#, #"{"a":[{"b":null}]}"#, "\t\r\n [1]\n", #""\"\\\/\b\f\n\r\t""#,
            #""\u00e9\u4e91""#, #""\uD834\uDD1E""#, "\"云仓\"", "\"\u{7F}\"", "\"\u{10FFFF}\"", "\"\u{2028}\"",
            #"{"é":1,"e\u0301":2}"#, "1.7976931348623157e308", "1e-400",
        ])
    func accepts(_ document: String) {
        #expect(Self.code(of: Array(document.utf8)) == nil)
    }

    @Test(
        "a document that is no JSON is refused with its code",
        arguments: [
            ("", .unexpectedEnd), ("  ", .unexpectedEnd), ("[", .unexpectedEnd), ("[1", .unexpectedEnd),
            ("[1,", .unexpectedEnd), ("{", .unexpectedEnd), (#"{"a""#, .unexpectedEnd), (#"{"a":"#, .unexpectedEnd),
            (#"{"a":1"#, .unexpectedEnd), (#"{"a":1,"#, .unexpectedEnd), ("\"abc", .unexpectedEnd),
            ("\"\\", .unexpectedEnd), (#""\u12"#, .unexpectedEnd), ("tru", .unexpectedEnd), ("-", .unexpectedEnd),
            ("1.", .unexpectedEnd), ("1e", .unexpectedEnd), ("1e+", .unexpectedEnd),
            ("nul1", .invalidSyntax), ("True", .invalidSyntax), ("NaN", .invalidSyntax), ("Infinity", .invalidSyntax),
            ("-Infinity", .invalidNumber), ("-NaN", .invalidNumber), ("+1", .invalidSyntax), (".5", .invalidSyntax),
            ("1.e5", .invalidNumber), ("01", .invalidNumber), ("-01", .invalidNumber), ("0x10", .trailingBytes),
            ("1e5.5", .trailingBytes), ("'a'", .invalidSyntax), ("[1,]", .invalidSyntax), ("[,1]", .invalidSyntax),
            ("[1 2]", .invalidSyntax), ("[1}", .invalidSyntax), (#"{"a":1]"#, .invalidSyntax),
            (#"{"a":1,}"#, .invalidSyntax), ("{,}", .invalidSyntax), ("{a:1}", .invalidSyntax),
            ("{1:1}", .invalidSyntax),
            (#"{"a" 1}"#, .invalidSyntax), (#"{"a"::1}"#, .invalidSyntax), (#"{"a":}"#, .invalidSyntax),
            ("[1]/*c*/", .trailingBytes), ("//c\n1", .invalidSyntax), ("[]]", .trailingBytes), ("{}{}", .trailingBytes),
            ("1 2", .trailingBytes), ("]", .invalidSyntax), ("}", .invalidSyntax), (":", .invalidSyntax),
            ("\u{0C}1", .invalidSyntax), ("\u{A0}1", .invalidSyntax), ("1\u{00}", .trailingBytes),
            ("\u{FEFF}1", .byteOrderMark), ("1e400", .numberOutOfRange), ("[-1e999]", .numberOutOfRange),
            (String(repeating: "9", count: 65), .numberOutOfRange),
            ("\"a\nb\"", .controlCharacter), ("\"\u{1F}\"", .controlCharacter), ("\"\u{0}\"", .controlCharacter),
            (#""\u0000""#, .nulCharacter), (#""\x41""#, .invalidEscape), (#""\u12G4""#, .invalidEscape),
            (#""\u+123""#, .invalidEscape), (#""\U0041""#, .invalidEscape), (#""\uD800""#, .loneSurrogate),
            (#""\uDC00""#, .loneSurrogate), (#""\uD800\uD800""#, .loneSurrogate), (#""\uD800x""#, .loneSurrogate),
            (#""\uD834\n""#, .loneSurrogate), (#""\uDD1E\uD834""#, .loneSurrogate),
            (#"{"a":1,"a":1}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
            (#"[{"b":{"a":1,"c":2,"a":3}}]"#, .duplicateKey),
        ] as [(String, JSONProblem.Code)])
    func refuses(_ document: String, _ code: JSONProblem.Code) {
        #expect(Self.code(of: Array(document.utf8)) == code)
        #expect(code.isMalformed)
    }

    @Test(
        "bytes that are no UTF-8 are refused at the byte that is wrong",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE4, 0xBA], [0xE4, 0x41, 0x91], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98],
            [0xFE], [0xFF],
        ] as [[UInt8]])
    func refusesEncoding(_ bytes: [UInt8]) {
        // Longer and shorter than a word before the wrong byte, so that both ways of skipping plain text meet it.
        for prefix in ["", "abc", "abcdefghij"] {
            let document = Array("\"\(prefix)".utf8) + bytes + Array("\"".utf8)
            do throws(JSONRefusal) {
                _ = try JSONType<JSONValue>.any.read(document)
                Issue.record("read \(bytes)")
            } catch {
                #expect(error.problems.map(\.code) == [.invalidUTF8])
                #expect(error.problems.map(\.offset) == [prefix.utf8.count + 1])
            }
        }
    }

    @Test("every plain byte in every position of a word is plain text, and only those")
    func skipsPlainText() throws {
        for position in 0..<20 {
            for byte in UInt8(0)...0x7F {
                var text = [UInt8](repeating: UInt8(ascii: "x"), count: 20)
                text[position] = byte
                let isPlain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
                let document = [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")]
                let value = try? JSONType<String>.string(20...20).read(document)
                #expect(value == (isPlain ? String(decoding: text, as: UTF8.self) : nil))
            }
        }
    }

    @Test("limits on depth, values, bytes and digits are kept to the unit")
    func limits() throws {
        let limits = JSONLimits(documentBytes: 40, depth: 3, tokens: 6, numberCharacters: 5)
        func code(_ document: String) -> JSONProblem.Code? {
            do throws(JSONRefusal) {
                _ = try JSONType<JSONValue>.any.read(Array(document.utf8), limits: limits)
                return nil
            } catch {
                return error.problems.first?.code
            }
        }
        #expect(code("[[[]]]") == nil)
        #expect(code("[[[[]]]]") == .tooDeep)
        #expect(code("[[[]],[[]]]") == nil)
        #expect(code("[[],[],[[[]]]]") == .tooDeep)
        #expect(code("[1,2,3,4,5]") == nil)
        #expect(code("[1,2,3,4,5,6]") == .tooLarge)
        #expect(code(#"{"a":1,"b":2,"c":3}"#) == .tooLarge)
        #expect(code("[12345]") == nil)
        #expect(code("[123456]") == .numberOutOfRange)
        #expect(code("\"" + String(repeating: "a", count: 38) + "\"") == nil)
        #expect(code("\"" + String(repeating: "a", count: 39) + "\"") == .tooLarge)
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
        #expect(throws: JSONRefusal.self) { try JSONType<JSONValue>.any.read(deep) }
    }
}
