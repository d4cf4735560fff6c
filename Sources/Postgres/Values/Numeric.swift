/// A decimal number of any size, or NaN: `numeric`. Kept as PostgreSQL keeps it: digits of base 10,000 and a scale.
///
/// The service counts in whole units and never computes with this; it is for what other people's queries return.
public struct Numeric: Hashable, Sendable {
    private enum Sign: UInt16 {
        case positive = 0x0000
        case negative = 0x4000
        case notANumber = 0xC000
    }

    private let sign: Sign
    /// The power of 10,000 of the first digit.
    private let weight: Int16
    /// How many decimals are shown.
    private let scale: UInt16
    private let digits: [UInt16]

    /// A whole number.
    public init(_ value: Int64) {
        self.init(String(value))!
    }
}

extension Numeric: LosslessStringConvertible {
    /// Reads digits with an optional sign and an optional fraction, or `NaN`; no exponent, no spaces.
    public init?(_ text: String) {
        if text == "NaN" {
            (sign, weight, scale, digits) = (.notANumber, 0, 0, [])
            return
        }
        let negative = text.hasPrefix("-")
        let unsigned = negative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts[0].utf8
        let fraction = parts.count == 2 ? parts[1].utf8 : Substring().utf8
        guard !whole.isEmpty, parts.count == 1 || !fraction.isEmpty, fraction.count <= 16_383, whole.count <= 131_072,
            (Array(whole) + fraction).allSatisfy({ (48...57).contains($0) })
        else { return nil }
        // Groups of four digits on either side of the decimal point.
        let padded =
            [UInt8](repeating: 48, count: (4 - whole.count % 4) % 4) + whole + fraction
            + [UInt8](repeating: 48, count: (4 - fraction.count % 4) % 4)
        var groups = stride(from: 0, to: padded.count, by: 4).map { start in
            padded[start..<start + 4].reduce(UInt16(0)) { $0 * 10 + UInt16($1 - 48) }
        }
        var weight = (whole.count + 3) / 4 - 1
        while groups.first == 0 {
            groups.removeFirst()
            weight -= 1
        }
        while groups.last == 0 { groups.removeLast() }
        self.sign = negative && !groups.isEmpty ? .negative : .positive
        self.weight = groups.isEmpty ? 0 : Int16(weight)
        self.scale = UInt16(fraction.count)
        self.digits = groups
    }

    /// The number as PostgreSQL prints it: every decimal of its scale, no exponent.
    public var description: String {
        guard sign != .notANumber else { return "NaN" }
        func group(_ power: Int) -> String {
            let index = Int(weight) - power
            let text = digits.indices.contains(index) ? String(digits[index]) : "0"
            return String(repeating: "0", count: 4 - text.utf8.count) + text
        }
        let whole = weight < 0 ? "0" : (0...Int(weight)).reversed().map(group).joined()
        let trimmed = whole.drop { $0 == "0" }
        var text = (sign == .negative ? "-" : "") + (trimmed.isEmpty ? "0" : trimmed)
        if scale > 0 {
            let decimals = (1...(Int(scale) + 3) / 4).map { group(-$0) }.joined()
            text += "." + decimals.prefix(Int(scale))
        }
        return text
    }
}

extension Numeric: PostgresCodable {
    /// The type of PostgreSQL's.
    public static var postgresType: PostgresType { .numeric }
    /// Any value.
    public static var sample: Numeric { Numeric(0) }

    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        var reader = BinaryReader(bytes)
        let count: Int16 = try reader.integer()
        weight = try reader.integer()
        let rawSign: UInt16 = try reader.integer()
        guard let sign = Sign(rawValue: rawSign) else { throw .malformed("an infinite numeric") }
        self.sign = sign
        scale = try reader.integer()
        var digits: [UInt16] = []
        for _ in 0..<max(0, count) {
            let digit: UInt16 = try reader.integer()
            guard digit < 10_000 else { throw .malformed("a numeric digit of \(digit)") }
            digits.append(digit)
        }
        self.digits = digits
        try reader.finish()
    }

    /// Appends the binary form.
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int16(digits.count))
        bytes.appendBigEndian(weight)
        bytes.appendBigEndian(sign.rawValue)
        bytes.appendBigEndian(scale)
        for digit in digits { bytes.appendBigEndian(digit) }
    }
}
