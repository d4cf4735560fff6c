import Testing

@testable import CloudWarehouse

@Suite struct CSVParserTests {
    /// The rows of a text that arrives in pieces of `size` bytes, as `line: a|b|c`, problems as `line: !code`.
    private func rows(_ text: String, size: Int = .max, limits: ImportLimits = ImportLimits()) -> [String] {
        var parser = CSVParser(limits: limits)
        var events: [CSVParser.Event] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            events += parser.parse(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        if let last = parser.finish() { events.append(last) }
        return events.map { event in
            switch event {
            case .record(let record):
                "\(record.line): " + (0..<record.count).map { record[$0] }.joined(separator: "|")
            case .malformed(let line, let reason):
                "\(line): !\(ImportProblem(reason, line: line, column: nil).code.rawValue)"
            }
        }
    }

    @Test(
        "text is split by RFC 4180, however it is cut",
        arguments: [
            ("", []), ("a,b\r\nc,d\r\n", ["1: a|b", "2: c|d"]), ("a,b\nc,d", ["1: a|b", "2: c|d"]),
            ("a,,\n", ["1: a||"]), (",", ["1: |"]), ("\n\nx\n", ["1: ", "2: ", "3: x"]), (" a , b \n", ["1: a|b"]),
            ("\"a,b\",\"c\"\"d\"\n", ["1: a,b|c\"d"]), ("\"\",x\n", ["1: |x"]),
            ("\"a\r\nb\",c\nd,e\n", ["1: a\r\nb|c", "3: d|e"]), ("云仓,芦笋\n", ["1: 云仓|芦笋"]),
            ("\"a\"", ["1: a"]), ("a,\"b\"\r\n", ["1: a|b"]),
            ("a\"b,c\nd,e\n", ["1: !stray_quote", "2: d|e"]), ("\"a\"b,c\nd,e\n", ["1: !stray_quote", "2: d|e"]),
            ("a,\"b\nc,d\n", ["1: !unterminated_quote"]), ("a,b\n\"", ["1: a|b", "2: !unterminated_quote"]),
            ("\"a\";\"b\"\n", ["1: !other_separator"]), ("a,\"b\";c\n", ["1: !stray_quote"]),
            ("=\"12\",=x\n=\"3\"", ["1: =\"12\"|=x", "2: =\"3\""]), ("a,=\"1\"\r\n", ["1: a|=\"1\""]),
            ("=\"1,2\n3\n", ["1: !stray_quote", "2: 3"]), ("=\"1\n3\n", ["1: !stray_quote", "2: 3"]),
            ("=\"1\"x,2\n3\n", ["1: !stray_quote", "2: 3"]), ("=\"1", ["1: !stray_quote"]), ("=,=\n", ["1: =|="]),
            ("a\rb\n", ["1: !bare_carriage_return"]), ("a\r", ["1: !bare_carriage_return"]),
        ] as [(String, [String])])
    func splits(_ text: String, _ expected: [String]) {
        for size in [1, 2, 3, Int.max] { #expect(rows(text, size: size) == expected) }
    }

    @Test("a row beyond the limits ends the parsing, and a quote that nothing closes is named as the cause")
    func limits() {
        let limits = ImportLimits(rowBytes: 8, fields: 3)
        #expect(rows("12345678\n123456789\nx\n", limits: limits) == ["1: 12345678", "2: !row_too_large"])
        #expect(rows("a,b,c\na,b,c,d\nx\n", limits: limits) == ["1: a|b|c", "2: !row_too_large"])
        #expect(rows("a\n\"b\nc\nd\ne\nf\ng\n", limits: limits) == ["1: a", "2: !unterminated_quote"])
    }
}
