public import Postgres

/// Why a transfer stays as it is, although everything worked. A refused step leaves no row.
public enum TransferRefusal: Error, Hashable, Sendable {
    /// There is no such transfer.
    case unknown
    /// Another transfer was asked for under this reference.
    case otherTransferUnderReference
    /// Nobody has approved it.
    case notApproved
    /// Nothing was picked for it.
    case nothingPicked
    /// It is not on the truck yet.
    case notLoaded
    /// It has not left.
    case notDeparted
    /// It is on the truck: what else is to go is another transfer.
    case alreadyLoaded
    /// It has left: what else is to go is another transfer.
    case departed
    /// Nothing of it is in transit any more.
    case closed
    /// It was cancelled.
    case cancelled
    /// The reference of the pick or arrival stands for something else.
    case otherUnderReference
    /// A transfer is picked in at most so many steps.
    case tooManyPicks(atMost: Int64)
    /// Nobody asked for goods of this lot's SKU and owner, or none of it was shipped in this quality.
    case foreignLot(ID<Lot>)
    /// Only so many more were asked for.
    case beyondRequest(left: Int64, unit: BaseUnit)
    /// Only so many of them are in transit.
    case beyondTransit(left: Int64, unit: BaseUnit)
    /// Not so many stand there in that state, but only these.
    case notThere(onHand: Int64, unit: BaseUnit)
    /// Orders have been promised the goods: only these are free.
    case promised(available: Int64, unit: BaseUnit)
    /// So many stand there already that with these they would be more than a quantity may be.
    case tooMuch(onHand: Int64, unit: BaseUnit)
    /// The rest of the lot was picked where it stood as cold as this: goods of both are two transfers.
    case otherStorageClass(StorageClass)
    /// The location is for receiving: what arrives is put where it is kept.
    case notForStorage(LocationCode)
    /// The location has become one for packing: goods are not put back there.
    case isForPacking(LocationCode)
    /// Nobody has released the lot yet: it goes when it may be sold.
    case notReleased(ID<Lot>)
    /// It has departed with this expected arrival, or without one.
    case otherArrivalExpected(Timestamp?)
    /// The location does not suit goods that stood as cold as this.
    case unsuitable(LocationCode, needs: StorageClass)
}

extension TransferRefusal: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .unknown: "there is no such transfer"
        case .otherTransferUnderReference: "another transfer was asked for under this reference"
        case .notApproved: "nobody has approved the transfer yet"
        case .nothingPicked: "nothing was picked for the transfer yet"
        case .notLoaded: "the transfer is not loaded yet"
        case .notDeparted: "the transfer has not departed yet"
        case .alreadyLoaded: "the transfer is loaded: what else is to go is another transfer"
        case .departed: "the transfer has departed: what else is to go is another transfer"
        case .closed: "the transfer is closed: nothing of it is in transit any more"
        case .cancelled: "the transfer was cancelled"
        case .otherUnderReference: "the reference stands for another pick or arrival of this transfer"
        case .tooManyPicks(let most): "a transfer is picked in at most \(most) steps"
        case .foreignLot(let lot): "goods of the lot \(lot) in this quality are no part of this transfer"
        case .beyondRequest(let left, let unit): "only \(left) more were asked for, counted in \(unit.rawValue)"
        case .beyondTransit(let left, let unit): "only \(left) of them are in transit, counted in \(unit.rawValue)"
        case .notThere(let onHand, let unit): "only \(onHand) stand there in that state, counted in \(unit.rawValue)"
        case .promised(let available, let unit):
            "only \(available) are free, counted in \(unit.rawValue): the others are promised to orders"
        case .tooMuch(let onHand, let unit):
            "\(onHand) stand there already, counted in \(unit.rawValue), and \(Quantity.maximum) are the most"
        case .otherStorageClass(let storage):
            "the rest of the lot was picked where it is \(storage.rawValue): these goods are another transfer"
        case .notForStorage(let code): "the location \(code) is for receiving: name one where goods are kept"
        case .isForPacking(let code):
            "the location \(code) has become one for packing: make it one for storage before the goods go back there"
        case .notReleased(let lot): "the lot \(lot) is not released yet: release its delivery first"
        case .otherArrivalExpected(let time?): "the transfer has departed already, and is expected at \(time)"
        case .otherArrivalExpected(nil): "the transfer has departed already, without an expected arrival"
        case .unsuitable(let code, let storage):
            "the location \(code) does not suit goods that are kept \(storage.rawValue)"
        }
    }
}

extension StorageClass {
    /// Whether goods that are kept so cold may be put where it is as cold as `place`: those that need no cold may also stand
    /// where it is chilled.
    func suits(_ place: StorageClass) -> Bool {
        switch (self, place) {
        case (.ambient, .ambient), (.ambient, .chilled), (.chilled, .chilled), (.frozen, .frozen): true
        case (.ambient, .frozen), (.chilled, .ambient), (.chilled, .frozen), (.frozen, .ambient), (.frozen, .chilled):
            false
        }
    }
}
