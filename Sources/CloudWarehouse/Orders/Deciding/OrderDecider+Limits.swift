import Postgres

extension OrderDecider {
    /// What buyers have of limited SKUs once an order is placed or claims more. To be asked before anything is claimed: then
    /// nothing has to be given back when it is refused.
    ///
    /// - Parameter isFact: Nothing is held against a limit, since it has happened already.
    func countChanges(
        from old: StandingOrder?, to new: StandingOrder, isFact: Bool
    ) throws(OrderRefusal) -> [IntakeSnapshot.CountKey: BuyerCount] {
        var changed: [IntakeSnapshot.CountKey: BuyerCount] = [:]
        for (sku, growth, limit) in growths(from: old, to: new) {
            guard let buyer = new.buyer else {
                if isFact { continue }
                throw .buyerNotNamed(code(of: sku))
            }
            let key = IntakeSnapshot.CountKey(source: new.key.source, buyer: buyer, sku: sku)
            var count = known(key, limit)
            let has = count.taken
            // Facts pass every limit, but not what can be counted.
            guard count.add(growth, isFact: isFact) else { throw .amountTooLarge }
            guard isFact || growth < 0 || count.taken <= limit.quantity.rawValue else {
                throw .overBuyerLimit(code(of: sku), limit: limit.quantity.rawValue, has: has)
            }
            changed[key] = count
        }
        return changed
    }

    /// What buyers have once an order counts less than before: that is never refused.
    func countsGivenBack(
        from old: StandingOrder, to new: StandingOrder
    ) -> [IntakeSnapshot.CountKey: BuyerCount] {
        guard let buyer = new.buyer else { return [:] }
        var changed: [IntakeSnapshot.CountKey: BuyerCount] = [:]
        for (sku, growth, limit) in growths(from: old, to: new) {
            let key = IntakeSnapshot.CountKey(source: new.key.source, buyer: buyer, sku: sku)
            var count = known(key, limit)
            if count.add(growth, isFact: true) { changed[key] = count }
        }
        return changed
    }

    /// By how much an order counts more of each limited SKU, or less.
    private func growths(
        from old: StandingOrder?, to new: StandingOrder
    ) -> [(sku: ID<SKU>, growth: Int64, limit: BuyerLimit)] {
        if snapshot.limits.isEmpty { return [] }
        let (before, after) = (old?.counted() ?? [:], new.counted())
        return Set(before.keys).union(after.keys).compactMap { sku in
            guard let limit = snapshot.limits[sku], new.placedAt >= limit.since else { return nil }
            let growth = after[sku, default: 0] - before[sku, default: 0]
            return growth == 0 ? nil : (sku, growth, limit)
        }
    }

    /// What the batch knows so far.
    private func known(_ key: IntakeSnapshot.CountKey, _ limit: BuyerLimit) -> BuyerCount {
        counts[key] ?? BuyerCount(taken: snapshot.counts[key] ?? 0, limit: limit)
    }
}
