public import Postgres

/// Who buys, as the order's source names them: opaque, and never a recipient; 1 to 128 characters.
public struct Buyer: ExactText, Sendable, PostgresCodable {
    /// A buyer like any other.
    public static var sample: Buyer { Buyer(unchecked: "sample") }

    /// The source's name for the buyer.
    public let rawValue: String

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 128) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The shop that sold an order, as its platform names it; 1 to 64 characters.
public struct ShopName: ExactText, Sendable, PostgresCodable {
    /// A shop like any other.
    public static var sample: ShopName { ShopName(unchecked: "sample") }

    /// The platform's name or number for the shop.
    public let rawValue: String

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 64) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}

/// What a buyer or a seller has written about an order; 1 to 500 characters, no controls.
public struct OrderNote: ExactText, Sendable, PostgresCodable {
    /// A note like any other.
    public static var sample: OrderNote { OrderNote(unchecked: "sample") }

    /// The note as it was given.
    public let rawValue: String

    /// Takes the note, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 500) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}

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
