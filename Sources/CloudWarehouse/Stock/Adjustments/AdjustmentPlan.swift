import Postgres

/// What one correcting row of the ledger changes, decided without a database.
struct AdjustmentPlan: Hashable {
    /// Where goods are before or after, in what state.
    struct Place: Hashable {
        let location: ID<Location>
        /// The warehouse that it is in; nil for a place outside of every one, which has no balance.
        let warehouse: ID<Warehouse>?
        let quality: Quality

        static func outside(_ location: ID<Location>, _ quality: Quality) -> Place {
            Place(location: location, warehouse: nil, quality: quality)
        }
    }

    /// What a correction needs to know of a lot.
    struct Goods: Hashable {
        let lot: ID<Lot>
        let sku: ID<SKU>
        let owner: ID<Owner>
        let unit: BaseUnit
        let status: LotStatus
        /// The last day on which it is good; nil for what keeps.
        let expiresOn: CalendarDate?
    }

    let goods: Goods
    let from: Place
    let to: Place
    let quantity: Quantity
    let reason: MovementReason

    /// The pools that may change, in key order.
    var pools: [PoolKey] {
        Set([from, to].compactMap(\.warehouse)).map { PoolKey(sku: goods.sku, warehouse: $0, owner: goods.owner) }
            .sorted()
    }

    /// What becomes sellable, or stops being so, each pool once; a pool that stays as it is, is not among them.
    var sellable: [(key: PoolKey, change: Int64)] {
        pools.compactMap { key in
            let change = sellable(at: to, of: key) - sellable(at: from, of: key)
            return change == 0 ? nil : (key, change)
        }
    }

    private func sellable(at place: Place, of key: PoolKey) -> Int64 {
        place.warehouse == key.warehouse && place.quality == .good && goods.status == .released ? quantity.rawValue : 0
    }

    /// Refuses what would take more than there is, or more than is free, and what would sell what has expired.
    ///
    /// A reversal puts back what was there before, in whatever state: that it has expired since is no reason to leave a mistake.
    ///
    /// - Parameters:
    ///   - standing: What stands at ``from``, under the lock; of no interest for a place outside.
    ///   - awaiting: The same at ``to``.
    ///   - counters: What the pools hold, under their locks.
    ///   - today: The base's day.
    func check(
        standing: LockBalance.Standing, awaiting: Int64, counters: [PoolKey: PoolCounters], today: CalendarDate
    ) throws(AdjustmentRefusal) {
        if let last = goods.expiresOn, last < today, reason != .reversal, sellable.contains(where: { $0.change > 0 }) {
            throw .expired(on: last, today: today)
        }
        if to.warehouse != nil, awaiting > Quantity.maximum.rawValue - quantity.rawValue {
            throw .tooMuch(onHand: awaiting, unit: goods.unit)
        }
        if from.warehouse != nil {
            guard quantity.rawValue <= standing.onHand else {
                throw .notThere(onHand: standing.onHand, unit: goods.unit)
            }
            guard quantity.rawValue <= standing.free else {
                throw .promised(available: standing.free, unit: goods.unit)
            }
        }
        for (key, change) in sellable where change < 0 {
            let available = counters[key]?.available ?? 0
            if available + change < 0 { throw .promised(available: available, unit: goods.unit) }
        }
    }

    /// The row that takes a movement back: the same goods the other way.
    func reversed() throws(AdjustmentRefusal) -> AdjustmentPlan {
        switch reason {
        case .receipt, .count, .loss, .quality: break
        case .putAway, .pick, .shipment, .return, .transfer, .production, .reversal: throw .notReversible(reason)
        }
        return AdjustmentPlan(goods: goods, from: to, to: from, quantity: quantity, reason: .reversal)
    }
}

extension Adjustment {
    /// The correction as a row of the ledger, for goods that stand in `location`.
    func plan(of goods: AdjustmentPlan.Goods, in location: Location) -> AdjustmentPlan {
        let here = AdjustmentPlan.Place(location: location.id, warehouse: location.warehouse, quality: quality)
        let (from, to): (AdjustmentPlan.Place, AdjustmentPlan.Place) =
            switch kind {
            case .lost, .missing: (here, .outside(Location.loss, quality))
            case .found: (.outside(Location.loss, quality), here)
            case .damaged, .setAside, .restored:
                (
                    here,
                    AdjustmentPlan.Place(
                        location: location.id, warehouse: location.warehouse, quality: kind.quality ?? quality)
                )
            }
        return AdjustmentPlan(goods: goods, from: from, to: to, quantity: quantity, reason: kind.reason)
    }
}
