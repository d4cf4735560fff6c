extension JSONReader {
    /// The value as a boolean; nil if it is something else.
    public func boolean(_ node: Node) -> Bool? {
        switch tokens[node.index].kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// The value as an integer of 64 bits, which must be written without fraction and exponent.
    ///
    /// Throws what is wrong: `wrongType`, `notAnInteger` or `outOfRange`.
    public func integer(_ node: Node) throws(JSONProblem.Code) -> Int64 {
        let token = tokens[node.index]
        guard token.kind == .integer else { throw token.kind == .fraction ? .notAnInteger : .wrongType }
        var digits = source(of: token)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        // 18 digits always fit; the slow way handles the rest.
        guard digits.count <= 18 else {
            guard let value = Int64(String(decoding: source(of: token), as: UTF8.self)) else { throw .outOfRange }
            return value
        }
        var magnitude: Int64 = 0
        for digit in digits { magnitude = magnitude &* 10 &+ Int64(digit &- UInt8(ascii: "0")) }
        return isNegative ? -magnitude : magnitude
    }

    /// Whether the value is a string.
    public func isText(_ node: Node) -> Bool {
        let kind = tokens[node.index].kind
        return kind == .plainText || kind == .escapedText
    }

    /// Lends the text of a string, escapes resolved, as valid UTF-8.
    ///
    /// The node must be a string.
    public func withText<Result>(of node: Node, _ body: (Span<UInt8>) -> Result) -> Result {
        let token = tokens[node.index]
        switch token.kind {
        case .plainText: return body(source(of: token).span)
        case .escapedText: return body(JSONEscape.unescaped(source(of: token)).span)
        default: preconditionFailure("only a string has text")
        }
    }

    /// The string, if it has no escapes and so many bytes that its length in characters is right; most strings do.
    func plainString(_ node: Node, _ length: ClosedRange<Int>) -> String? {
        let token = tokens[node.index]
        guard token.kind == .plainText else { return nil }
        let text = source(of: token)
        guard text.count <= length.upperBound, (text.count + 3) / 4 >= length.lowerBound else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// The string as a `String`; the node must be a string.
    public func string(_ node: Node) -> String {
        let token = tokens[node.index]
        if token.kind == .plainText { return String(decoding: source(of: token), as: UTF8.self) }
        return withText(of: node) { JSONText.string($0) }
    }
}
