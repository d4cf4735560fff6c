/// Why a SKU is not made a set, or not of these components.
public enum SetRefusal: Error, Hashable, Sendable {
    /// There is no such SKU.
    case unknownSet(SKUCode)
    /// There are no SKUs of these codes.
    case unknownComponents([SKUCode])
    /// A set is not made of itself.
    case itself
    /// This component is named twice.
    case repeated(SKUCode)
    /// So much of a component makes no set.
    case quantity(SKUCode)
    /// A set has not so many components.
    case tooMany(maximum: Int)
    /// These components are sets themselves.
    case nested([SKUCode])
    /// It is a component of this set.
    case componentOf(SKUCode)
    /// Goods of it were received: it has a stock of its own.
    case hasGoods
}

extension SetRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknownSet(let code): "there is no SKU \(code)"
        case .unknownComponents(let codes): "there is no SKU \(Self.list(codes))"
        case .itself: "a set is not made of itself"
        case .repeated(let code): "\(code) is named twice: say how much of it there is in one component"
        case .quantity(let code):
            "of \(code), from \(SetComponent.quantities.lowerBound) to \(SetComponent.quantities.upperBound) base units make a set"
        case .tooMany(let maximum): "a set has at most \(maximum) components"
        case .nested(let codes):
            "sets are not made of sets, and \(Self.list(codes)) is one: name its components instead"
        case .componentOf(let code): "it is a component of the set \(code), and sets are not made of sets"
        case .hasGoods: "goods of it were received, and a set has no stock of its own: list the set under a new SKU"
        }
    }

    private static func list(_ codes: [SKUCode]) -> String { codes.map(\.rawValue).joined(separator: ", ") }
}
