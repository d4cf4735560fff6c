extension StockPicture {
    /// A picture that knows these sets, and no stock yet. Which sets there are never changes in a picture: another is read.
    init(sets recipes: [SetRecipe]) {
        self.init()
        for recipe in recipes {
            sets[recipe.set] = recipe
            for component in recipe.components { setsByComponent[component.sku, default: []].append(recipe.set) }
        }
    }

    /// Counts the sets anew of which components have changed; gives those of their levels that show something else.
    mutating func recount(_ changed: some Sequence<StockLevel>) -> [StockLevel] {
        guard !setsByComponent.isEmpty else { return [] }
        var affected: Set<SKUCode> = []
        for level in changed { affected.formUnion(setsByComponent[level.position.sku] ?? []) }
        return affected.sorted().flatMap { code -> [StockLevel] in
            guard let recipe = sets[code] else { return [] }
            let (old, new) = (shelves[code]?.levels ?? [], recipe.levels { shelves[$0]?.levels ?? [] })
            guard old != new else { return [] }
            show(new, ofSet: code)
            return new.filter { !old.contains($0) }
        }
    }
}
