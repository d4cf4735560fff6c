/// How much of what is sold the goods of one owner in one warehouse are to be (配额).
public struct SourcingShare: Hashable, Sendable {
    /// The weights that a share may have.
    public static let weights: ClosedRange<Int32> = 1...10_000

    /// Where the goods stand.
    public let warehouse: WarehouseCode
    /// Whose they are.
    public let owner: OwnerCode
    /// How much of what is sold they are to be, beside the weights of the others; within ``weights``.
    public let weight: Int32

    /// A share.
    public init(warehouse: WarehouseCode, owner: OwnerCode, weight: Int32) {
        self.warehouse = warehouse
        self.owner = owner
        self.weight = weight
    }
}

/// Where a warehouse delivers to, and how near that is.
public struct SourcingZone: Hashable, Sendable {
    /// The ranks that a zone may have; the less, the nearer.
    public static let ranks: ClosedRange<Int32> = 1...1_000

    /// How regions of recipients begin, such as 浙江省杭州市; 1 to 100 characters.
    public let region: String
    /// Within ``ranks``.
    public let rank: Int32

    /// A zone.
    public init(region: String, rank: Int32) {
        self.region = region
        self.rank = rank
    }
}

/// A share as it is listed, with what orders were given from each of its pools.
public struct ListedShare: Hashable, Sendable {
    /// The SKU; nil for every SKU that has no shares of its own.
    public let sku: SKUCode?
    /// The share.
    public let share: SourcingShare
    /// What orders of the SKU were given since the shares were last changed, in its base unit; nil for every SKU's.
    public let taken: Int64?
}

/// A rule as it is listed.
public struct ListedRule: Hashable, Sendable {
    /// The SKU; nil for every SKU that has no rule of its own.
    public let sku: SKUCode?
    /// By what pools are chosen.
    public let criteria: SourcingCriteria
}

/// A delivery zone as it is listed.
public struct ListedZone: Hashable, Sendable {
    /// Which warehouse.
    public let warehouse: WarehouseCode
    /// Where it delivers to.
    public let zone: SourcingZone
}
