/// Text of a cell, in which a workbook writes what XML cannot hold as `_x000D_` (ECMA-376, 22.4.2.4).
enum EscapedText {
    /// The text that was meant.
    static func decoded(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let scalar = escape(bytes, at: index) {
                result += Array(String(scalar).utf8)
                index += 7
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The same text as a workbook has to write it.
    static func encoded(_ text: String) -> String {
        var result = ""
        for (offset, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
            let isControl =
                scalar.value < 0x20 && scalar != "\t" && scalar != "\n" || [0xFFFE, 0xFFFF].contains(scalar.value)
            let looksEscaped =
                scalar == "_" && escape(Array(text.unicodeScalars[offset...].prefix(7).map(\.asByte)), at: 0) != nil
            if isControl || looksEscaped {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// What `_xHHHH_` at this place stands for; half of a pair stands for nothing.
    private static func escape(_ bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"), bytes[index + 1] == UInt8(ascii: "x"),
            bytes[index + 6] == UInt8(ascii: "_"), bytes[index + 2] != UInt8(ascii: "+"),
            bytes[index + 2] != UInt8(ascii: "-"),
            let value = UInt32(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
        else { return nil }
        return Unicode.Scalar(value)
    }
}

extension Unicode.Scalar {
    fileprivate var asByte: UInt8 { isASCII ? UInt8(value) : 0 }
}
