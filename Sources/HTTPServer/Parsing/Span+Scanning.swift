internal import Glibc

extension Span<UInt8> {
    /// The first line feed in `range`, found at memory speed.
    func firstLineFeed(in range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        return withUnsafeBufferPointer { bytes in
            let part = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range]))
            // The range is not empty, so there is a base address, and memchr stays inside it.
            guard let base = part.baseAddress, let found = memchr(base, Int32(ASCII.lineFeed), part.count) else {
                return nil
            }
            return range.lowerBound + (UnsafeRawPointer(found) - base)
        }
    }

    /// Whether every byte in `range` may stand in a field value (RFC 9110, 5.5): no control character but the tab.
    func isFieldContent(_ range: Range<Int>) -> Bool {
        let raw = bytes
        var index = range.lowerBound
        while index + 8 <= range.upperBound {
            // Eight bytes at a time; any that may be a control character sends the word to the exact check below.
            let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let belowSpace = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
            let flipped = word ^ 0x7F7F_7F7F_7F7F_7F7F
            let isDelete = (flipped &- 0x0101_0101_0101_0101) & ~flipped & 0x8080_8080_8080_8080
            if belowSpace | isDelete != 0 {
                for offset in index..<index + 8 where !Self.isFieldContent(self[offset]) { return false }
            }
            index += 8
        }
        while index < range.upperBound {
            guard Self.isFieldContent(self[index]) else { return false }
            index += 1
        }
        return true
    }

    private static func isFieldContent(_ byte: UInt8) -> Bool {
        byte >= ASCII.space ? byte != ASCII.delete : byte == ASCII.tab
    }

    /// `range` without the spaces and tabs at its ends (RFC 9110, 5.6.3).
    func trimmingWhitespace(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isWhitespace(start) { start += 1 }
        while end > start, isWhitespace(end - 1) { end -= 1 }
        return start..<end
    }

    /// Whether a space or a tab stands at `index`.
    func isWhitespace(_ index: Int) -> Bool {
        self[index] == ASCII.space || self[index] == ASCII.tab
    }

    /// Whether the bytes in `range` are `lowercase`, in any case of their letters.
    func matches(_ lowercase: StaticString, in range: Range<Int>) -> Bool {
        guard range.count == lowercase.utf8CodeUnitCount else { return false }
        return lowercase.withUTF8Buffer { expected in
            for offset in 0..<expected.count where ASCII.lowercased(self[range.lowerBound + offset]) != expected[offset]
            {
                return false
            }
            return true
        }
    }

    /// Whether every byte in `range` is in `set`, or part of a well-formed percent escape.
    func isEscapedText(_ range: Range<Int>, of set: ByteSet) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            if set.contains(self[index]) {
                index += 1
            } else if self[index] == ASCII.percent, index + 2 < range.upperBound,
                ASCII.hexadecimal(self[index + 1]) != nil, ASCII.hexadecimal(self[index + 2]) != nil
            {
                index += 3
            } else {
                return false
            }
        }
        return true
    }
}
