public import Postgres

/// Goods that go from one warehouse to another (调拨).
public enum Transfer {}

/// What is to be done with a transfer, which is known by the reference on its paper.
public enum TransferTask: Hashable, Sendable {
    /// Somebody asks for goods.
    case request(TransferRequest)
    /// They may go.
    case approve
    /// Some of them are taken to the transfer dock.
    case pick(TransferPick)
    /// All that was picked is on the truck.
    case load
    /// The truck leaves, and should arrive at this time; nil: as was said before.
    case depart(expectedAt: Timestamp?)
    /// Some of it has come, or is known to be lost.
    case arrive(TransferArrival)
    /// It does not go, or turns round.
    case cancel

    /// What happens to the transfer by it.
    var event: TransferEvent {
        switch self {
        case .request: .request
        case .approve: .approve
        case .pick: .pick
        case .load: .load
        case .depart: .depart
        case .arrive: .arrive
        case .cancel: .cancel
        }
    }

    /// What a step that may happen several times is known by.
    var identity: (reference: ReceiptReference, fingerprint: Fingerprint)? {
        switch self {
        case .pick(let pick): (pick.reference, pick.fingerprint)
        case .arrive(let arrival): (arrival.reference, arrival.fingerprint)
        case .request, .approve, .load, .depart, .cancel: nil
        }
    }
}

/// Goods that are to go from one warehouse to another.
public struct TransferRequest: Hashable, Sendable {
    /// The most lines that one may have.
    public static let maximumLines = 200

    /// Where they are.
    public let from: WarehouseCode
    /// Where they are needed.
    public let to: WarehouseCode
    /// When they should arrive; nil: nobody has said.
    public let expectedAt: Timestamp?
    /// What and how much: each SKU and owner once.
    public let lines: [ExpectedGoods]

    /// Takes a request, or says what is wrong with it.
    public init(
        from: WarehouseCode, to: WarehouseCode, expectedAt: Timestamp? = nil, lines: [ExpectedGoods]
    ) throws(InvalidValue) {
        guard (1...Self.maximumLines).contains(lines.count) else { throw .transferLines(atMost: Self.maximumLines) }
        guard from != to else { throw .sameWarehouse }
        var known: Set<[String]> = []
        for (index, line) in lines.enumerated() {
            guard line.quantity > .zero else { throw .emptyTransferLine(index + 1) }
            guard known.insert([line.sku.rawValue, line.owner.rawValue]).inserted else {
                throw .repeatedLine(index + 1)
            }
        }
        self.from = from
        self.to = to
        self.expectedAt = expectedAt
        self.lines = lines
    }

    /// By which a repetition is told from another request.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("transfer")
            transcript.append(from.rawValue)
            transcript.append(to.rawValue)
            transcript.append(expectedAt) { $0.append($1.microsecondsSince1970) }
            for line in lines {
                transcript.append(line.sku.rawValue)
                transcript.append(line.owner.rawValue)
                transcript.append(line.quantity.rawValue)
            }
        }
    }
}

/// Goods of a lot that are taken from where they stand to the transfer dock.
public struct TransferPick: Hashable, Sendable {
    /// What it is known by within its transfer: sent again, it happens once.
    public let reference: ReceiptReference
    /// Goods of which lot.
    public let lot: ID<Lot>
    /// Where they stand.
    public let location: LocationCode
    /// In what state they are; they go as they are.
    public let quality: Quality
    /// How many; more than nothing.
    public let quantity: Quantity

    /// Takes a pick, or says what is wrong with it.
    public init(
        reference: ReceiptReference, lot: ID<Lot>, location: LocationCode, quality: Quality = .good, quantity: Quantity
    ) throws(InvalidValue) {
        guard quantity > .zero else { throw .emptyPick }
        self.reference = reference
        self.lot = lot
        self.location = location
        self.quality = quality
        self.quantity = quantity
    }

    /// By which a repetition is told from another pick.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("transfer pick")
            transcript.append(lot.description)
            transcript.append(location.rawValue)
            transcript.append(quality.rawValue)
            transcript.append(quantity.rawValue)
        }
    }
}

/// What has become of a transfer.
public struct TransferProgress: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Transfer>
    /// How far it has come.
    public let state: TransferState
    /// Whether it had been done before, so that nothing was changed now.
    public var isRepeated = false

    /// What has become of a transfer, by a step that was taken now unless more is said.
    public init(id: ID<Transfer>, state: TransferState, isRepeated: Bool = false) {
        self.id = id
        self.state = state
        self.isRepeated = isRepeated
    }
}
