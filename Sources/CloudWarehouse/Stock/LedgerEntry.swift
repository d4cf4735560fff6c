public import Postgres

/// One row of the ledger, in words: goods of a lot that went from one place to another.
public struct LedgerEntry: Hashable, Sendable {
    /// Where goods came from or went to, and in what state.
    public struct Place: Hashable, Sendable {
        /// What kind of place it is.
        public let kind: LocationKind
        /// The warehouse that it is in; nil for a place outside of every warehouse.
        public let warehouse: WarehouseCode?
        /// Its short name.
        public let location: LocationCode
        /// In what state the goods were there.
        public let quality: Quality

        /// A place with these fields.
        public init(kind: LocationKind, warehouse: WarehouseCode?, location: LocationCode, quality: Quality) {
            self.kind = kind
            self.warehouse = warehouse
            self.location = location
            self.quality = quality
        }
    }

    /// What was moved, without where.
    public struct Goods: Hashable, Sendable {
        /// What it is.
        public let sku: SKUCode
        /// What the quantity counts.
        public let unit: BaseUnit
        /// Whose it is.
        public let owner: OwnerCode
        /// Which lot of it.
        public let lot: ID<Lot>
        /// How many.
        public let quantity: Quantity

        /// Goods with these fields.
        public init(sku: SKUCode, unit: BaseUnit, owner: OwnerCode, lot: ID<Lot>, quantity: Quantity) {
            self.sku = sku
            self.unit = unit
            self.owner = owner
            self.lot = lot
            self.quantity = quantity
        }
    }

    /// Its identity in the database: the later, the greater.
    public let id: ID<LedgerEntry>
    /// When it was recorded, by the database's clock.
    public let recordedAt: Timestamp
    /// What was moved.
    public let goods: Goods
    /// Where it came from.
    public let from: Place
    /// Where it went.
    public let to: Place
    /// Why.
    public let reason: MovementReason

    /// A row with these fields.
    public init(
        id: ID<LedgerEntry>, recordedAt: Timestamp, goods: Goods, from: Place, to: Place, reason: MovementReason
    ) {
        self.id = id
        self.recordedAt = recordedAt
        self.goods = goods
        self.from = from
        self.to = to
        self.reason = reason
    }
}

/// Some rows of the ledger, the newest first.
public struct LedgerPage: Hashable, Sendable {
    /// As many as were asked for, or fewer.
    public let entries: [LedgerEntry]
    /// Where the next page begins; nil when there is nothing more. A page may be short, or empty, and have a next one.
    public let next: ID<LedgerEntry>?

    /// A page with these fields.
    public init(entries: [LedgerEntry], next: ID<LedgerEntry>?) {
        self.entries = entries
        self.next = next
    }
}
