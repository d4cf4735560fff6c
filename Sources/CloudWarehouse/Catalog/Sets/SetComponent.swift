/// So much of a SKU makes one gift set (礼盒/套装).
public struct SetComponent: Hashable, Sendable {
    /// How much of one SKU a set may be made of, in its base unit.
    public static let quantities: ClosedRange<Int64> = 1...1_000_000_000

    /// What it is.
    public let sku: SKUCode
    /// How much of it, in its base unit; within ``quantities``.
    public let quantity: Quantity

    /// A component.
    public init(sku: SKUCode, quantity: Quantity) {
        self.sku = sku
        self.quantity = quantity
    }
}

/// A component as it is listed.
public struct ListedComponent: Hashable, Sendable {
    /// What it is.
    public let sku: SKUCode
    /// Its name.
    public let name: Name
    /// What it is counted in.
    public let unit: BaseUnit
    /// How much of it makes one set, in its base unit.
    public let quantity: Quantity

    /// A component with these fields.
    public init(sku: SKUCode, name: Name, unit: BaseUnit, quantity: Quantity) {
        self.sku = sku
        self.name = name
        self.unit = unit
        self.quantity = quantity
    }
}
