/// The escapes of RFC 8259, section 7, turned back into text.
enum JSONEscape {
    /// The four hexadecimal digits at `offset`; nil when one of them is not a digit.
    static func hexUnit(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt16? {
        var unit: UInt16 = 0
        for index in offset..<offset + 4 {
            let byte = bytes[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// The text of a string that the scanner has already accepted.
    static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            offset += 1
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            let letter = text[offset]
            offset += 1
            switch letter {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"): appendCharacter(from: text, at: &offset, to: &result)
            default: result.append(letter)
            }
        }
        return result
    }

    private static func appendCharacter(
        from text: UnsafeBufferPointer<UInt8>, at offset: inout Int, to result: inout [UInt8]
    ) {
        guard let unit = hexUnit(text, at: offset) else { preconditionFailure("the scanner checks escapes") }
        offset += 4
        var value = UInt32(unit)
        if (0xD800...0xDBFF).contains(unit), let low = hexUnit(text, at: offset + 2) {
            offset += 6
            value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { preconditionFailure("the scanner pairs surrogates") }
        result.append(contentsOf: Array(Character(scalar).utf8))
    }
}
