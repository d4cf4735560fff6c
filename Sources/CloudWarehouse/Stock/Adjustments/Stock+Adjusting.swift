import Postgres

extension Stock {
    /// Corrects the stock by hand: one row of the ledger, its balances and its pool in one transaction.
    ///
    /// What orders have been promised is not taken away from them. The same correction under the same reference is made once.
    public func adjust(
        _ adjustment: Adjustment, by principal: Principal
    ) async throws(StockError) -> AdjustedStock {
        try await settled { (looksUp) throws(StockError) in
            try await write(.adjustment(adjustment), note: adjustment.note, by: principal, looksUp: looksUp)
        }
    }

    /// Takes a movement back by a row that moves the same goods the other way; the row itself stays.
    ///
    /// A movement is taken back once; asking again changes nothing and gives the same answer. Movements of orders and other
    /// documents with states of their own are not taken back so.
    public func reverse(
        _ movement: ID<LedgerEntry>, note: AdjustmentNote, by principal: Principal
    ) async throws(StockError) -> AdjustedStock {
        try await settled { (looksUp) throws(StockError) in
            try await write(.reversal(of: movement), note: note, by: principal, looksUp: looksUp)
        }
    }

    /// What the goods of a lot are counted in; nil when there is no such lot.
    public func unit(of lot: ID<Lot>) async throws(StockError) -> BaseUnit? {
        try await pool.rows(of: GoodsOfLot(lot: lot), throwing: StockError.self).first?.unit
    }

    fileprivate enum Correction {
        case adjustment(Adjustment)
        case reversal(of: ID<LedgerEntry>)
    }

    private func write(
        _ task: Correction, note: AdjustmentNote, by principal: Principal, looksUp: Bool
    ) async throws(StockError) -> AdjustedStock {
        let (adjusted, sku) = try await pool.transaction(throwing: StockError.self) { transaction in
            let now = try await transaction.now()
            var ids = IDGenerator(at: now)
            let delivery = try await InboundFollowing.locked(task.delivery, by: principal, at: now, in: transaction)
            let row = task.row(ids: &ids, note: note, by: principal, at: now)
            guard try await transaction.execute(row) == 1 else {
                let plan = try await Self.plan(of: task, in: transaction)
                let recorded = try await Self.repeated(row, in: transaction)
                return (
                    AdjustedStock(
                        movement: recorded.movement, recordedAt: recorded.recordedAt, isRepeated: !looksUp),
                    looksUp ? plan.goods.sku : nil
                )
            }
            let plan = try await Self.plan(of: task, in: transaction)
            if task.isLookedAt { try await plan.endDoubts(in: transaction) }
            try await write(plan, row, task.auditEntry(id: ids.next(), by: principal, at: now), in: transaction)
            try await delivery?.settle(ids: &ids, in: transaction)
            return (AdjustedStock(movement: row.movement, recordedAt: now), plan.goods.sku)
        }
        await StockNews(pool: pool, feed: feed).tell(of: Set([sku].compactMap { $0 }))
        return adjusted
    }

    private static func plan(of task: Correction, in transaction: Transaction) async throws -> AdjustmentPlan {
        switch task {
        case .adjustment(let adjustment):
            let (goods, warehouses, locations) = try await transaction.batch(
                GoodsOfLot(lot: adjustment.lot), WarehouseByCode(code: adjustment.warehouse),
                LocationByCode(warehouse: adjustment.warehouse, code: adjustment.location))
            guard let goods = goods.first else { throw StockError.notAdjusted(.unknownLot(adjustment.lot)) }
            guard !warehouses.isEmpty else { throw StockError.unknownWarehouse(adjustment.warehouse) }
            guard let location = locations.first else {
                throw StockError.unknownLocation(adjustment.warehouse, adjustment.location)
            }
            return adjustment.plan(of: goods, in: location)
        case .reversal(let movement):
            guard let plan = try await transaction.query(MovementToReverse(movement: movement)).first else {
                throw StockError.notAdjusted(.unknownMovement(movement))
            }
            do throws(AdjustmentRefusal) { return try plan.reversed() } catch { throw StockError.notAdjusted(error) }
        }
    }

    /// Locks the pools in key order, then what the goods are taken from; the pools, which everybody wants, are written last.
    private func write(
        _ plan: AdjustmentPlan, _ row: InsertAdjustment, _ entry: InsertAuditEntry, in transaction: Transaction
    ) async throws {
        if plan.to.warehouse != nil,
            let place = try await transaction.query(KeepLocation(location: plan.to.location)).first, place.isClosed
        {
            throw StockError.closedLocation(place.warehouse, place.code)
        }
        let counters = try await transaction.query(LockPoolCounters(keys: plan.pools))
        let (standing, awaiting, days) = try await transaction.batch(
            LockBalance(goods: plan.goods, place: plan.from), LockBalance(goods: plan.goods, place: plan.to),
            BusinessDay(timeZone: timeZone))
        guard let today = days.first else { throw PostgresError.misuse("the database did not tell the day") }
        do throws(AdjustmentRefusal) {
            try plan.check(
                standing: standing.first ?? LockBalance.Standing(), awaiting: awaiting.first?.onHand ?? 0,
                counters: Dictionary(counters.map { ($0.key, $0.counters) }, uniquingKeysWith: { first, _ in first }),
                today: today)
        } catch {
            throw StockError.notAdjusted(error)
        }
        _ = try await transaction.batch(
            InsertMovement(id: row.movement, plan: plan, document: .adjustment(row.id), at: row.at), entry)
        if plan.from.warehouse != nil {
            try await transaction.execute(
                TakeFromBalance(goods: plan.goods, place: plan.from, quantity: plan.quantity))
        }
        if plan.to.warehouse != nil {
            try await transaction.execute(AddToBalance(goods: plan.goods, place: plan.to, quantity: plan.quantity))
        }
        let (gains, losses) = (plan.sellable.filter { $0.change > 0 }, plan.sellable.filter { $0.change < 0 })
        if !losses.isEmpty {
            try await transaction.execute(TakeSellable(losses: losses.map { (key: $0.key, sellable: -$0.change) }))
        }
        if !gains.isEmpty {
            try await transaction.execute(AddSellable(additions: gains.map { (key: $0.key, sellable: $0.change) }))
        }
    }

    private static func repeated(
        _ row: InsertAdjustment, in transaction: Transaction
    ) async throws -> (movement: ID<LedgerEntry>, fingerprint: Fingerprint?, recordedAt: Timestamp) {
        let recorded = try await transaction.query(
            AdjustmentRecorded(reference: row.reference, reverses: row.reverses))
        guard let first = recorded.first, first.fingerprint == row.fingerprint else {
            throw StockError.notAdjusted(.otherUnderReference)
        }
        return first
    }
}

extension AdjustmentPlan {
    /// Ends the doubts about its goods; before the balances, as pickers lock them.
    fileprivate func endDoubts(in transaction: Transaction) async throws {
        for place in [from, to] where place.warehouse != nil {
            try await transaction.execute(EndDoubt(location: place.location, lot: goods.lot))
        }
    }
}

extension Stock.Correction {
    /// Whether somebody who makes it has counted what stands there.
    fileprivate var isLookedAt: Bool {
        guard case .adjustment(let adjustment) = self else { return false }
        return switch adjustment.kind {
        case .lost, .missing, .found: true
        case .damaged, .setAside, .restored: false
        }
    }

    /// The delivery that the goods came with, which is locked before anything else is.
    fileprivate var delivery: LockInboundOfGoods {
        switch self {
        case .adjustment(let adjustment): LockInboundOfGoods(lot: adjustment.lot)
        case .reversal(let movement): LockInboundOfGoods(movement: movement)
        }
    }

    /// The document, with an id for itself and one for its movement.
    fileprivate func row(
        ids: inout IDGenerator, note: AdjustmentNote, by principal: Principal, at now: Timestamp
    ) -> InsertAdjustment {
        switch self {
        case .adjustment(let adjustment):
            InsertAdjustment(
                id: ids.next(), reference: adjustment.reference, fingerprint: adjustment.fingerprint, reverses: nil,
                movement: ids.next(), note: note, principal: principal, at: now)
        case .reversal(let movement):
            InsertAdjustment(
                id: ids.next(), reference: nil, fingerprint: nil, reverses: movement, movement: ids.next(), note: note,
                principal: principal, at: now)
        }
    }

    fileprivate func auditEntry(
        id: ID<AuditEntry>, by principal: Principal, at now: Timestamp
    ) -> InsertAuditEntry {
        switch self {
        case .adjustment(let adjustment):
            InsertAuditEntry(
                id: id, principal: principal, action: "stock.adjust", subject: adjustment.reference.rawValue,
                detail: JSONB(
                    text: """
                        {"kind": "\(adjustment.kind.rawValue)", "lot": "\(adjustment.lot)", \
                        "quantity": \(adjustment.quantity)}
                        """), at: now)
        case .reversal(let movement):
            InsertAuditEntry(
                id: id, principal: principal, action: "stock.reverse", subject: movement.description,
                detail: JSONB(text: "{}"), at: now)
        }
    }
}
