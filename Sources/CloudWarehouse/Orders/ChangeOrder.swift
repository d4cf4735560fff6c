/// The command to change an order that is there.
public struct ChangeOrder: Hashable, Sendable {
    /// What is to be done to it.
    public enum Change: Hashable, Sendable {
        /// It is paid: its holds become commitments. After its hold has ended it claims again what is there.
        case pay
        /// It is called off, and gives back what it claims.
        case cancel
        /// Its hold has ended; it stays as it is while the hold lasts by the database's clock.
        case expire
        /// It is paid and short of goods: it claims what has come since.
        case claim
        /// It is not paid yet, and is to have these lines, which claim anew, all of them or none.
        case edit([PlaceOrder.Line])
        /// Of each of these lines so much is to remain; the others stay as they are.
        case reduce([Remainder])
    }

    /// So much of a line.
    public struct Remainder: Hashable, Sendable {
        /// Which line, as ``OrderDetails/Line/position`` numbers them.
        public let position: Int16
        /// How much of it remains, in base units; nothing, or less than there is.
        public let quantity: Quantity

        /// So much of that line.
        public init(position: Int16, quantity: Quantity) {
            self.position = position
            self.quantity = quantity
        }
    }

    /// Which order.
    public let order: OrderIdentity
    /// Only an order of this source; nil for any.
    public let source: OrderSource?
    /// What is to be done to it.
    public let change: Change
    /// Refused unless this is the order's revision; nil for whichever it is.
    public let revision: Int32?
    /// The person who does it; nil for the order's source, whose orders are their own record.
    public let principal: Principal?

    /// Takes the command, or says what is wrong with the lines.
    public init(
        _ change: Change, _ order: OrderIdentity, from source: OrderSource? = nil, revision: Int32? = nil,
        by principal: Principal?
    ) throws(InvalidValue) {
        switch change {
        case .edit(let lines): try PlaceOrder.check(lines)
        case .reduce(let remainders):
            guard (1...PlaceOrder.maximumLines).contains(remainders.count) else {
                throw .orderLines(atMost: PlaceOrder.maximumLines)
            }
            for (index, remainder) in remainders.enumerated()
            where remainders[..<index].contains(where: { $0.position == remainder.position }) {
                throw .repeatedLine(Int(remainder.position))
            }
        case .pay, .cancel, .expire, .claim: break
        }
        self.init(unchecked: change, order, source, revision, principal)
    }

    private init(
        unchecked change: Change, _ order: OrderIdentity, _ source: OrderSource?, _ revision: Int32?,
        _ principal: Principal?
    ) {
        self.change = change
        self.order = order
        self.source = source
        self.revision = revision
        self.principal = principal
    }

    /// What ends an order's hold.
    static func expiry(of order: ID<CustomerOrder>) -> ChangeOrder {
        ChangeOrder(unchecked: .expire, .id(order), nil, nil, nil)
    }
}
