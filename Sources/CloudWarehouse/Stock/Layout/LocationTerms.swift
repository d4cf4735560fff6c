public import Postgres

/// What a storage location is for.
public enum LocationPurpose: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// 存储: goods are kept here, and picked.
    case storage
    /// 收货: goods stand here until they are put away.
    case receiving
    /// 打包: picked goods stand here until they leave.
    case packing
}

/// How much of the goods that are counted in one unit a location takes; more than nothing.
///
/// Goods that are counted in the other unit are not measured by it: nobody knows how many pieces weigh a kilogram.
public struct Capacity: Hashable, Sendable {
    /// How much, in the unit.
    public let quantity: Quantity
    /// What it counts.
    public let unit: BaseUnit

    /// Takes a capacity, or nothing when it is none.
    public init?(_ quantity: Quantity, of unit: BaseUnit) {
        guard quantity > .zero else { return nil }
        self.quantity = quantity
        self.unit = unit
    }
}

/// A location's place in the order in which pickers walk, from 1 to 1,000,000.
public struct PickSequence: RawRepresentable, Hashable, Sendable, Comparable, PostgresCodable {
    /// A place like any other.
    public static var sample: PickSequence { PickSequence(unchecked: 1) }
    /// The last place that there can be.
    public static let maximum: Int32 = 1_000_000

    /// The number of the place.
    public let rawValue: Int32

    /// Takes the number, or nothing when it breaks the rule.
    public init?(rawValue: Int32) {
        guard (1...Self.maximum).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The smaller one is walked to first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What may change about a storage location: everything but its warehouse and its code, which stands on its label.
public struct LocationTerms: Hashable, Sendable {
    /// How cold it is.
    public var storageClass: StorageClass
    /// What it is for.
    public var purpose = LocationPurpose.storage
    /// The part of the warehouse that it is in; nil for none.
    public var zone: ZoneCode?
    /// How much it takes; nil when nobody has said.
    public var capacity: Capacity?
    /// When pickers come to it; nil: after those that have a place.
    public var pickSequence: PickSequence?
    /// Whether nothing may be put there.
    public var isClosed = false

    /// Terms with these fields.
    public init(
        storageClass: StorageClass, purpose: LocationPurpose = .storage, zone: ZoneCode? = nil,
        capacity: Capacity? = nil, pickSequence: PickSequence? = nil, isClosed: Bool = false
    ) {
        self.storageClass = storageClass
        self.purpose = purpose
        self.zone = zone
        self.capacity = capacity
        self.pickSequence = pickSequence
        self.isClosed = isClosed
    }
}
