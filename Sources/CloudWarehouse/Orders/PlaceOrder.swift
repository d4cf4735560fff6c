/// The command to place an order, as its source sent it.
public struct PlaceOrder: Hashable, Sendable {
    /// One line of an order.
    public struct Line: Hashable, Sendable {
        /// What is bought.
        public let sku: SKUCode
        /// How much, in the SKU's base unit; more than nothing.
        public let quantity: Quantity
        /// The price at which it was sold elsewhere; nil for the list price of the moment.
        public let price: Price?

        /// A line with these fields.
        public init(sku: SKUCode, quantity: Quantity, price: Price? = nil) {
            self.sku = sku
            self.quantity = quantity
            self.price = price
        }
    }

    /// Whether the order is paid.
    public enum Payment: Hashable, Sendable {
        /// It is paid: its claims are commitments.
        case paid
        /// It is not: its claims are holds, and end so many seconds from now by the database's clock.
        case due(withinSeconds: Int32)
        /// It was sold and paid elsewhere already, which is a fact: for want of goods it is marked short, never refused.
        case paidElsewhere
    }

    /// The most lines that one order may have.
    public static let maximumLines = 200
    /// How long an unpaid order may hold stock, in seconds: from one to a day.
    public static let holdSeconds: ClosedRange<Int32> = 1...86_400

    /// Its source and the source's reference.
    public let key: OrderKey
    /// What is bought, all of it or nothing.
    public let lines: [Line]
    /// Whether it is paid.
    public let payment: Payment
    /// What else it says.
    public let terms: OrderTerms
    /// Who gets it; nil when nobody has said so yet. It is no part of the fingerprint: the same order with another
    /// recipient is a repetition, and the recipient that came first stays.
    public let recipient: Recipient?
    /// The person who places it in its source's name; nil for the source itself, whose orders are their own record. No part
    /// of the fingerprint.
    public let principal: Principal?
    /// What the command says, without its recipient, for telling a repetition from another command under the same reference.
    let fingerprint: Fingerprint

    /// Takes an order, or says what is wrong with it.
    public init(
        source: OrderSource, reference: OrderReference, lines: [Line], payment: Payment, terms: OrderTerms = .none,
        recipient: Recipient? = nil, by principal: Principal? = nil
    ) throws(InvalidValue) {
        try Self.check(lines)
        if case .due(let seconds) = payment, !Self.holdSeconds.contains(seconds) {
            throw .holdTime
        }
        if let earliest = terms.shipNotBefore, let latest = terms.shipBy, earliest > latest { throw .shippingTimes }
        key = OrderKey(source: source, reference: reference)
        self.lines = lines
        self.payment = payment
        self.terms = terms
        self.recipient = recipient
        self.principal = principal
        fingerprint = Fingerprint { transcript in
            for line in lines {
                transcript.append(line.sku.rawValue)
                transcript.append(line.quantity.rawValue)
                transcript.append(line.price) { transcript, price in
                    transcript.append(price.fen.rawValue)
                    transcript.append(price.per.rawValue)
                }
            }
            switch payment {
            case .paid: transcript.append(0)
            case .due(let seconds): transcript.append(Int64(seconds))
            case .paidElsewhere: transcript.append(-1)
            }
            terms.write(to: &transcript)
        }
    }

    /// Says what is wrong with the lines of an order, new or edited.
    static func check(_ lines: [Line]) throws(InvalidValue) {
        guard (1...maximumLines).contains(lines.count) else {
            throw .orderLines(atMost: maximumLines)
        }
        for (index, line) in lines.enumerated() where line.quantity == .zero {
            throw .emptyOrderLine(index + 1)
        }
    }
}
