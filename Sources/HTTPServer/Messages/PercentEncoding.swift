/// Percent escapes of URIs (RFC 3986, 2.1).
enum PercentEncoding {
    /// The text behind `bytes`, whose escapes the parser found well-formed.
    ///
    /// - Throws: ``Refusal/malformedTarget`` if the result is not UTF-8, or holds a control character, which nothing
    ///   that this server names needs and logs and terminals suffer from.
    static func decode(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(Refusal) -> String {
        // Most need no decoding.
        if bytes.allSatisfy({ $0 > ASCII.space && $0 < ASCII.delete && $0 != ASCII.percent && $0 != ASCII.plus }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var byte = bytes[index]
            if byte == ASCII.percent {
                guard index + 2 < bytes.endIndex, let high = ASCII.hexadecimal(bytes[index + 1]),
                    let low = ASCII.hexadecimal(bytes[index + 2])
                else { throw .malformedTarget }
                byte = UInt8(high << 4 | low)
                index += 2
            } else if plusIsSpace, byte == ASCII.plus {
                byte = ASCII.space
            }
            guard byte >= ASCII.space, byte != ASCII.delete else { throw .malformedTarget }
            decoded.append(byte)
            index += 1
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .malformedTarget }
        return text
    }
}
