/// Why an order was not placed, although everything worked. A refused order leaves no row: a retry is decided anew.
public enum OrderRefusal: Error, Hashable, Sendable {
    /// There is no SKU of this code.
    case unknownSKU(SKUCode)
    /// The SKU has no list price, and the line none of its own.
    case noPrice(SKUCode)
    /// The amount of a line, or of the order, is larger than can be counted.
    case amountTooLarge
    /// No pool has as much as the order's lines of the SKU ask for together.
    case soldOut(SKUCode, wanted: Int64)
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
        case .soldOut(let code, let wanted): "\(code): \(wanted) are not left"
        case .otherOrderUnderReference: "the reference was used for another order"
        }
    }
}
