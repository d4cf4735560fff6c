/// A price: fen per stated quantity of base units.
///
/// 22 yuan a kilogram is 2,200 fen per 1,000 g; it is not 2 fen per gram. The stated quantity is kept as it was said,
/// because it is part of what was promised.
public struct Price: Hashable, Sendable {
    /// What the stated quantity costs, from 0 to 10^12 fen.
    public let fen: Fen
    /// The stated quantity, from 1 to 10^9 base units: 1 piece, 500 g, 1,000 g.
    public let per: Quantity

    /// Takes the price, or says which part of it is out of range.
    public init(fen: Fen, per: Quantity) throws(InvalidValue) {
        guard (0...1_000_000_000_000).contains(fen.rawValue) else {
            throw .fen
        }
        guard (1...1_000_000_000).contains(per.rawValue) else {
            throw .pricedQuantity
        }
        self.fen = fen
        self.per = per
    }

    /// What the parts of a line cost, since the line itself has the price.
    static let nothing = Price(unchecked: .zero, per: .sample)

    private init(unchecked fen: Fen, per: Quantity) {
        self.fen = fen
        self.per = per
    }

    /// What `quantity` costs: the exact product, rounded once, half up, to whole fen.
    ///
    /// This is the only rounding of money; a CHECK on the order line holds the same rule. Throws when the exact product
    /// leaves what 64 bits hold, as the CHECK would.
    public func amount(for quantity: Quantity) throws(InvalidValue) -> Fen {
        let (product, overflow) = (2 * quantity.rawValue).multipliedReportingOverflow(by: fen.rawValue)
        let (rounded, overflowOfSum) = product.addingReportingOverflow(per.rawValue)
        guard !overflow, !overflowOfSum else { throw .amountTooLarge }
        return Fen(rawValue: rounded / (2 * per.rawValue))
    }
}
