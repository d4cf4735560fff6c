internal import HTTPServer
internal import HTTPTypes

/// What a form sends (`application/x-www-form-urlencoded`).
struct FormFields: Sendable {
    private var values: [String: String] = [:]

    /// Reads the body of a request. What is no UTF-8 and what comes twice is left out, and so is missing.
    ///
    /// - Throws: 415 for another content type.
    init(of request: Request) throws(Problem) {
        let media = request.fields[.contentType]?.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard media == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, "Send the form as Content-Type: application/x-www-form-urlencoded.")
        }
        var twice: Set<String> = []
        for pair in request.body.prefix(4_096).split(separator: UInt8(ascii: "&")) {
            let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = Self.text(pair[..<end]), let value = Self.text(pair[end...].dropFirst()) else { continue }
            if values.updateValue(value, forKey: name) != nil { twice.insert(name) }
        }
        for name in twice { values[name] = nil }
    }

    /// The value of a field; nil where there is none.
    subscript(name: String) -> String? { values[name] }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
