internal import CloudWarehouse
internal import JSON
internal import Postgres

/// An order to place, as its body says it.
struct PlaceOrderDocument: Sendable {
    var source: OrderSource?
    var reference: OrderReference
    var holdSeconds: Int32?
    var soldElsewhere: Bool?
    var lines: [PlaceOrder.Line]
    var terms: OrderTerms?
    var recipient: Recipient?

    /// The command, as whose order it is placed: a source's own, whether it says so or not; else the one that is named.
    func command(of own: OrderSource?, by person: Principal?) throws(Problem) -> PlaceOrder {
        guard let source = own ?? source else { preconditionFailure("a required member is missing") }
        guard self.source ?? source == source else {
            throw Problem(.forbidden, "This token places orders of the source \(source.rawValue) only.", at: "/source")
        }
        do throws(InvalidValue) {
            return try PlaceOrder(
                source: source, reference: reference, lines: lines, payment: try payment(), terms: terms ?? .none,
                recipient: recipient, by: person)
        } catch {
            throw Problem(.invalidBody, error.description, at: error.pointer)
        }
    }

    private func payment() throws(InvalidValue) -> PlaceOrder.Payment {
        switch (holdSeconds, soldElsewhere ?? false) {
        case (nil, false): .paid
        case (nil, true): .paidElsewhere
        case (let seconds?, false): .due(withinSeconds: seconds)
        case (.some, true): throw .holdOfPaidOrder
        }
    }

    // MARK: Bodies

    /// The body as the bearer of a source's token sends it.
    static let own = declared(
        source: .optional(
            "source", \.source, .source,
            about: "who sends the order: a source's token may leave it out, and name no other; all others must name it")
    )

    /// The body as everybody else sends it.
    static let named = declared(
        source: JSONField<PlaceOrderDocument, OrderSource?>.required(
            "source", \.source,
            JSONType<OrderSource>.source.converted("a source", to: { .some($0) }, from: { $0 ?? .sample }),
            about: "who sends the order"))

    private static func declared(source: JSONField<PlaceOrderDocument, OrderSource?>) -> JSONType<PlaceOrderDocument> {
        .object(
            "PlaceOrder", about: "an order to place, all of it or nothing", source,
            .required("reference", \.reference, .reference, about: "the source's number for the order"),
            .optional(
                "hold_seconds", \.holdSeconds, .integer(1...86_400),
                about: "how long an unpaid order holds stock; absent: it is paid"),
            .optional(
                "sold_elsewhere", \.soldElsewhere, .boolean,
                about: "true: it was sold and paid already, so for want of goods it is marked short, never refused"),
            .required(
                "lines", \.lines, .array(of: .placeOrderLine, count: 1...PlaceOrder.maximumLines),
                about: "what is bought"),
            .optional("terms", \.terms, .orderTerms, about: "what else it says"),
            .optional(
                "recipient", \.recipient, .recipient,
                about: "no part of what a repetition is told by: the recipient that came first stays"),
            make: PlaceOrderDocument.init)
    }

    // MARK: Answers

    struct Answer: Sendable {
        var reference: OrderReference
        var placed: PlacedOrder
        /// What the command says: a repetition says the same, or it would be a conflict.
        var state: OrderState
        var heldUntil: Timestamp?
    }

    static let placed = JSONType<Answer>.object(
        "PlacedOrder", about: "an order as it was when it was placed, however often it is sent",
        .required("id", \.placed.id, .id(), about: "its identity, for ever"),
        .required("reference", \.reference, .reference, about: "the source's number for the order"),
        .required("total_fen", \.placed.total, .fen, about: "what it costs, in whole fen"),
        .required("placed_at", \.placed.placedAt, .timestamp, about: "when it was placed"),
        .required(
            "state", \.state, .choice(of: OrderState.self),
            about:
                "what it was placed as: held until it is paid, committed, or paid_short. Ask for the order to know what has become of it"
        ),
        .optional(
            "held_until", \.heldUntil, .timestamp, about: "until when it holds its stock unpaid; absent: it was paid"),
        make: { id, reference, total, at, state, until in
            Answer(
                reference: reference,
                placed: PlacedOrder(id: id, total: total, placedAt: at, isShort: state == .paidShort), state: state,
                heldUntil: until)
        })
}

extension PlaceOrderDocument.Answer {
    /// What was placed, and on which terms.
    init(_ placed: PlacedOrder, of order: PlaceOrder) {
        self.init(reference: order.key.reference, placed: placed, state: .committed, heldUntil: nil)
        switch order.payment {
        case .paid: break
        case .paidElsewhere: state = placed.isShort ? .paidShort : .committed
        case .due(let seconds):
            state = .held
            heldUntil = Timestamp(
                microsecondsSince1970: placed.placedAt.microsecondsSince1970 + Int64(seconds) * 1_000_000)
        }
    }
}

extension JSONType where Value == PlaceOrder.Line {
    /// A line of an order that is placed or edited.
    static var placeOrderLine: Self {
        .object(
            "PlaceOrderLine", about: "what is bought",
            .required("sku", \.sku, .code(), about: "the SKU's code"),
            .required("quantity", \.quantity, .quantity, about: "in the SKU's base unit: pieces or grams"),
            .optional(
                "price", \.price, .price, about: "the price at which it was sold elsewhere; absent: the list price"),
            make: { PlaceOrder.Line(sku: $0, quantity: $1, price: $2) })
    }
}

extension InvalidValue {
    /// The field of an order that breaks the rule; the whole order, if it is of several.
    fileprivate var pointer: String {
        switch self {
        case .shippingTimes: "/terms/ship_not_before"
        case .holdOfPaidOrder: "/hold_seconds"
        case .holdTime: "/hold_seconds"
        default: "/lines"
        }
    }
}
