public import Postgres

/// A transfer, as both ends see it, without its goods.
public struct TransferSummary: Hashable, Sendable {
    /// Its identity in the database: the later, the greater.
    public let id: ID<Transfer>
    /// What stands on its paper.
    public let reference: ReceiptReference
    /// How far it has come.
    public let state: TransferState
    /// Where the goods come from.
    public let from: WarehouseCode
    /// Where they go; they come back to ``from`` when it is returning.
    public let to: WarehouseCode
    /// When it should arrive; nil: nobody has said.
    public let expectedAt: Timestamp?
    /// Whether it is under way although it should have arrived, by the database's clock.
    public let isLate: Bool

    /// A transfer with these fields.
    public init(
        id: ID<Transfer>, reference: ReceiptReference, state: TransferState, from: WarehouseCode, to: WarehouseCode,
        expectedAt: Timestamp?, isLate: Bool
    ) {
        self.id = id
        self.reference = reference
        self.state = state
        self.from = from
        self.to = to
        self.expectedAt = expectedAt
        self.isLate = isLate
    }
}

/// What is asked for of one SKU and owner.
public struct TransferLine: Hashable, Sendable {
    /// What it is.
    public let sku: SKUCode
    /// Its name, as it is now.
    public let name: Name
    /// What the quantities count.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// How much is asked for.
    public let requested: Quantity
    /// How much of it was picked.
    public let picked: Quantity

    /// A line with these fields.
    public init(
        sku: SKUCode, name: Name, unit: BaseUnit, owner: OwnerCode, requested: Quantity, picked: Quantity
    ) {
        self.sku = sku
        self.name = name
        self.unit = unit
        self.owner = owner
        self.requested = requested
        self.picked = picked
    }
}

/// Goods of one lot and quality on their way: what was picked waits, was put back or was shipped; what was shipped is received,
/// damaged, lost or in transit.
public struct TransferLot: Hashable, Sendable {
    /// What has become of them, in base units.
    public struct Counters: Hashable, Sendable {
        /// Taken from the shelves.
        public var picked: Quantity
        /// At the transfer dock.
        public var waiting: Quantity
        /// Back on the shelves, since the transfer was cancelled.
        public var putBack: Quantity
        /// Departed.
        public var shipped: Quantity
        /// Come as they left.
        public var received: Quantity
        /// Come, and not to be sold.
        public var damaged: Quantity
        /// Known not to come.
        public var lost: Quantity
        /// On the road.
        public var inTransit: Quantity

        /// Counters with these values.
        public init(
            picked: Quantity, waiting: Quantity, putBack: Quantity, shipped: Quantity, received: Quantity,
            damaged: Quantity, lost: Quantity, inTransit: Quantity
        ) {
            self.picked = picked
            self.waiting = waiting
            self.putBack = putBack
            self.shipped = shipped
            self.received = received
            self.damaged = damaged
            self.lost = lost
            self.inTransit = inTransit
        }
    }

    /// Which lot.
    public let lot: ID<Lot>
    /// What it is.
    public let sku: SKUCode
    /// What the quantities count.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// In what state they left.
    public let quality: Quality
    /// How cold they are kept.
    public let storageClass: StorageClass
    /// The last day on which they are good.
    public let expiresOn: CalendarDate?
    /// What has become of them.
    public let counters: Counters

    /// Goods with these fields.
    public init(
        lot: ID<Lot>, sku: SKUCode, unit: BaseUnit, owner: OwnerCode, quality: Quality, storageClass: StorageClass,
        expiresOn: CalendarDate?, counters: Counters
    ) {
        self.lot = lot
        self.sku = sku
        self.unit = unit
        self.owner = owner
        self.quality = quality
        self.storageClass = storageClass
        self.expiresOn = expiresOn
        self.counters = counters
    }
}

/// Something of a transfer that did not arrive as it left, with who answers for it.
public struct TransferLoss: Hashable, Sendable {
    /// Goods of which lot.
    public let lot: ID<Lot>
    /// How much came damaged.
    public let damaged: Quantity
    /// How much does not come.
    public let lost: Quantity
    /// Why.
    public let reason: TransferLossReason
    /// Who answers for it.
    public let answerable: PlainWords
    /// Who has written it down.
    public let actor: String
    /// When.
    public let recordedAt: Timestamp

    /// A loss with these fields.
    public init(
        lot: ID<Lot>, damaged: Quantity, lost: Quantity, reason: TransferLossReason, answerable: PlainWords,
        actor: String, recordedAt: Timestamp
    ) {
        self.lot = lot
        self.damaged = damaged
        self.lost = lost
        self.reason = reason
        self.answerable = answerable
        self.actor = actor
        self.recordedAt = recordedAt
    }
}

/// A transfer with its goods.
public struct TransferDetails: Hashable, Sendable {
    /// The transfer.
    public let summary: TransferSummary
    /// What is asked for.
    public let lines: [TransferLine]
    /// What goes.
    public let lots: [TransferLot]
    /// What did not arrive as it left.
    public let losses: [TransferLoss]

    /// A transfer with these goods.
    public init(summary: TransferSummary, lines: [TransferLine], lots: [TransferLot], losses: [TransferLoss]) {
        self.summary = summary
        self.lines = lines
        self.lots = lots
        self.losses = losses
    }
}
