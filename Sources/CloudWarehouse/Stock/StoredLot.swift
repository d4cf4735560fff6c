public import Postgres

/// A lot with where it stands.
public struct StoredLot: Hashable, Sendable {
    /// Goods of the lot at one location in one quality.
    public struct Standing: Hashable, Sendable {
        /// The warehouse that they are in.
        public let warehouse: WarehouseCode
        /// Where in the warehouse.
        public let location: LocationCode
        /// In what state they are.
        public let quality: Quality
        /// How many there are, in the SKU's base unit; more than nothing.
        public let onHand: Quantity

        /// Goods with these fields.
        public init(warehouse: WarehouseCode, location: LocationCode, quality: Quality, onHand: Quantity) {
            self.warehouse = warehouse
            self.location = location
            self.quality = quality
            self.onHand = onHand
        }
    }

    /// Its identity in the database: the later a lot came, the greater.
    public let id: ID<Lot>
    /// What it is.
    public let sku: SKUCode
    /// What its quantities count.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// 采收日期
    public let harvestedOn: CalendarDate?
    /// 保质期到期: the last day on which it is good.
    public let expiresOn: CalendarDate?
    /// 等级
    public let grade: Grade?
    /// Whether it may be sold.
    public let status: LotStatus
    /// Where it stands, by warehouse, location and quality; empty when nothing is left.
    public var standings: [Standing]

    /// A lot with these fields.
    public init(
        id: ID<Lot>, sku: SKUCode, unit: BaseUnit, owner: OwnerCode, harvestedOn: CalendarDate?,
        expiresOn: CalendarDate?, grade: Grade?, status: LotStatus, standings: [Standing]
    ) {
        self.id = id
        self.sku = sku
        self.unit = unit
        self.owner = owner
        self.harvestedOn = harvestedOn
        self.expiresOn = expiresOn
        self.grade = grade
        self.status = status
        self.standings = standings
    }
}

/// Some lots, the newest first.
public struct LotPage: Hashable, Sendable {
    /// As many as were asked for, or fewer at the end.
    public let lots: [StoredLot]
    /// Where the next page begins; nil when there is nothing more.
    public let next: ID<Lot>?

    /// A page with these fields.
    public init(lots: [StoredLot], next: ID<Lot>?) {
        self.lots = lots
        self.next = next
    }
}
