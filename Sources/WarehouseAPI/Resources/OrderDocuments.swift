internal import CloudWarehouse
internal import JSON
internal import Postgres

/// How orders stand in documents.
extension JSONType where Value == OrderSource {
    /// A source's name.
    static var source: Self {
        .text(
            JSONTextRule(
                pattern: "^[!-~]{1,64}$", length: 1...64, about: "a source of 1 to 64 printable ASCII characters"),
            parse: { OrderSource(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == OrderReference {
    /// A source's number for an order.
    static var reference: Self {
        .text(
            JSONTextRule(length: 1...128, about: "a reference of 1 to 128 bytes without control characters"),
            parse: { OrderReference(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == OrderSummary {
    /// An order in one line.
    static var orderSummary: Self {
        .object(
            "OrderSummary",
            .required("id", \.id, .id()), .required("source", \.key.source, .source),
            .required("reference", \.key.reference, .reference),
            .required("state", \.state, .choice(of: OrderState.self)),
            .required("total_fen", \.total, .fen), .required("placed_at", \.placedAt, .timestamp),
            make: { id, source, reference, state, total, at in
                OrderSummary(
                    id: id, key: OrderKey(source: source, reference: reference), state: state, total: total,
                    placedAt: at)
            })
    }
}

extension JSONType where Value == OrderPage {
    /// Some orders.
    static var orderPage: Self {
        .object(
            "OrderPage",
            .required("orders", \.orders, .array(of: .orderSummary, count: 0...Int(Orders.maximumPage))),
            .optional(
                "next", \.next, .id(),
                about: """
                    pass it as `after` to get the next page; absent: this is the last. A page with a filter may be short, \
                    or empty, and have a next one
                    """),
            make: OrderPage.init)
    }
}

extension JSONType where Value == OrderDetails.Line {
    /// A line of an order as it was placed.
    static var orderLine: Self {
        .object(
            "OrderLine",
            .required("sku", \.sku, .code()), .required("name", \.name.rawValue, .string(1...200)),
            .required("unit", \.unit, .choice(of: BaseUnit.self)),
            .required("warehouse", \.warehouse, .code()), .required("owner", \.owner, .code()),
            .required("quantity", \.quantity, .quantity), .required("price", \.price, .price),
            .required("amount_fen", \.amount, .fen), .required("claim", \.claim, .choice(of: ClaimState.self)),
            .optional("expires_at", \.expiresAt, .timestamp, about: "when the claim ends, unless it is paid before"),
            make: { sku, name, unit, warehouse, owner, quantity, price, amount, claim, expiresAt in
                OrderDetails.Line(
                    sku: sku, name: Name(rawValue: name) ?? .sample, unit: unit, warehouse: warehouse, owner: owner,
                    quantity: quantity, price: price, amount: amount, claim: claim, expiresAt: expiresAt)
            })
    }
}

extension JSONType where Value == MaskedRecipient {
    /// What everybody may see of a recipient.
    static var maskedRecipient: Self {
        .object(
            "MaskedRecipient", about: "who gets the order, as far as everybody may know",
            .optional("mask", \.mask, .string(1...200), about: "absent once it is erased"),
            .required("region", \.region, .string(1...100)), .optional("erased_at", \.erasedAt, .timestamp),
            make: MaskedRecipient.init)
    }
}

extension JSONType where Value == OrderDetails {
    /// An order with its lines.
    static var orderDetails: Self {
        .object(
            "Order",
            .required("id", \.summary.id, .id()), .required("source", \.summary.key.source, .source),
            .required("reference", \.summary.key.reference, .reference),
            .required("state", \.summary.state, .choice(of: OrderState.self)),
            .required("total_fen", \.summary.total, .fen), .required("placed_at", \.summary.placedAt, .timestamp),
            .required("lines", \.lines, .array(of: .orderLine, count: 1...PlaceOrder.maximumLines)),
            .optional("recipient", \.recipient, .maskedRecipient),
            make: { id, source, reference, state, total, at, lines, recipient in
                OrderDetails(
                    summary: OrderSummary(
                        id: id, key: OrderKey(source: source, reference: reference), state: state, total: total,
                        placedAt: at), lines: lines, recipient: recipient)
            })
    }
}

extension JSONType where Value == Recipient {
    /// Who gets an order, in clear. No message quotes what stands in it.
    static var recipient: Self {
        func field(_ length: ClosedRange<Int>, _ rule: String, _ keeps: @escaping @Sendable (String) -> Bool)
            -> JSONType<String>
        {
            .text(
                JSONTextRule(length: length, about: rule),
                parse: { bytes in
                    let text = JSONText.string(bytes)
                    return keeps(text) ? text : nil
                }, text: { $0 })
        }
        return JSONType<(name: String, phone: String, region: String, address: String)>.object(
            "Recipient", about: "who gets the order; kept encrypted",
            .required("name", \.name, field(1...64, RecipientField.name.rule, Recipient.isName)),
            .required("phone", \.phone, field(5...20, RecipientField.phone.rule, Recipient.isPhone)),
            .required(
                "region", \.region, field(1...100, RecipientField.region.rule, Recipient.isRegion),
                about: "province, city and district"),
            .required("address", \.address, field(1...200, RecipientField.address.rule, Recipient.isAddress)),
            make: { (name: $0, phone: $1, region: $2, address: $3) }
        ).converted(
            "a recipient",
            to: { try? Recipient(name: $0.name, phone: $0.phone, region: $0.region, address: $0.address) },
            from: { (name: $0.name, phone: $0.phone, region: $0.region, address: $0.address) })
    }
}
