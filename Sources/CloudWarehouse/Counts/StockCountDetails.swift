public import Postgres

/// A count without its lines.
public struct StockCountSummary: Hashable, Sendable {
    /// Its identity in the database: the later, the greater.
    public let id: ID<StockCount>
    /// What stands on its paper.
    public let reference: ReceiptReference
    /// How far it has come.
    public let state: StockCountState
    /// In which warehouse.
    public let warehouse: WarehouseCode
    /// Which location is counted; nil where a SKU is.
    public let location: LocationCode?
    /// Which SKU is counted; nil where a location is.
    public let sku: SKUCode?
    /// Whether nobody sees what is expected before the counting is over.
    public let isBlind: Bool
    /// A difference beyond so many basis points of what is expected is counted once more.
    public let tolerance: BasisPoints
    /// When its differences were posted; nil: they are not.
    public let postedAt: Timestamp?

    /// A count with these fields.
    public init(
        id: ID<StockCount>, reference: ReceiptReference, state: StockCountState, warehouse: WarehouseCode,
        location: LocationCode?, sku: SKUCode?, isBlind: Bool, tolerance: BasisPoints, postedAt: Timestamp?
    ) {
        self.id = id
        self.reference = reference
        self.state = state
        self.warehouse = warehouse
        self.location = location
        self.sku = sku
        self.isBlind = isBlind
        self.tolerance = tolerance
        self.postedAt = postedAt
    }

    /// Whether what is expected is still to be told to nobody.
    var isSecret: Bool { isBlind && (state == .planned || state == .counting) }
}

/// Goods of one lot and quality at one location, as they were counted last.
public struct StockCountLine: Hashable, Sendable {
    /// Goods of which lot, where.
    public let place: CountedPlace
    /// What it is.
    public let sku: SKUCode
    /// What the quantities count.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// What the ledger had there when it was counted; nil as long as nobody is to know.
    public internal(set) var expected: Quantity?
    /// How much was there.
    public let counted: Quantity
    /// How often it was counted.
    public let times: Int16
    /// The newest row of the ledger when it was counted.
    public let position: ID<LedgerEntry>
    /// Why something is missing.
    public let reason: ShrinkageReason?
    /// Who answers for it.
    public let answerable: PlainWords?
    /// The row of the ledger that the difference has become.
    public let movement: ID<LedgerEntry>?

    /// How much more there was than the ledger had; below 0: how much is missing.
    public var difference: Int64? { expected.map { counted.rawValue - $0.rawValue } }

    /// A line with these fields.
    public init(
        place: CountedPlace, sku: SKUCode, unit: BaseUnit, owner: OwnerCode, expected: Quantity?, counted: Quantity,
        times: Int16, position: ID<LedgerEntry>, reason: ShrinkageReason?, answerable: PlainWords?,
        movement: ID<LedgerEntry>?
    ) {
        self.place = place
        self.sku = sku
        self.unit = unit
        self.owner = owner
        self.expected = expected
        self.counted = counted
        self.times = times
        self.position = position
        self.reason = reason
        self.answerable = answerable
        self.movement = movement
    }
}

/// A count with its lines.
public struct StockCountDetails: Hashable, Sendable {
    /// The count.
    public let summary: StockCountSummary
    /// What was counted.
    public let lines: [StockCountLine]

    /// A count with these lines.
    public init(summary: StockCountSummary, lines: [StockCountLine]) {
        self.summary = summary
        self.lines = lines
    }
}

/// How much of a SKU and owner is missing in counts, for one reason, with whoever answers for it.
public struct Shrinkage: Hashable, Sendable {
    /// What it is.
    public let sku: SKUCode
    /// What the quantity counts.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// Where.
    public let warehouse: WarehouseCode
    /// Why.
    public let reason: ShrinkageReason
    /// Who answers for it.
    public let answerable: PlainWords
    /// How much; sums end at ``InboundTally/greatest``.
    public let missing: Int64

    /// A loss with these fields.
    public init(
        sku: SKUCode, unit: BaseUnit, owner: OwnerCode, warehouse: WarehouseCode, reason: ShrinkageReason,
        answerable: PlainWords, missing: Int64
    ) {
        self.sku = sku
        self.unit = unit
        self.owner = owner
        self.warehouse = warehouse
        self.reason = reason
        self.answerable = answerable
        self.missing = missing
    }
}
