import Postgres

/// The steps that touch goods. Lots and locations are locked before pools, pools before balances, and pools are written last.
extension TransferWork {
    // MARK: Leaving

    mutating func pick(_ pick: TransferPick, for standing: StandingTransfer) async throws -> TransferProgress {
        guard try await transaction.query(PicksOfTransfer(transfer: standing.id)).first ?? 0 < Self.maximumPicks else {
            throw refusal(.tooManyPicks(atMost: Self.maximumPicks))
        }
        guard let goods = try await transaction.query(GoodsOfLot(lot: pick.lot)).first else {
            throw refusal(.foreignLot(pick.lot))
        }
        // What is not released yet would be elsewhere when it is, and stay set aside.
        if goods.status == .pending { throw refusal(.notReleased(pick.lot)) }
        let location = try await location(pick.location, in: standing.from)
        try await check(pick, of: goods, standing: location.storageClass, for: standing)
        let plan = AdjustmentPlan(
            goods: goods, from: .init(location: location.id, warehouse: standing.from, quality: pick.quality),
            to: .outside(Location.transferDock, pick.quality), quantity: pick.quantity, reason: .transfer)
        try await lockPools(of: [plan])
        let there = try await transaction.query(LockBalance(goods: goods, place: plan.from)).first ?? .init()
        guard there.onHand >= pick.quantity.rawValue else {
            throw refusal(.notThere(onHand: there.onHand, unit: goods.unit))
        }
        // The rest of what stands here is bound to parcels.
        guard there.free >= pick.quantity.rawValue else {
            throw refusal(.promised(available: there.free, unit: goods.unit))
        }
        let event = try await record(standing.id, .pick(pick), from: standing.state, to: .picking)
        try await update(standing, .pick(pick), as: .picking)
        _ = try await transaction.batch(
            AddToTransferLot(
                transfer: standing.id, goods: goods, quality: pick.quality, storageClass: location.storageClass,
                quantity: pick.quantity),
            InsertTransferPick(
                event: event, transfer: standing.id, lot: pick.lot, quality: pick.quality, location: location.id,
                quantity: pick.quantity),
            AddToTransferLine(transfer: standing.id, sku: goods.sku, owner: goods.owner, quantity: pick.quantity))
        try await move([plan], of: standing)
        return TransferProgress(id: standing.id, state: .picking)
    }

    /// Refuses goods that nobody asked for, more of them than was asked for, and what stands warmer or colder than the rest.
    private func check(
        _ pick: TransferPick, of goods: AdjustmentPlan.Goods, standing storage: StorageClass,
        for standing: StandingTransfer
    ) async throws {
        let line = try await transaction.query(
            LineOfTransfer(transfer: standing.id, sku: goods.sku, owner: goods.owner))
        guard let line = line.first else { throw refusal(.foreignLot(pick.lot)) }
        let left = line.requested.rawValue - line.picked.rawValue
        guard pick.quantity.rawValue <= left else { throw refusal(.beyondRequest(left: left, unit: goods.unit)) }
        let lots = try await transaction.query(LotsOfTransfer(transfer: standing.id, lot: pick.lot))
        if let other = lots.first(where: { $0.storageClass != storage }) {
            throw refusal(.otherStorageClass(other.storageClass))
        }
    }

    mutating func depart(_ standing: StandingTransfer) async throws {
        let plans = try await transaction.query(LotsOfTransfer(transfer: standing.id)).filter { $0.waiting > .zero }
            .map { moving in
                AdjustmentPlan(
                    goods: moving.goods, from: .outside(Location.transferDock, moving.quality),
                    to: .outside(Location.inTransit, moving.quality), quantity: moving.waiting, reason: .transfer)
            }
        try await move(plans, of: standing)
        try await transaction.execute(DepartTransferLots(transfer: standing.id))
    }

    mutating func putBack(_ standing: StandingTransfer) async throws {
        let lots = try await transaction.query(LotsOfTransfer(transfer: standing.id))
        let goods = Dictionary(lots.map { ($0.goods.lot, $0.goods) }, uniquingKeysWith: { first, _ in first })
        guard let today = try await transaction.query(BusinessDay(timeZone: timeZone)).first else {
            throw PostgresError.misuse("the database did not tell the day")
        }
        var plans: [AdjustmentPlan] = []
        for place in try await transaction.query(PickedPlaces(transfer: standing.id)) {
            if place.isClosed { throw StockError.closedLocation(place.warehouse, place.code) }
            if place.purpose == .packing { throw refusal(.isForPacking(place.code)) }
            guard let goods = goods[place.lot] else { preconditionFailure("a pick is of no lot of its transfer") }
            plans.append(
                AdjustmentPlan(
                    goods: goods, from: .outside(Location.transferDock, place.quality),
                    to: .init(
                        location: place.location, warehouse: standing.from,
                        quality: place.quality.kept(goods.expiresOn, on: today)),
                    quantity: place.quantity, reason: .transfer))
        }
        try await lockPools(of: plans)
        try await transaction.execute(PutBackTransferLots(transfer: standing.id))
        try await move(plans, of: standing)
    }

    // MARK: Arriving

    mutating func arrive(_ arrival: TransferArrival, of standing: StandingTransfer) async throws -> TransferProgress {
        let lots = try await transaction.query(LotsOfTransfer(transfer: standing.id, lot: arrival.lot))
        guard let moving = lots.first(where: { $0.quality == arrival.quality }) else {
            throw refusal(.foreignLot(arrival.lot))
        }
        guard arrival.count.total <= moving.inTransit.rawValue else {
            throw refusal(.beyondTransit(left: moving.inTransit.rawValue, unit: moving.goods.unit))
        }
        let end = standing.state == .returning ? standing.from : standing.to
        var location: Location?
        if let code = arrival.location { location = try await self.location(code, in: end) }
        if let location, location.terms.purpose != .storage { throw refusal(.notForStorage(location.code)) }
        if let location, arrival.count.received > .zero, !moving.storageClass.suits(location.storageClass) {
            throw refusal(.unsuitable(location.code, needs: moving.storageClass))
        }
        guard let today = try await transaction.query(BusinessDay(timeZone: timeZone)).first else {
            throw PostgresError.misuse("the database did not tell the day")
        }
        let plans = arrival.plans(of: moving.goods, at: location, today: today)
        try await lockPools(of: plans)
        for plan in plans where plan.to.warehouse != nil {
            let onHand = try await transaction.query(LockBalance(goods: plan.goods, place: plan.to)).first?.onHand ?? 0
            guard onHand <= Quantity.maximum.rawValue - plan.quantity.rawValue else {
                throw refusal(.tooMuch(onHand: onHand, unit: plan.goods.unit))
            }
        }
        try await transaction.execute(ArriveTransferLot(transfer: standing.id, arrival: arrival))
        let isUnderWay = try await transaction.query(IsInTransit(transfer: standing.id)).first ?? true
        let state = isUnderWay ? standing.state : .closed
        let event = try await record(standing.id, .arrive(arrival), from: standing.state, to: state)
        try await transaction.execute(
            InsertTransferArrival(
                event: event, transfer: standing.id, arrival: arrival, location: location?.id))
        if state != standing.state { try await update(standing, .arrive(arrival), as: state) }
        try await move(plans, of: standing)
        return TransferProgress(id: standing.id, state: state)
    }

    // MARK: What both ends need

    /// A location of a warehouse, which is open until the transaction ends.
    private func location(_ code: LocationCode, in warehouse: ID<Warehouse>) async throws -> Location {
        guard let end = try await transaction.query(WarehouseOfID(id: warehouse)).first else {
            preconditionFailure("a transfer's warehouse is gone")
        }
        guard let location = try await transaction.query(LocationByCode(warehouse: end.code, code: code)).first else {
            throw StockError.unknownLocation(end.code, code)
        }
        guard !location.terms.isClosed else { throw StockError.closedLocation(end.code, code) }
        return location
    }

    /// Locks the pools in key order, and refuses what would take promised goods out of one.
    private func lockPools(of plans: [AdjustmentPlan]) async throws {
        let keys = Set(plans.flatMap(\.pools)).sorted()
        if keys.isEmpty { return }
        let locked = try await transaction.query(LockPoolCounters(keys: keys))
        let counters = Dictionary(locked.map { ($0.key, $0.counters) }, uniquingKeysWith: { first, _ in first })
        for plan in plans {
            for (key, change) in plan.sellable where change < 0 {
                let available = counters[key]?.available ?? 0
                guard available + change >= 0 else {
                    throw refusal(.promised(available: available, unit: plan.goods.unit))
                }
            }
        }
    }

    /// Writes rows of the ledger with their balances and, last, their pools.
    private mutating func move(_ plans: [AdjustmentPlan], of standing: StandingTransfer) async throws {
        let moves = plans.map { PostedMove(id: ids.next(), plan: $0) }
        changed.formUnion(try await transaction.post(moves, of: .transfer(standing.id), at: at))
    }
}

extension TransferArrival {
    /// The rows of the ledger that it is. Lots, owners and qualities stay; what has expired on the way arrives set aside.
    func plans(of goods: AdjustmentPlan.Goods, at location: Location?, today: CalendarDate) -> [AdjustmentPlan] {
        let road = AdjustmentPlan.Place.outside(Location.inTransit, quality)
        // Also what is lost moves by the transfer: it is not taken back by itself, which would leave the document behind.
        func plan(_ quantity: Quantity, to place: AdjustmentPlan.Place?) -> AdjustmentPlan? {
            guard quantity > .zero, let place else { return nil }
            return AdjustmentPlan(goods: goods, from: road, to: place, quantity: quantity, reason: .transfer)
        }
        func here(_ quality: Quality) -> AdjustmentPlan.Place? {
            location.map { .init(location: $0.id, warehouse: $0.warehouse, quality: quality) }
        }
        return [
            plan(count.received, to: here(quality.kept(goods.expiresOn, on: today))),
            plan(count.damaged, to: here(.damaged)),
            plan(count.lost, to: .outside(Location.loss, quality)),
        ].compactMap { $0 }
    }
}

extension Quality {
    /// As what goods of this quality come back from the road: what has expired on the way is set aside.
    fileprivate func kept(_ expiresOn: CalendarDate?, on today: CalendarDate) -> Quality {
        guard self == .good, let expiresOn, expiresOn < today else { return self }
        return .held
    }
}
