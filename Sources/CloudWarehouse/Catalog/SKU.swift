/// What is sold and counted (单品): one product in one packing or weight.
public struct SKU: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<SKU>
    /// The product that it is a variant of.
    public let product: ID<Product>
    /// Who lists the product.
    public let owner: OwnerCode
    /// Its short name, unique in the base.
    public let code: SKUCode
    /// Its name for people.
    public let name: Name
    /// What it is counted in.
    public let unit: BaseUnit
    /// The category of its product, if it has one.
    public let category: Category?
    /// Its list price, if it has one.
    public let price: Price?
}

/// What SKUs are variants of (商品). Only its identity is needed as a type so far.
public enum Product {}

/// A group of products, as a shop's own lists name it (分类).
public struct Category: Hashable, Sendable {
    /// Its short name, unique in the base.
    public let code: CategoryCode
    /// Its name for people.
    public let name: Name

    /// A category by code and name.
    public init(code: CategoryCode, name: Name) {
        self.code = code
        self.name = name
    }
}
