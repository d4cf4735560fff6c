import Testing

@testable import yuncang

@Suite("Steering characters")
struct ControlCharactersTests {
    @Test(
        "a steering character is shown, not obeyed",
        arguments: [
            ("\u{1B}[31mred", "␛[31mred"), ("a\nb", "a␊b"), ("a\r\nb", "a␍␊b"), ("\u{0}", "␀"), ("\t", "␉"),
            ("\u{7F}", "␡"), ("\u{9B}2J", "<U+009B>2J"), ("\u{85}", "<U+0085>"), ("1\u{202E}2", "1<U+202E>2"),
            ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"), ("\u{2028}", "<U+2028>"), ("\u{FEFF}a", "<U+FEFF>a"),
            ("\u{200B}", "<U+200B>"), ("\u{E0041}", "<U+E0041>"), ("\u{061C}", "<U+061C>"),
        ])
    func neutralised(text: String, expected: String) {
        #expect(ControlCharacters.neutralised(text) == expected)
    }

    @Test(
        "ordinary text, emoji sequences included, stays as it is",
        arguments: ["abc", "云仓", "👩‍🌾", "e\u{301}", "❤\u{FE0F}", ""])
    func untouched(text: String) {
        #expect(ControlCharacters.neutralised(text) == text)
    }

    @Test("no scalar of C0, DEL and C1 passes")
    func exhaustive() {
        for value in Array(0...0x1F) + Array(0x7F...0x9F) {
            let text = "x" + String(Character(Unicode.Scalar(UInt8(value)))) + "y"
            let shown = ControlCharacters.neutralised(text)
            #expect(!shown.unicodeScalars.contains { $0.value == UInt32(value) })
            #expect(shown.hasPrefix("x") && shown.hasSuffix("y") && shown.count > 2)
        }
    }

    @Test("JSON keeps its value and loses raw steering characters")
    func json() {
        #expect(
            ControlCharacters.escapedInJSON("{\"a\":\"云\u{202E}\u{9B}\u{7F}\u{E0041}\"}")
                == #"{"a":"云\u202E\u009B\u007F\uDB40\uDC41"}"#)
    }
}
