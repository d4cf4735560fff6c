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

    /// Appends the eight bytes of a word, the highest first.
    package mutating func append(_ word: UInt64) {
        withUnsafeBytes(of: word.bigEndian) { append($0.assumingMemoryBound(to: UInt8.self)) }
    }

    /// Appends a number that is not negative, in digits.
    package mutating func append(decimal value: Int) {
        var rest = UInt(value)
        var (digits, bound): (Int, UInt) = (1, 10)
        while rest >= bound, digits < 19 { (digits, bound) = (digits + 1, bound * 10) }
        withUnsafeMutableBufferPointer { room, count in
            precondition(digits <= room.count - count, "room was made for less")
            count += digits
            for index in stride(from: count - 1, through: count - digits, by: -1) {
                room.initializeElement(at: index, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            }
        }
    }
}
