extension JSONScanner {
    /// Scans `-? (0 | [1-9][0-9]*) (\.[0-9]+)? ([eE][+-]?[0-9]+)?`.
    ///
    /// Integers keep any size here; whether one fits is decided where it is read. A number with a fraction or an
    /// exponent must be finite as a double (RFC 8259, section 6), so 1e400 is refused wherever it stands.
    mutating func scanNumber() throws(Failure) {
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let firstDigit = offset
        try scanDigits()
        if bytes[firstDigit] == UInt8(ascii: "0"), offset - firstDigit > 1 {
            throw Failure(code: .invalidNumber, offset: firstDigit)
        }
        var kind = JSONToken.Kind.integer
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            kind = .fraction
            offset += 1
            try scanDigits()
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            kind = .fraction
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            try scanDigits()
        }
        guard offset - start <= limits.numberCharacters else {
            throw Failure(code: .numberOutOfRange, offset: start)
        }
        if kind == .fraction {
            let text = String(decoding: bytes[start..<offset], as: UTF8.self)
            guard let value = Double(text), value.isFinite else {
                throw Failure(code: .numberOutOfRange, offset: start)
            }
        }
        try appendScalar(kind, from: start, to: offset)
    }

    private mutating func scanDigits() throws(Failure) {
        let start = offset
        while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
        if offset == start {
            throw Failure(code: offset < bytes.count ? .invalidNumber : .unexpectedEnd, offset: offset)
        }
    }
}
