/// Exact reading and writing of decimal numbers as integers of a smaller unit: "1.25" in thousandths is 1,250.
///
/// No floating point comes near: what has more digits than the unit holds is refused, not rounded.
enum DecimalText {
    /// The number in units of 10 to the power of `-decimals`.
    ///
    /// Takes an optional minus sign, digits, and a decimal point with digits after it; zeros beyond `decimals` are let
    /// pass, since spreadsheets add them.
    static func scaled(_ text: String, decimals: Int) throws(InvalidValue) -> Int64 {
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let whole = rest.prefix { isDigit($0) }
        var fraction = rest.dropFirst(whole.count)
        if fraction.first == UInt8(ascii: ".") {
            fraction = fraction.dropFirst()
            guard !fraction.isEmpty else { throw notANumber(decimals) }
        }
        guard !whole.isEmpty, fraction.allSatisfy({ isDigit($0) }) else { throw notANumber(decimals) }
        guard fraction.dropFirst(decimals).allSatisfy({ $0 == UInt8(ascii: "0") }) else { throw notANumber(decimals) }
        let kept = Array(fraction.prefix(decimals))
        let digits = Array(whole) + kept + Array(repeating: UInt8(ascii: "0"), count: decimals - kept.count)
        guard let magnitude = Int64(String(decoding: digits, as: UTF8.self)) else {
            throw .numberTooLarge
        }
        return isNegative ? -magnitude : magnitude
    }

    /// The number that `scaled` stands for, with all its decimals: 1,250 in hundredths is "12.50".
    static func fixed(_ scaled: Int64, decimals: Int) -> String {
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return "\(scaled < 0 ? "-" : "")\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }

    /// The number that `scaled` stands for, without zeros at its end: 1,250 in hundredths is "12.5".
    static func shortest(_ scaled: Int64, decimals: Int) -> String {
        var text = fixed(scaled, decimals: decimals)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func notANumber(_ decimals: Int) -> InvalidValue {
        .number(decimals: decimals)
    }
}
