extension SheetRow {
    /// A SKU's code, told from one that a spreadsheet has turned into a number and shortened to 1.02E+14.
    mutating func code(_ column: Column) -> SKUCode? {
        guard !refusesMangled(column) else { return nil }
        return value(column) { (text) throws(InvalidValue) in try SKUCode(text) }
    }

    /// Records that a spreadsheet has made a number of the cell and lost its digits; false when it has not.
    mutating func refusesMangled(_ column: Column) -> Bool {
        if refusesFault(column) { return true }
        guard let text = text(column), Self.isMangled(text) else { return false }
        refuse(column, .mangledCode)
        return true
    }

    /// Digits, perhaps with a point among them, then E, perhaps a sign, and digits.
    private static func isMangled(_ text: String) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "E" || $0 == "e" }
        guard parts.count == 2, parts[0].first?.isASCIIDigit == true else { return false }
        let exponent = parts[1].drop { $0 == "+" || $0 == "-" }
        return parts[0].allSatisfy { $0.isASCIIDigit || $0 == "." } && exponent.count <= 3 && !exponent.isEmpty
            && exponent.allSatisfy(\.isASCIIDigit)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
