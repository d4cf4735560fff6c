/// Yuan as platforms write them: `¥1,234.50`, `39.9元`.
enum MoneyText {
    /// The number alone; what is not written so is left as it is, for whoever reads it to refuse.
    static func plain(_ text: String) -> String {
        var rest = text[...]
        if let first = rest.first, "¥￥".contains(first) { rest = rest.dropFirst() }
        rest = rest.drop { $0 == " " }
        if rest.last == "元" { rest = rest.dropLast() }
        return rest.contains(",") ? ungrouped(rest) ?? text : String(rest)
    }

    /// Without the commas, when they stand between groups of three digits.
    private static func ungrouped(_ text: Substring) -> String? {
        let point = text.firstIndex(of: ".") ?? text.endIndex
        let groups = text[..<point].split(separator: ",", omittingEmptySubsequences: false)
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return groups.joined() + text[point...]
    }

    /// An amount in fen, not below zero.
    static func fen(_ text: String) throws(InvalidValue) -> Fen {
        guard let fen = try? DecimalText.scaled(plain(text), decimals: 2), fen >= 0 else { throw .yuan }
        return Fen(rawValue: fen)
    }
}
