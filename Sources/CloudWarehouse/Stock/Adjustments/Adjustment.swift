public import Postgres

/// A correction of the stock that a person makes by hand: some goods of one lot at one location.
public struct Adjustment: Hashable, Sendable {
    /// What is corrected; the raw values are stable, for programs.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// 损耗: the goods are known to be gone: rotten, spilled, thrown away.
        case lost
        /// 盘亏: counting found fewer.
        case missing
        /// 盘盈: counting found more.
        case found
        /// 残损: the goods are there and may not be sold.
        case damaged
        /// 待检: the goods are set aside until somebody has looked.
        case setAside = "set_aside"
        /// 恢复良品: the goods were looked at, and are good.
        case restored

        /// Why the ledger moves the goods.
        var reason: MovementReason {
            switch self {
            case .lost: .loss
            case .missing, .found: .count
            case .damaged, .setAside, .restored: .quality
            }
        }

        /// In what state the goods are afterwards; nil where that stays.
        var quality: Quality? {
            switch self {
            case .lost, .missing, .found: nil
            case .damaged: .damaged
            case .setAside: .held
            case .restored: .good
            }
        }
    }

    /// What stands on the paper; the same one is done once only.
    public let reference: ReceiptReference
    /// What is corrected.
    public let kind: Kind
    /// Goods of which lot.
    public let lot: ID<Lot>
    /// The warehouse where they are, or should be.
    public let warehouse: WarehouseCode
    /// Where in the warehouse.
    public let location: LocationCode
    /// In what state they are, or were found.
    public let quality: Quality
    /// How many; more than nothing.
    public let quantity: Quantity
    /// Why, in the person's words.
    public let note: AdjustmentNote
    /// What the correction says, for telling a repetition from another one under the same reference.
    let fingerprint: Fingerprint

    /// Takes a correction, or says what is wrong with it.
    public init(
        reference: ReceiptReference, kind: Kind, lot: ID<Lot>, warehouse: WarehouseCode, location: LocationCode,
        quality: Quality, quantity: Quantity, note: AdjustmentNote
    ) throws(InvalidValue) {
        guard quantity > .zero else { throw .emptyAdjustment }
        guard kind.quality != quality else { throw .sameQuality }
        self.reference = reference
        self.kind = kind
        self.lot = lot
        self.warehouse = warehouse
        self.location = location
        self.quality = quality
        self.quantity = quantity
        self.note = note
        fingerprint = Fingerprint { transcript in
            transcript.append(kind.rawValue)
            transcript.append(lot.description)
            transcript.append(warehouse.rawValue)
            transcript.append(location.rawValue)
            transcript.append(quality.rawValue)
            transcript.append(quantity.rawValue)
        }
    }
}

/// The answer to a correction, the same one however often it is asked for but for ``isRepeated``.
public struct AdjustedStock: Hashable, Sendable {
    /// The row of the ledger that was written for it.
    public let movement: ID<LedgerEntry>
    /// When it was written, by the database's clock.
    public let recordedAt: Timestamp
    /// Whether it had been written before, so that nothing was changed now.
    public let isRepeated: Bool

    /// An answer with these fields.
    public init(movement: ID<LedgerEntry>, recordedAt: Timestamp, isRepeated: Bool = false) {
        self.movement = movement
        self.recordedAt = recordedAt
        self.isRepeated = isRepeated
    }
}
