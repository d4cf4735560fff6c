/// A price as people write it, in yuan for a stated quantity: `39.9/500g`, `39.9/斤`, `12.5元/件`, `12.5`.
///
/// Yuan have at most two decimals. Whether the quantity fits a SKU is known only with the SKU's base unit: ask
/// ``price(in:)``.
public struct PriceText: Hashable, Sendable {
    private let fen: Fen
    private let per: QuantityText?

    /// Reads yuan, alone or for a quantity, or says what is wrong with them.
    public init(_ text: String) throws(InvalidValue) {
        let slash = text.firstIndex(of: "/") ?? text.endIndex
        let yuan = text[..<slash]
        let number = yuan.hasSuffix("元") ? yuan.dropLast() : yuan
        guard let scaled = try? DecimalText.scaled(String(number), decimals: 2), scaled >= 0 else {
            throw InvalidValue("a price is yuan with at most 2 decimals, for a quantity: 39.9/500g, 39.9/斤, 12.5/件")
        }
        fen = Fen(rawValue: scaled)
        per = slash == text.endIndex ? nil : try Self.per(text[text.index(after: slash)...])
    }

    /// A unit alone is one of it.
    private static func per(_ text: Substring) throws(InvalidValue) -> QuantityText {
        if let first = text.first, first.isASCII, first.isNumber { return try QuantityText(String(text)) }
        return try QuantityText(one: text)
    }

    /// What the text means for goods that are counted in `unit`.
    ///
    /// Yuan alone are for one piece; for weighed goods they are refused, since nobody knows for how much they are.
    public func price(in unit: BaseUnit) throws(InvalidValue) -> Price {
        guard let per else {
            guard unit == .piece else {
                throw InvalidValue("the goods are weighed: say for how much, such as 39.9/500g or 39.9/斤")
            }
            return try Price(fen: fen, per: try Quantity(1))
        }
        return try Price(fen: fen, per: try per.quantity(in: unit))
    }
}

extension PriceText: CustomStringConvertible {
    /// The price of goods that are counted in `unit`, for showing it.
    public init(_ price: Price, in unit: BaseUnit) {
        fen = price.fen
        per = QuantityText(price.per, in: unit)
    }

    /// Yuan and the quantity: `39.90/500 g`, `22.00/kg`. It reads back as the same price.
    public var description: String {
        per.map { "\(fen.yuan)/\($0.divisor)" } ?? fen.yuan
    }
}

extension Fen {
    /// The amount in yuan with two decimals: `39.90`.
    public var yuan: String { DecimalText.fixed(rawValue, decimals: 2) }
}
