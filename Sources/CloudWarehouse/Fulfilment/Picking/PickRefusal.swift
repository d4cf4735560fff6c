import Postgres

/// Why nothing was picked.
public enum PickRefusal: Error, Hashable, Sendable {
    /// Nothing of this lot is to be picked there for the wave.
    case nothingToPick
    /// Only so much of it is, in base units.
    case moreThanAsked(Int64)
    /// The lot is blocked or has expired: say that nothing was found, and it is picked elsewhere.
    case lotNotSellable(ID<Lot>)
    /// The reference stands for another pick of this wave.
    case otherUnderReference
}

extension PickRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .nothingToPick: "nothing of this lot is to be picked there"
        case .moreThanAsked(let asked): "only \(asked) are to be picked there"
        case .lotNotSellable(let lot): "the lot \(lot) is blocked or has expired: say that nothing was found"
        case .otherUnderReference: "the reference stands for another pick of this wave"
        }
    }
}
