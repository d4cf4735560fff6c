public import Postgres

/// What only some orders say, beside what is bought and who gets it.
public struct OrderTerms: Hashable, Sendable {
    /// The shop that sold it.
    public var shop: ShopName?
    /// Who bought it: whoever buys a SKU of which one buyer may have only so much is named.
    public var buyer: Buyer?
    /// When it has to have left, by the platform's rules.
    public var shipBy: Timestamp?
    /// Before when it must not leave: a presale, or a buyer's wish.
    public var shipNotBefore: Timestamp?
    /// What the buyer wrote.
    public var buyerNote: OrderNote?
    /// What the seller wrote.
    public var sellerNote: OrderNote?

    /// Nothing is said.
    public static let none = OrderTerms(
        shop: nil, buyer: nil, shipBy: nil, shipNotBefore: nil, buyerNote: nil, sellerNote: nil)

    /// Terms with these fields.
    public init(
        shop: ShopName? = nil, buyer: Buyer? = nil, shipBy: Timestamp? = nil, shipNotBefore: Timestamp? = nil,
        buyerNote: OrderNote? = nil, sellerNote: OrderNote? = nil
    ) {
        self.shop = shop
        self.buyer = buyer
        self.shipBy = shipBy
        self.shipNotBefore = shipNotBefore
        self.buyerNote = buyerNote
        self.sellerNote = sellerNote
    }

    /// Adds what is said, and nothing when nothing is: an order without terms has the fingerprint that it always had.
    func write(to transcript: inout Fingerprint.Transcript) {
        guard self != .none else { return }
        transcript.append(shop) { $0.append($1.rawValue) }
        transcript.append(buyer) { $0.append($1.rawValue) }
        transcript.append(shipBy) { $0.append($1.microsecondsSince1970) }
        transcript.append(shipNotBefore) { $0.append($1.microsecondsSince1970) }
        transcript.append(buyerNote) { $0.append($1.rawValue) }
        transcript.append(sellerNote) { $0.append($1.rawValue) }
    }
}
