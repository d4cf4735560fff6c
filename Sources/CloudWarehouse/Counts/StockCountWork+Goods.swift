import Postgres

/// The steps that look at goods, or change what the ledger says of them.
extension StockCountWork {
    // MARK: Counting

    /// Writes what was counted beside what the ledger has there at this moment: the balance is locked, so nothing moves between
    /// the two.
    mutating func count(_ entry: StockCountEntry, of standing: StandingStockCount) async throws -> StockCountProgress {
        guard let goods = try await transaction.query(GoodsOfLot(lot: entry.place.lot)).first else {
            throw refusal(.outOfScope)
        }
        let location = try await location(entry.place.location, of: standing)
        guard standing.sku == nil || standing.sku == goods.sku,
            standing.location == nil || standing.location == location
        else { throw refusal(.outOfScope) }
        let place = AdjustmentPlan.Place(
            location: location, warehouse: standing.warehouse, quality: entry.place.quality)
        let known = try await transaction.query(KnownCountLines(count: standing.id, lot: goods.lot, place: place)).first
        guard known?.hasThis == true || known?.lines ?? 0 < Self.maximumLines else {
            throw refusal(.tooManyLines(atMost: Self.maximumLines))
        }
        let onHand = try await lockedBalance(of: goods, at: place)
        // Two counts that both find the same difference would both post it.
        let other = try await transaction.query(OtherCountOfPlace(count: standing.id, lot: goods.lot, place: place))
            .first
        if let other { throw refusal(.countedElsewhere(other)) }
        guard let position = try await transaction.query(LedgerPosition()).first,
            let expected = Quantity(rawValue: onHand)
        else { throw refusal(.outOfScope) }
        let row = UpsertCountLine(
            count: standing.id, place: place, goods: goods, expected: expected, counted: entry.counted,
            position: position)
        let event = try await record(standing.id, .count(entry), from: standing.state, to: .counting)
        _ = try await transaction.batch(
            row, InsertCountEntry(event: event, line: row),
            UpdateStockCount(id: standing.id, state: .counting, postedAt: nil))
        let needsRecount =
            known?.hasThis != true
            && standing.tolerance.isExceeded(
                expected: onHand, counted: entry.counted.rawValue)
        return StockCountProgress(id: standing.id, state: .counting, needsRecount: needsRecount)
    }

    /// What stands there, locked; where nothing ever stood, a row of nothing is made, so that nothing arrives meanwhile.
    private func lockedBalance(of goods: AdjustmentPlan.Goods, at place: AdjustmentPlan.Place) async throws -> Int64 {
        if let there = try await transaction.query(LockBalance(goods: goods, place: place)).first {
            return there.onHand
        }
        try await transaction.execute(AddToBalance(goods: goods, place: place, quantity: .zero))
        return try await transaction.query(LockBalance(goods: goods, place: place)).first?.onHand ?? 0
    }

    mutating func explain(
        _ explanation: StockCountExplanation, of standing: StandingStockCount
    ) async throws -> StockCountProgress {
        let location = try await location(explanation.place.location, of: standing)
        let row = ExplainCountLine(count: standing.id, location: location, explanation: explanation)
        guard try await transaction.execute(row) == 1 else { throw refusal(.notInCount) }
        try await record(standing.id, .explain(explanation), from: standing.state, to: standing.state)
        return StockCountProgress(id: standing.id, state: standing.state)
    }

    /// Refuses an end while something stands there that nobody counted, or has to be counted once more.
    func checkWhole(_ standing: StandingStockCount) async throws {
        let again = try await lines(of: standing).filter { $0.needsRecount(beyond: standing.tolerance) }.count
        if again > 0 { throw refusal(.needsRecount(lines: Int64(again))) }
        let lots = try await transaction.query(UncountedLots(count: standing)).first ?? 0
        if lots > 0 { throw refusal(.uncounted(lots: lots)) }
    }

    private func location(_ code: LocationCode, of standing: StandingStockCount) async throws -> ID<Location> {
        let found = try await transaction.query(LocationByCode(warehouse: standing.warehouseCode, code: code)).first
        guard let found else { throw StockError.unknownLocation(standing.warehouseCode, code) }
        return found.id
    }

    // MARK: Posting

    /// Posts the differences as movements. What has moved since it was counted stays moved, since nothing is set to what was
    /// counted; what orders have been promised is not taken away from them.
    mutating func post(_ standing: StandingStockCount) async throws {
        let counted = try await lines(of: standing)
        let different = counted.filter { $0.difference != 0 }
        let unexplained = different.filter { $0.difference < 0 && !$0.isExplained }.count
        if unexplained > 0 { throw refusal(.unexplained(lines: Int64(unexplained))) }
        // Somebody has corrected the ledger since: maybe what was counted is in it already.
        if let place = try await transaction.query(AdjustedSinceCounted(count: standing.id)).first {
            throw refusal(.adjustedSince(place))
        }
        let plans = different.map { $0.plan(in: standing.warehouse) }
        for location in Set(plans.filter { $0.to.warehouse != nil }.map(\.to.location)).sorted() {
            let place = try await transaction.query(KeepLocation(location: location)).first
            if let place, place.isClosed { throw StockError.closedLocation(place.warehouse, place.code) }
        }
        // Somebody has looked at these shelves. Doubts come before balances in the order of locks.
        let looked = counted.filter { $0.quality == .good }
        try await transaction.execute(EndDoubts(places: looked.map { ($0.location, $0.goods.lot) }))
        try await check(plans)
        let moves = plans.map { PostedMove(id: ids.next(), plan: $0) }
        if !moves.isEmpty {
            try await transaction.execute(
                PostCountLines(count: standing.id, lines: zip(different, moves).map { ($0, $1.id) }))
        }
        changed = try await transaction.post(moves, of: .count(standing.id), at: at)
    }

    /// Locks pools and balances in key order, and refuses what would take more than there is, or more than is free.
    private func check(_ plans: [AdjustmentPlan]) async throws {
        var counters = try await locked(plans)
        let ends = plans.flatMap { plan in [plan.from, plan.to].map { plan.key(at: $0) } }
        let (rows, days) = try await transaction.batch(ReadBalances(keys: ends), BusinessDay(timeZone: timeZone))
        guard let today = days.first else { throw PostgresError.misuse("the database did not tell the day") }
        let balances = Dictionary(rows.map { ($0.key, $0.standing) }, uniquingKeysWith: { first, _ in first })
        // What is found first: what only stands elsewhere, or is of another quality, is missing from no order.
        for plan in plans.filter({ $0.to.warehouse != nil }) + plans.filter({ $0.to.warehouse == nil }) {
            do throws(AdjustmentRefusal) {
                try plan.check(
                    standing: balances[plan.key(at: plan.from)] ?? .init(),
                    awaiting: balances[plan.key(at: plan.to)]?.onHand ?? 0,
                    counters: counters, today: today)
            } catch {
                throw StockError.notAdjusted(error)
            }
            for (key, change) in plan.sellable { counters[key, default: PoolCounters()].sellable += change }
        }
    }

    private func locked(_ plans: [AdjustmentPlan]) async throws -> [PoolKey: PoolCounters] {
        let keys = Set(plans.flatMap(\.pools)).sorted()
        if keys.isEmpty { return [:] }
        let rows = try await transaction.query(LockPoolCounters(keys: keys))
        return Dictionary(rows.map { ($0.key, $0.counters) }, uniquingKeysWith: { first, _ in first })
    }
}

extension AdjustmentPlan {
    /// Which balance its goods have at one of its places.
    fileprivate func key(at place: Place) -> BalanceKey {
        BalanceKey(sku: goods.sku, location: place.location, lot: goods.lot, quality: place.quality)
    }
}

extension StandingCountLine {
    /// The difference as a row of the ledger: what is missing goes to the losses, what is found comes from there.
    fileprivate func plan(in warehouse: ID<Warehouse>) -> AdjustmentPlan {
        let here = AdjustmentPlan.Place(location: location, warehouse: warehouse, quality: quality)
        let there = AdjustmentPlan.Place.outside(Location.loss, quality)
        guard let quantity = Quantity(rawValue: abs(difference)) else {
            preconditionFailure("two quantities differ by more than a quantity")
        }
        return AdjustmentPlan(
            goods: goods, from: difference < 0 ? here : there, to: difference < 0 ? there : here, quantity: quantity,
            reason: .count)
    }
}
