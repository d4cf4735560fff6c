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
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...128,
                about: "a reference of 1 to 128 bytes without control characters"),
            parse: { OrderReference(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}

extension JSONType where Value == OrderSummary {
    /// An order in one line.
    static var orderSummary: Self {
        .object(
            "OrderSummary", about: "an order in one line",
            .required("id", \.id, .id(), about: "its identity, for ever"),
            .required("source", \.key.source, .source, about: "who sent it"),
            .required("reference", \.key.reference, .reference, about: "the source's number for the order"),
            .required("state", \.state, .choice(of: OrderState.self), about: "what has become of it"),
            .required("total_fen", \.total, .fen, about: "what it costs, in whole fen"),
            .required("placed_at", \.placedAt, .timestamp, about: "when it was placed"),
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
            "OrderPage", about: "orders, the newest first",
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
            "OrderLine", about: "a line of an order as it was placed",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("name", \.name.rawValue, .string(1...200), about: "what people call it"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .required("warehouse", \.warehouse, .code(), about: "whose stock it claims"),
            .required("owner", \.owner, .code(), about: "whose goods it claims"),
            .required("quantity", \.quantity, .quantity, about: "how much, in base units"),
            .required("price", \.price, .price, about: "the price as it was"),
            .required("amount_fen", \.amount, .fen, about: "what it costs, in whole fen"),
            .required("claim", \.claim, .choice(of: ClaimState.self), about: "what has become of its claim"),
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
            .required("region", \.region, .string(1...100), about: "province, city and district"),
            .optional("erased_at", \.erasedAt, .timestamp, about: "when it was erased"),
            make: MaskedRecipient.init)
    }
}

extension JSONType where Value == OrderDetails {
    /// An order with its lines.
    static var orderDetails: Self {
        .object(
            "Order", about: "an order with its lines",
            .required("id", \.summary.id, .id(), about: "its identity, for ever"),
            .required("source", \.summary.key.source, .source, about: "who sent it"),
            .required("reference", \.summary.key.reference, .reference, about: "the source's number for the order"),
            .required("state", \.summary.state, .choice(of: OrderState.self), about: "what has become of it"),
            .required("total_fen", \.summary.total, .fen, about: "what it costs, in whole fen"),
            .required("placed_at", \.summary.placedAt, .timestamp, about: "when it was placed"),
            .required("lines", \.lines, .array(of: .orderLine, count: 1...PlaceOrder.maximumLines)),
            .optional("recipient", \.recipient, .maskedRecipient, about: "who gets it, masked"),
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
        func field(
            _ length: ClosedRange<Int>, _ rule: String, pattern: String = PlainText.pattern,
            _ keeps: @escaping @Sendable (String) -> Bool
        ) -> JSONType<String> {
            .text(
                JSONTextRule(pattern: pattern, length: length, about: rule),
                parse: { bytes in
                    let text = JSONText.string(bytes)
                    return keeps(text) ? text : nil
                }, text: { $0 })
        }
        return JSONType<(name: String, phone: String, region: String, address: String)>.object(
            "Recipient", about: "who gets the order; kept encrypted",
            .required("name", \.name, field(1...64, Recipient.nameRule, Recipient.isName), about: "who gets it"),
            .required(
                "phone", \.phone,
                field(5...20, Recipient.phoneRule, pattern: Recipient.phonePattern, Recipient.isPhone),
                about: "where the recipient is called"),
            .required(
                "region", \.region, field(1...100, Recipient.regionRule, Recipient.isRegion),
                about: "province, city and district"),
            .required(
                "address", \.address, field(1...200, Recipient.addressRule, Recipient.isAddress),
                about: "street, house and door"),
            make: { (name: $0, phone: $1, region: $2, address: $3) }
        ).converted(
            "a recipient",
            to: { try? Recipient(name: $0.name, phone: $0.phone, region: $0.region, address: $0.address) },
            from: { (name: $0.name, phone: $0.phone, region: $0.region, address: $0.address) })
    }
}
