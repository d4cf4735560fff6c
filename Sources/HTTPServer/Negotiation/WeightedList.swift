/// The members of Accept or Accept-Encoding: `#( value [ parameters ] [ ";" "q=" weight ] )` (RFC 9110, 12.4.2).
///
/// A member that does not follow the grammar is passed over: what a client can take is a wish, and no reason to refuse it.
struct WeightedList {
    struct Member: Equatable {
        /// What stands before the weight, in small letters and without white space: `text/html;level=1`.
        var value: String
        /// From 0, not acceptable, to 1,000.
        var weight: Int
    }

    private(set) var members: [Member] = []

    /// Reads the values of all fields of one name.
    init(_ values: [String]) {
        for value in values {
            for member in value.utf8.split(separator: ASCII.comma) {
                if let member = Self.member(member) { members.append(member) }
            }
        }
    }

    private static func member(_ text: Substring.UTF8View) -> Member? {
        var value: [UInt8] = []
        var weight = 1_000
        for part in text.split(separator: ASCII.semicolon) {
            let part = part.filter { $0 != ASCII.space && $0 != ASCII.tab }.map(ASCII.lowercased)
            if part.starts(with: [UInt8(ascii: "q"), ASCII.equals]) {
                guard let given = Self.weight(part.dropFirst(2)) else { return nil }
                weight = given
                // What follows the weight belongs to it, and nothing is defined for it.
                break
            }
            if !value.isEmpty { value.append(ASCII.semicolon) }
            value += part
        }
        guard !value.isEmpty else { return nil }
        return Member(value: String(decoding: value, as: UTF8.self), weight: weight)
    }

    /// `0[.ddd]` or `1[.000]`, in thousandths.
    private static func weight(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.dropFirst(2)
        guard let first = text.first.flatMap(ASCII.decimal), first <= 1, digits.count <= 3,
            text.count == 1 || text.dropFirst().first == UInt8(ascii: ".")
        else { return nil }
        var weight = first * 1_000
        var unit = 100
        for digit in digits {
            guard let value = ASCII.decimal(digit) else { return nil }
            weight += value * unit
            unit /= 10
        }
        return weight <= 1_000 ? weight : nil
    }
}
