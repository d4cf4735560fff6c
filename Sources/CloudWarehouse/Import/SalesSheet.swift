/// A till's record of sales: one row per scan.
///
/// Quantities are headed kilograms and prices yuan per kilogram for all SKUs, though many are sold by the piece: the
/// catalog's units decide which it is.
public struct SalesSheet: Sheet {
    /// The columns, headed as in a till's own export unless a mapping says otherwise.
    public enum Column: String, SheetColumn {
        case day, time, code, quantity, price, kind, discounted

        /// The heading in a till's own export.
        public var heading: String {
            switch self {
            case .day: "销售日期"
            case .time: "扫码销售时间"
            case .code: "单品编码"
            case .quantity: "销量(千克)"
            case .price: "销售单价(元/千克)"
            case .kind: "销售类型"
            case .discounted: "是否打折销售"
            }
        }

        /// All of them.
        public var isRequired: Bool { true }
    }

    private let units: [SKUCode: BaseUnit]

    /// A sheet of sales of these SKUs.
    public init(units: [SKUCode: BaseUnit]) {
        self.units = units
    }

    /// The sale that the row records.
    public mutating func read(_ row: inout SheetRow<Column>) -> Sale? {
        let time = row.text(.time) ?? ""
        let moment = row.value(.day) { (day) throws(InvalidValue) in try LocalMoment(day: day, time: time) }
        let code = row.code(.code)
        let unit = code.flatMap { units[$0] }
        if let code, unit == nil { row.refuse(.code, .unknownCode(code)) }
        let kind = row.value(.kind) { (text) throws(InvalidValue) in
            guard let kind = Sale.Kind(rawValue: text) else { throw .saleKind }
            return kind
        }
        let isDiscounted = row.value(.discounted) { (text) throws(InvalidValue) in try Self.isYes(text) }
        guard let unit, let kind else { return nil }
        let quantity = row.value(.quantity) { (text) throws(InvalidValue) in
            try Self.quantity(text, unit: unit, kind: kind)
        }
        let price = row.value(.price) { (text) throws(InvalidValue) in try Self.price(text, unit: unit) }
        guard let moment, let code, let quantity, let price, let isDiscounted else { return nil }
        return Sale(
            moment: moment, code: code, quantity: quantity, price: price, kind: kind, isDiscounted: isDiscounted)
    }

    /// Grams are thousandths of the number, pieces are the number itself; what comes back stands with a minus sign.
    private static func quantity(
        _ text: String, unit: BaseUnit, kind: Sale.Kind
    ) throws(InvalidValue) -> Quantity {
        let number = try DecimalText.scaled(text, decimals: unit == .gram ? 3 : 0)
        guard kind == .sale ? number > 0 : number < 0 else {
            throw .saleSign
        }
        return try Quantity(kind == .sale ? number : -number)
    }

    private static func price(_ text: String, unit: BaseUnit) throws(InvalidValue) -> Price {
        let fen = Fen(rawValue: try DecimalText.scaled(text, decimals: 2))
        return try Price(fen: fen, per: try Quantity(unit == .gram ? 1_000 : 1))
    }

    private static func isYes(_ text: String) throws(InvalidValue) -> Bool {
        switch text {
        case "是": true
        case "否": false
        default: throw .yesOrNo
        }
    }
}
