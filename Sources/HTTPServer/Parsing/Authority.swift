/// The `host [":" port]` of a Host field or an absolute target (RFC 9110, 4.2 and 7.2).
enum Authority {
    /// Whether `range` holds one; an empty one is well-formed, for targets that have no authority.
    static func isWellFormed(_ input: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard let hostEnd = hostEnd(input, in: range) else { return false }
        guard hostEnd < range.upperBound else { return true }
        guard input[hostEnd] == ASCII.colon else { return false }
        let port = hostEnd + 1..<range.upperBound
        guard port.count <= 5 else { return false }
        var number = 0
        for index in port {
            guard let digit = ASCII.decimal(input[index]) else { return false }
            number = number * 10 + digit
        }
        return number <= 65_535
    }

    private static func hostEnd(_ input: Span<UInt8>, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        if index < range.upperBound, input[index] == ASCII.openBracket {
            index += 1
            while index < range.upperBound, ByteSet.addressLiteral.contains(input[index]) { index += 1 }
            guard index > range.lowerBound + 1, index < range.upperBound, input[index] == ASCII.closeBracket else {
                return nil
            }
            return index + 1
        }
        while index < range.upperBound, input[index] != ASCII.colon { index += 1 }
        return input.isEscapedText(range.lowerBound..<index, of: .registeredName) ? index : nil
    }
}
