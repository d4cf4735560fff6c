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

extension JSONType where Value == Int32 {
    /// How often the lines of an order were edited or cancelled in part.
    static var revision: Self { .integer(0...Int(Int32.max)) }
}

extension JSONType where Value == Int16 {
    /// The number of a line.
    static var position: Self { .integer(1...Int(Int16.max)) }
}

extension JSONType where Value == OrderSummary {
    fileprivate static var revisionMeaning: String { "grows when its lines are edited or cancelled in part" }

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
            .required("revision", \.revision, .revision, about: Self.revisionMeaning),
            make: { id, source, reference, state, total, at, revision in
                OrderSummary(
                    id: id, key: OrderKey(source: source, reference: reference), state: state, total: total,
                    placedAt: at, revision: revision)
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
    /// A line of an order, or a part of one.
    static var orderLine: Self {
        .object(
            "OrderLine", about: "a line of an order as it was placed, or a part of one",
            .required("line", \.position, .position, about: "its number in the order"),
            .optional(
                "part_of", \.partOf, .position,
                about:
                    "the line that it is a part of: one component of a set, or the goods of one of several owners or warehouses"
            ),
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("name", \.name.rawValue, .string(1...200), about: "what people call it"),
            .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
            .optional(
                "place", \.place, .orderPlace,
                about: "whose goods it claims, and where; absent: it claims by its parts, or is short of goods"),
            .required("quantity", \.quantity, .quantity, about: "how much, in base units"),
            .optional(
                "cancelled", \.cancelledIfAny, .quantity,
                about: "so much of it is not wanted any more; absent: all of it is"),
            .required("price", \.price, .price, about: "the price as it was; of a part nothing, since the line has it"),
            .required("amount_fen", \.amount, .fen, about: "what it costs, in whole fen"),
            .required("claim", \.claim, .choice(of: ClaimState.self), about: "what has become of its claim"),
            .optional("expires_at", \.expiresAt, .timestamp, about: "when the claim ends, unless it is paid before"),
            make: { position, partOf, sku, name, unit, place, quantity, cancelled, price, amount, claim, expiresAt in
                OrderDetails.Line(
                    position: position, partOf: partOf, sku: sku, name: Name(rawValue: name) ?? .sample, unit: unit,
                    place: place, quantity: quantity, cancelled: cancelled ?? .zero, price: price, amount: amount,
                    claim: claim, expiresAt: expiresAt)
            })
    }
}

extension OrderDetails.Line {
    fileprivate var cancelledIfAny: Quantity? { cancelled == .zero ? nil : cancelled }
}

extension JSONType where Value == OrderDetails.Place {
    /// A pool, as people name it.
    static var orderPlace: Self {
        .object(
            "OrderPlace", about: "goods of one owner in one warehouse",
            .required("warehouse", \.warehouse, .code(), about: "whose stock it claims"),
            .required("owner", \.owner, .code(), about: "whose goods it claims"),
            .optional(
                "reason", \.reason, .string(1...64),
                about: "why these: how the order was split, and by which rules; absent: there was no choice"),
            make: OrderDetails.Place.init)
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
            .required(
                "revision", \.summary.revision, .revision,
                about: "grows when its lines are edited or cancelled in part"),
            .required("lines", \.lines, .array(of: .orderLine, count: 1...Int(Int16.max))),
            .optional("terms", \.termsIfAny, .orderTerms, about: "what else it says"),
            .optional(
                "refund_lock", \.refundLock, .timestamp,
                about: "since when a refund is asked for: nothing of it leaves the house"),
            .optional("recipient", \.recipient, .maskedRecipient, about: "who gets it, masked"),
            make: { id, source, reference, state, total, at, revision, lines, terms, lock, recipient in
                OrderDetails(
                    summary: OrderSummary(
                        id: id, key: OrderKey(source: source, reference: reference), state: state, total: total,
                        placedAt: at, revision: revision), lines: lines, terms: terms ?? .none, refundLock: lock,
                    recipient: recipient)
            })
    }
}

extension OrderDetails {
    fileprivate var termsIfAny: OrderTerms? { terms == .none ? nil : terms }
}
