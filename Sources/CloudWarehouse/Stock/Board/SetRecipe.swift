/// What the board knows of a gift set: its name, and what one of it takes.
struct SetRecipe: Hashable, Sendable {
    let set: SKUCode
    let name: Name
    let unit: BaseUnit
    private(set) var components: [Component]

    /// So much of a component makes one set.
    struct Component: Hashable, Sendable {
        let sku: SKUCode
        /// In base units; more than nothing.
        let quantity: Int64
    }

    /// Puts rows of components together, those of a set one after another.
    static func recipes(_ rows: [SetRecipe]) -> [SetRecipe] {
        var recipes: [SetRecipe] = []
        for row in rows {
            if let last = recipes.last, last.set == row.set {
                recipes[recipes.count - 1].components += row.components
            } else {
                recipes.append(row)
            }
        }
        return recipes
    }

    /// The levels of the set, one for each warehouse in which something of it lies, in the order of the warehouses.
    ///
    /// - Parameter shelf: The levels of a component.
    func levels(_ shelf: (SKUCode) -> [StockLevel]) -> [StockLevel] {
        struct Sum {
            var sets: Int64 = .max
            var components = 0
            var version: Int64 = 0
        }
        var warehouses: [WarehouseCode: Sum] = [:]
        for component in components {
            var available: [WarehouseCode: Int64] = [:]
            for level in shelf(component.sku) {
                let warehouse = level.position.warehouse
                available[warehouse] = (available[warehouse] ?? 0).addingSaturated(level.counters.available)
                warehouses[warehouse, default: Sum()].version += level.version
            }
            for (warehouse, available) in available {
                let sum = warehouses[warehouse] ?? Sum()
                warehouses[warehouse]?.sets = min(sum.sets, max(0, available) / component.quantity)
                warehouses[warehouse]?.components += 1
            }
        }
        return warehouses.sorted { $0.key < $1.key }.map { warehouse, sum in
            // A component that is nowhere in the warehouse is missing from every set there.
            let sets = sum.components == components.count ? sum.sets : 0
            return StockLevel(
                position: StockLevel.Position(sku: set, warehouse: warehouse, owner: nil), name: name, unit: unit,
                counters: PoolCounters(sellable: sets), version: sum.version)
        }
    }
}
