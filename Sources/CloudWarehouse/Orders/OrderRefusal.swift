/// Why an order was not placed, although everything worked. A refused order leaves no row: a retry is decided anew.
public enum OrderRefusal: Error, Hashable, Sendable {
    /// A SKU of which less is left than an order asks for.
    public struct Shortage: Hashable, Sendable {
        /// What is short.
        public let sku: SKUCode
        /// How much the order's lines of it ask for together, in base units.
        public let asked: Int64
        /// The most that one pool has left: an order claims a SKU from one pool.
        public let available: Int64

        /// A shortage with these fields.
        public init(sku: SKUCode, asked: Int64, available: Int64) {
            self.sku = sku
            self.asked = asked
            self.available = available
        }
    }

    /// There is no SKU of this code.
    case unknownSKU(SKUCode)
    /// The SKU has no list price, and the line none of its own.
    case noPrice(SKUCode)
    /// The amount of a line, or of the order, is larger than can be counted.
    case amountTooLarge
    /// No pool has as much of these SKUs as the order's lines of each ask for together; one entry for each SKU.
    case soldOut([Shortage])
    /// The source has placed another order under this reference.
    case otherOrderUnderReference
}

extension OrderRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknownSKU(let code): "\(code): there is no such SKU"
        case .noPrice(let code): "\(code): it has no price"
        case .amountTooLarge: "the order's amount is too large"
        case .soldOut(let shortages): shortages.map(\.description).joined(separator: "; ")
        case .otherOrderUnderReference: "the reference was used for another order"
        }
    }
}

extension OrderRefusal.Shortage: CustomStringConvertible {
    /// One line for a person, in base units.
    public var description: String { "\(sku): \(asked) asked for, \(available) left" }
}
