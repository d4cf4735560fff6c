extension StockPicture {
    /// The levels of one SKU in the order of warehouse and owner; none when there is no such stock.
    func levels(of sku: SKUCode, owner: OwnerCode?) -> [StockLevel] {
        guard let levels = shelves[sku]?.levels else { return [] }
        // Most SKUs are of one owner: then the levels themselves are given, and whoever has rendered them knows them again.
        guard let owner, levels.contains(where: { $0.position.owner != owner }) else { return levels }
        return levels.filter { $0.position.owner == owner }
    }

    /// The levels that follow a position in the order of all.
    func page(after: StockLevel.Position?, limit: Int, owner: OwnerCode?) -> [StockBoard.Place] {
        var page: [StockBoard.Place] = []
        let codes = owner.map { codesByOwner[$0] ?? CodeIndex() } ?? codes
        for code in codes.from(after?.sku) {
            guard let shelf = shelves[code]?.levels else { continue }
            for index in shelf.indices {
                let position = shelf[index].position
                if let after, !(after < position) { continue }
                if let owner, position.owner != owner { continue }
                guard page.count < limit else { return page }
                page.append(StockBoard.Place(shelf: shelf, index: index))
            }
        }
        return page
    }
}

extension StockLevel.Position: Comparable {
    /// Orders by the codes of SKU, warehouse and owner, as the database does; no owner lies before every one.
    public static func < (left: Self, right: Self) -> Bool {
        if left.sku != right.sku { return left.sku < right.sku }
        if left.warehouse != right.warehouse { return left.warehouse < right.warehouse }
        return (left.owner?.rawValue ?? "").utf8.lexicographicallyPrecedes((right.owner?.rawValue ?? "").utf8)
    }
}
