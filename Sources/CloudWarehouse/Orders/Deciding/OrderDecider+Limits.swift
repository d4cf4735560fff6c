import Postgres

extension OrderDecider {
    /// What buyers have of limited SKUs once an order is placed or changed.
    ///
    /// - Parameter isFact: Nothing is refused, since it has happened already.
    func countChanges(
        from old: StandingOrder?, to new: StandingOrder, isFact: Bool
    ) throws(OrderRefusal) -> [IntakeSnapshot.CountKey: BuyerCount] {
        if snapshot.limits.isEmpty { return [:] }
        let (before, after) = (old?.counted() ?? [:], new.counted())
        var changed: [IntakeSnapshot.CountKey: BuyerCount] = [:]
        for sku in Set(before.keys).union(after.keys) {
            guard let limit = snapshot.limits[sku], new.placedAt >= limit.since else { continue }
            let growth = after[sku, default: 0] - before[sku, default: 0]
            guard growth != 0 else { continue }
            guard let buyer = new.buyer else {
                if isFact { continue }
                throw .buyerNotNamed(code(of: sku))
            }
            let key = IntakeSnapshot.CountKey(source: new.key.source, buyer: buyer, sku: sku)
            let taken = counts[key]?.taken ?? snapshot.counts[key] ?? 0
            // Facts pass every limit, but not what can be counted.
            let (sum, overflow) = taken.addingReportingOverflow(growth)
            guard !overflow else { throw .amountTooLarge }
            guard isFact || growth < 0 || sum <= limit.quantity else {
                throw .overBuyerLimit(code(of: sku), limit: limit.quantity, has: taken)
            }
            let grown = max(0, sum)
            let mayPass = isFact || growth < 0
            changed[key] = BuyerCount(
                taken: grown, most: mayPass ? max(limit.quantity, grown) : limit.quantity, since: limit.since)
        }
        return changed
    }
}

/// What a buyer has of a limited SKU once the batch is committed.
struct BuyerCount: Equatable {
    /// In base units.
    let taken: Int64
    /// The limit, or what is taken where facts have passed it. A CHECK holds the one against the other.
    let most: Int64
    /// Since when the limit counts.
    let since: Timestamp
}
