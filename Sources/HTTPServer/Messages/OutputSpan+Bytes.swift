/// Writes bytes one after another where room was made for all of them at once: an array that grows by every piece looks each
/// time whether it may, and that costs more than the copying. What finds no room traps.
extension OutputSpan<UInt8> {
    /// Appends text that stands in the program.
    @inlinable
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append($0) }
    }

    /// Appends the bytes of a text.
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Appends bytes.
    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Appends bytes.
    package mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Appends bytes.
    @inlinable
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        withUnsafeMutableBufferPointer { room, count in
            precondition(bytes.count <= room.count - count, "room was made for less")
            guard let source = bytes.baseAddress, let start = room.baseAddress else { return }
            (start + count).initialize(from: source, count: bytes.count)
            count += bytes.count
        }
    }

    /// Appends a number that is not negative, in digits.
    package mutating func append(decimal value: Int) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var rest = value.magnitude
        var start = digits.count
        repeat {
            start -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        while start < digits.count {
            append(digits[start])
            start += 1
        }
    }
}
