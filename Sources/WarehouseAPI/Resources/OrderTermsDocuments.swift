internal import CloudWarehouse
internal import JSON

extension JSONType where Value == OrderTerms {
    /// What only some orders say.
    static var orderTerms: Self {
        .object(
            "OrderTerms", about: "what only some orders say",
            .optional("shop", \.shop, .shop, about: "the shop that sold it"),
            .optional(
                "buyer", \.buyer, .buyer,
                about: "who bought it, by the source's opaque name: no person's name, number or address"),
            .optional("ship_by", \.shipBy, .instant, about: "when it has to have left"),
            .optional("ship_not_before", \.shipNotBefore, .instant, about: "before when it must not leave"),
            .optional("buyer_note", \.buyerNote, .orderNote, about: "what the buyer wrote"),
            .optional("seller_note", \.sellerNote, .orderNote, about: "what the seller wrote"),
            make: { shop, buyer, shipBy, notBefore, buyerNote, sellerNote in
                OrderTerms(
                    shop: shop, buyer: buyer, shipBy: shipBy, shipNotBefore: notBefore, buyerNote: buyerNote,
                    sellerNote: sellerNote)
            })
    }
}

extension JSONType where Value == ShopName {
    /// A shop's name.
    static var shop: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...64, about: "1 to 64 characters and no control characters"),
            parse: { ShopName(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == Buyer {
    fileprivate static var buyer: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...128, about: "1 to 128 characters and no control characters"),
            parse: { Buyer(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == OrderNote {
    /// A note about an order.
    static var orderNote: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...500, about: "1 to 500 characters and no control characters"),
            parse: { OrderNote(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}
