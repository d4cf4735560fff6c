/// Why an order was not placed or changed, although everything worked. What is refused leaves no row: a retry is decided anew.
public enum OrderRefusal: Error, Hashable, Sendable {
    /// A SKU of which less is left than an order asks for.
    public struct Shortage: Hashable, Sendable {
        /// What is short.
        public let sku: SKUCode
        /// How much the order asks for, its lines and its sets' parts of this SKU together, in base units.
        public let asked: Int64
        /// How much all its pools have left together.
        public let available: Int64

        /// A shortage with these fields.
        public init(sku: SKUCode, asked: Int64, available: Int64) {
            self.sku = sku
            self.asked = asked
            self.available = available
        }
    }

    // MARK: What is bought

    /// There is no SKU of this code.
    case unknownSKU(SKUCode)
    /// The SKU has no list price, and the line none of its own.
    case noPrice(SKUCode)
    /// The amount of a line, or of the order, is larger than can be counted.
    case amountTooLarge
    /// There is not enough of these SKUs; one entry for each.
    case soldOut([Shortage])
    /// One buyer may have only so much of the SKU, and the order does not say who buys.
    case buyerNotNamed(SKUCode)
    /// One buyer may have only so much of the SKU, and has so much of it, unpaid orders included.
    case overBuyerLimit(SKUCode, limit: Int64, has: Int64)

    // MARK: Which order

    /// The source has placed another order under this reference.
    case otherOrderUnderReference
    /// There is no such order, or none that is the asker's.
    case unknownOrder
    /// By its state, it stays as it is.
    case stays(OrderChangeRefusal)
    /// The order has been changed meanwhile: this is its revision now.
    case otherRevision(Int32)
    /// The order's rows contradict each other: somebody has changed them past the service, and nothing is done to it.
    case damaged

    // MARK: Its lines

    /// The order has no line of this position.
    case unknownLine(Int16)
    /// Of the line only so much is left: more is not to be had by cancelling.
    case moreThanOrdered(Int16, remaining: Int64)
    /// Nothing would remain: the order is to be cancelled instead.
    case nothingRemains
    /// The order has too many lines, the parts of its sets included, or was edited so often, or its goods lie in so many places,
    /// that they cannot be counted any more.
    case tooManyLines
}

extension OrderRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknownSKU(let code): "\(code): there is no such SKU"
        case .noPrice(let code): "\(code): it has no price"
        case .amountTooLarge: "the order's amount is too large"
        case .soldOut(let shortages): Self.listed(shortages)
        case .buyerNotNamed(let code): "\(code): one buyer may have only so much of it: say who buys"
        case .overBuyerLimit(let code, let limit, let has):
            "\(code): one buyer may have \(limit), and this one has \(has) already"
        case .otherOrderUnderReference: "the reference was used for another order"
        case .unknownOrder: "there is no such order"
        case .stays(let refusal): refusal.description
        case .otherRevision(let revision): "the order was changed meanwhile: its revision is \(revision)"
        case .damaged: "the order's records contradict each other: tell the operator, whom `yuncang verify` tells more"
        case .unknownLine(let position): "the order has no line \(position)"
        case .moreThanOrdered(let position, let remaining):
            "line \(position) has \(remaining) left: say how much of it remains, and no more than that"
        case .nothingRemains: "nothing of the order would remain: cancel it instead"
        case .tooManyLines:
            """
            the order has too many lines with the parts of its sets, by its edits or by the places where its goods lie: \
            place several
            """
        }
    }

    /// The first of them: a set has many parts.
    private static func listed(_ shortages: [Shortage]) -> String {
        let shown = 10
        let rest = shortages.count > shown ? ["and \(shortages.count - shown) more"] : []
        return (shortages.prefix(shown).map(\.description) + rest).joined(separator: "; ")
    }
}

extension OrderRefusal.Shortage: CustomStringConvertible {
    /// One line for a person, in base units.
    public var description: String { "\(sku): \(asked) asked for, \(available) left" }
}
