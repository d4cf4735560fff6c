/// Numbers as a workbook writes them, turned into what its program shows, digit by digit: no floating point comes near.
///
/// A workbook keeps 64-bit floating point as up to 17 digits, perhaps with an exponent: 19.899999999999999 stands for 19.9,
/// and 1.02900005115168E+14 for 102900005115168. The program itself holds and shows 15 significant digits.
struct NumberText: Hashable {
    /// What can be relied on.
    static let significantDigits = 15

    private let isNegative: Bool
    /// Significant digits, neither beginning nor ending with 0; none for zero.
    private let digits: [UInt8]
    /// How many digits stand before the decimal point; below zero when zeros follow it first.
    private let point: Int

    /// Reads `-12.5E+3`; nil for what is no number.
    init?(_ text: String) {
        var rest = text.utf8[...]
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: Self.isDigit)
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard whole.count + fraction.count > 0, text.utf8.count <= 400 else { return nil }
        var exponent = 0
        if rest.first == UInt8(ascii: "E") || rest.first == UInt8(ascii: "e") {
            let written = rest.dropFirst()
            let digits = written.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            guard written.count - digits.count <= 1, (1...3).contains(digits.count), digits.allSatisfy(Self.isDigit),
                let magnitude = Int(String(decoding: digits, as: UTF8.self))
            else { return nil }
            exponent = written.first == UInt8(ascii: "-") ? -magnitude : magnitude
            rest = rest.suffix(0)
        }
        guard rest.isEmpty else { return nil }
        (digits, point) = Self.normalised(Array(whole) + Array(fraction), point: whole.count + exponent)
    }

    /// Whether the number has more digits before its point than a program keeps: the last ones are made up.
    var isBeyondDigits: Bool { point > Self.significantDigits }

    /// The number without an exponent: `19.9`, `102900005115168`, `-0.05`.
    var text: String {
        guard !digits.isEmpty else { return "0" }
        let zero = UInt8(ascii: "0")
        var result: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        if point <= 0 {
            result += [zero, UInt8(ascii: ".")] + [UInt8](repeating: zero, count: -point) + digits
        } else if digits.count <= point {
            result += digits + [UInt8](repeating: zero, count: point - digits.count)
        } else {
            result += digits[..<point] + [UInt8(ascii: ".")] + digits[point...]
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The number in units of 10 to the power of `-decimals`, cut off; nil when it is negative or has over 18 digits.
    func scaled(decimals: Int) -> Int64? {
        guard !isNegative, point + decimals <= 18 else { return nil }
        let wanted = max(0, point + decimals)
        let kept = digits.prefix(wanted) + [UInt8](repeating: UInt8(ascii: "0"), count: max(0, wanted - digits.count))
        return kept.isEmpty ? 0 : Int64(String(decoding: kept, as: UTF8.self))
    }

    /// Rounds half up to what can be relied on, and takes zeros away from both ends.
    private static func normalised(_ all: [UInt8], point: Int) -> (digits: [UInt8], point: Int) {
        let zero = UInt8(ascii: "0")
        let zeros = all.prefix { $0 == zero }.count
        var point = point - zeros
        var digits = Array(all[zeros...])
        if digits.count > significantDigits {
            let roundsUp = digits[significantDigits] >= UInt8(ascii: "5")
            digits.removeSubrange(significantDigits...)
            if roundsUp {
                var index = digits.count - 1
                while index >= 0, digits[index] == UInt8(ascii: "9") {
                    digits[index] = zero
                    index -= 1
                }
                if index >= 0 {
                    digits[index] += 1
                } else {
                    digits.insert(UInt8(ascii: "1"), at: 0)
                    point += 1
                }
            }
        }
        while digits.last == zero { digits.removeLast() }
        return (digits, digits.isEmpty ? 0 : point)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
