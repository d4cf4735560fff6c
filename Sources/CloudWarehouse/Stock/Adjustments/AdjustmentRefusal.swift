public import Postgres

/// Why the stock stays as it is, although everything worked. A refused correction leaves no row.
public enum AdjustmentRefusal: Error, Hashable, Sendable {
    /// There is no such lot.
    case unknownLot(ID<Lot>)
    /// The ledger has no such row.
    case unknownMovement(ID<LedgerEntry>)
    /// Not so many stand there in that state, but only these.
    case notThere(onHand: Int64, unit: BaseUnit)
    /// So many stand there already that with these they would be more than a quantity may be.
    case tooMuch(onHand: Int64, unit: BaseUnit)
    /// Orders have been promised the goods: only these are free.
    case promised(available: Int64, unit: BaseUnit)
    /// The lot's last good day is over: its goods do not become sellable, except by taking a correction back.
    case expired(on: CalendarDate, today: CalendarDate)
    /// Movements of this reason are taken back by the document that made them.
    case notReversible(MovementReason)
    /// Another correction was made under this reference.
    case otherUnderReference
}

extension AdjustmentRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknownLot(let id): "there is no lot \(id)"
        case .unknownMovement(let id): "there is no movement \(id)"
        case .notThere(let onHand, let unit): "only \(onHand) \(unit.plural) stand there in that state"
        case .tooMuch(let onHand, let unit):
            "\(onHand) \(unit.plural) stand there already, and \(Quantity.maximum) are the most"
        case .promised(let available, let unit):
            "only \(available) \(unit.plural) are free: the others are promised to orders"
        case .expired(let day, let today):
            "the last good day of the lot was \(day), and today is \(today): its goods cannot become good"
        case .notReversible(let reason): "a movement of reason \(reason.rawValue) cannot be taken back so"
        case .otherUnderReference: "another correction was made under this reference"
        }
    }
}

extension BaseUnit {
    /// Several of it.
    fileprivate var plural: String {
        switch self {
        case .piece: "pieces"
        case .gram: "grams"
        }
    }
}
