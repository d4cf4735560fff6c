/// Makes characters visible that would steer a terminal instead of showing something.
///
/// Names, notes and error messages come from outside. An escape sequence in a product's name could repaint the screen,
/// a line break forge a row, a bidirectional override show a number backwards. None of them reaches a terminal:
/// C0 and DEL are shown by their pictures (`␛`, `␊`, `␡`), all others by their number (`<U+202E>`).
enum ControlCharacters {
    /// The text with every steering character replaced by something visible.
    static func neutralised(_ text: String) -> String {
        // U+0085 and the bidirectional marks begin with 0xC2, 0xD8 or more: one pass over bytes clears plain ASCII.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isSteering(scalar) {
                result += visible(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// JSON text with the steering characters that JSON allows raw inside strings escaped as `\uXXXX`.
    ///
    /// The value stays the same. Only for finished JSON on one line, whose C0 characters are escaped already.
    static func escapedInJSON(_ json: String) -> String {
        if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
        var result = ""
        for scalar in json.unicodeScalars {
            if scalar.value >= 0x7F && isSteering(scalar) {
                for unit in String(scalar).utf16 { result += "\\u" + hexadecimal(UInt32(unit)) }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// C0, DEL, C1, line separators, bidirectional controls, and invisible characters that hide text.
    static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F, 0x80...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: true  // bidirectional, deprecated formats
        case 0x2028, 0x2029: true  // line and paragraph separator
        case 0x200B, 0x2060...0x2065, 0xFEFF, 0xFFF9...0xFFFB: true  // invisible; U+200D stays: it joins emoji
        case 0xE0000...0xE007F: true  // tags
        default: false
        }
    }

    private static func visible(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x00...0x1F:
            // The control pictures stand in the order of the characters that they picture.
            String(Unicode.Scalar(0x2400 + scalar.value).map(Character.init) ?? "\u{FFFD}")
        case 0x7F: "\u{2421}"
        default: "<U+" + hexadecimal(scalar.value) + ">"
        }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
