/// One sale as a till recorded it.
public struct Sale: Hashable, Sendable {
    /// Whether goods went out or came back.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case sale = "销售"
        case returned = "退货"
    }

    /// When it was scanned.
    public var moment: LocalMoment
    /// What was sold.
    public var code: SKUCode
    /// How much of it, in grams or pieces as the SKU is counted; never zero.
    public var quantity: Quantity
    /// For 1,000 g, or for one piece.
    public var price: Price
    /// Sold, or taken back.
    public var kind: Kind
    /// Whether the price is a reduced one.
    public var isDiscounted: Bool
}
