/// One line of an import: a SKU as its seller's list describes it.
public struct CatalogEntry: Hashable, Sendable {
    /// The SKU's short name; the line is known by it.
    public var code: SKUCode
    /// The SKU's name for people, and its product's.
    public var name: Name
    /// What it is counted in; it cannot change later.
    public var unit: BaseUnit
    /// Its category, made or renamed with the import.
    public var category: Category?
    /// Its list price; nil leaves the price that it has.
    public var price: Price?

    /// A line with these fields.
    public init(code: SKUCode, name: Name, unit: BaseUnit, category: Category? = nil, price: Price? = nil) {
        self.code = code
        self.name = name
        self.unit = unit
        self.category = category
        self.price = price
    }
}
