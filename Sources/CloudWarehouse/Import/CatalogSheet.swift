/// A list of SKUs, as a shop or a cooperative keeps it: code, name, category, perhaps the unit and the price.
public struct CatalogSheet: Sheet {
    /// The columns, headed as in a shop's own list unless a mapping says otherwise.
    public enum Column: String, SheetColumn {
        case code, name
        case categoryCode = "category-code"
        case categoryName = "category-name"
        case unit, price

        /// The heading in a shop's own list.
        public var heading: String {
            switch self {
            case .code: "单品编码"
            case .name: "单品名称"
            case .categoryCode: "分类编码"
            case .categoryName: "分类名称"
            case .unit: "计量单位"
            case .price: "单价"
            }
        }

        /// Without a unit, the name tells it; category code and name are both there or neither.
        public var isRequired: Bool { self == .code || self == .name }
    }

    /// What the sheet's own words for units mean.
    private let units: [String: BaseUnit]
    /// The line of each code so far.
    private var lines: [SKUCode: Int] = [:]

    /// A sheet of which nothing has been read; `units` says what its own words for units mean.
    public init(units: [String: BaseUnit] = [:]) {
        self.units = units
    }

    /// The entry that the row describes; each code once.
    public mutating func read(_ row: inout SheetRow<Column>) -> CatalogEntry? {
        let code = row.code(.code)
        let name = row.value(.name) { (text) throws(InvalidValue) in try Name(text) }
        let unit =
            row.text(.unit) == nil
            ? name.map { BaseUnit(naming: $0.rawValue) }
            : row.value(.unit) { [units] (text) throws(InvalidValue) in
                if let unit = units[text] { unit } else { try BaseUnit(word: text) }
            }
        let category = readCategory(&row)
        let price = unit.flatMap { readPrice(&row, in: $0) }
        if let code {
            if let first = lines[code] { row.refuse(.code, .repeatedCode(firstLine: first)) }
            lines[code] = lines[code] ?? row.line
        }
        guard let code, let name, let unit else { return nil }
        return CatalogEntry(code: code, name: name, unit: unit, category: category, price: price)
    }

    /// Yuan for a quantity, such as 39.9/500g or 39.9/斤; alone for what is sold by the piece.
    private func readPrice(_ row: inout SheetRow<Column>, in unit: BaseUnit) -> Price? {
        guard row.text(.price) != nil else { return nil }
        return row.value(.price) { (text) throws(InvalidValue) in try PriceText(text).price(in: unit) }
    }

    private func readCategory(_ row: inout SheetRow<Column>) -> Category? {
        guard row.text(.categoryCode) != nil || row.text(.categoryName) != nil else { return nil }
        let code = row.value(.categoryCode) { (text) throws(InvalidValue) in try CategoryCode(text) }
        let name = row.value(.categoryName) { (text) throws(InvalidValue) in try Name(text) }
        guard let code, let name else { return nil }
        return Category(code: code, name: name)
    }
}
