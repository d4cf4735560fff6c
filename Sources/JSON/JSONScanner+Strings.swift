extension JSONScanner {
    /// Scans a string from its opening quote to its closing one and checks escapes and UTF-8 on the way.
    mutating func scanString() throws(Failure) {
        offset += 1
        let start = offset
        var kind = JSONToken.Kind.plainText
        while true {
            skipPlainText()
            guard offset < bytes.count else { throw Failure(code: .unexpectedEnd, offset: offset) }
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                try appendScalar(kind, from: start, to: offset - 1)
                return
            case UInt8(ascii: "\\"):
                kind = .escapedText
                try scanEscape()
            case 0x00..<0x20:
                throw Failure(code: .controlCharacter, offset: offset)
            default:
                try scanMultibyteCharacter()
            }
        }
    }

    /// Skips ASCII that is neither quote, backslash nor control character, eight bytes at a time.
    private mutating func skipPlainText() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while bytes.count - offset >= 8 {
            let word = UInt64(littleEndian: loadWord(at: offset))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // A byte's high bit is set in `special` for a quote, a backslash, a byte under 0x20 or one from 0x80 on.
            // A borrow can mark bytes above the lowest marked one wrongly, so only the lowest is used.
            let special =
                ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
                    | (word &- ones &* 0x20) & ~word | word) & highs
            if special != 0 {
                offset += special.trailingZeroBitCount / 8
                return
            }
            offset += 8
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 || byte >= 0x80 { return }
            offset += 1
        }
    }

    /// The eight bytes from `offset` on, which the caller has checked to be there.
    private func loadWord(at offset: Int) -> UInt64 {
        UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    private mutating func scanEscape() throws(Failure) {
        let start = offset
        guard offset + 1 < bytes.count else { throw Failure(code: .unexpectedEnd, offset: bytes.count) }
        let letter = bytes[offset + 1]
        offset += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            let unit = try scanHexUnit()
            if unit == 0 { throw Failure(code: .nulCharacter, offset: start) }
            if (0xDC00...0xDFFF).contains(unit) { throw Failure(code: .loneSurrogate, offset: start) }
            guard (0xD800...0xDBFF).contains(unit) else { return }
            guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
            else { throw Failure(code: .loneSurrogate, offset: start) }
            offset += 2
            let low = try scanHexUnit()
            guard (0xDC00...0xDFFF).contains(low) else { throw Failure(code: .loneSurrogate, offset: start) }
        default:
            throw Failure(code: .invalidEscape, offset: start)
        }
    }

    private mutating func scanHexUnit() throws(Failure) -> UInt16 {
        guard bytes.count - offset >= 4 else { throw Failure(code: .unexpectedEnd, offset: bytes.count) }
        guard let unit = JSONEscape.hexUnit(bytes, at: offset) else {
            throw Failure(code: .invalidEscape, offset: offset)
        }
        offset += 4
        return unit
    }

    /// Checks one character of two to four bytes by the table of well-formed sequences (Unicode 16, table 3-7).
    private mutating func scanMultibyteCharacter() throws(Failure) {
        let first = bytes[offset]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: length = 3
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw Failure(code: .invalidUTF8, offset: offset)
        }
        guard bytes.count - offset >= length, second.contains(bytes[offset + 1]) else {
            throw Failure(code: .invalidUTF8, offset: offset)
        }
        for index in 2..<length where bytes[offset + index] & 0xC0 != 0x80 {
            throw Failure(code: .invalidUTF8, offset: offset)
        }
        offset += length
    }
}
