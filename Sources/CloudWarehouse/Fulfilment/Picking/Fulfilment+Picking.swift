import Postgres

extension Fulfilment {
    /// What is to be picked for a wave, in the order in which pickers walk.
    public func picks(
        of code: WaveCode, round: Int16? = nil, limit: Int32 = FulfilmentLimits.maximumPage
    ) async throws(FulfilmentError) -> [PickTask] {
        guard let wave = try await wave(code) else { throw .waveStays(.unknown) }
        let limit = min(max(limit, 1), FulfilmentLimits.maximumPage)
        return try await pool.rows(
            of: PicksOfWave(wave: wave.id, round: round, limit: limit), throwing: FulfilmentError.self)
    }

    /// Picks goods of a lot for a wave: they go to the packing location. What was not found is picked elsewhere where there is
    /// any; else its lines go without it, and nothing is bound there before somebody has looked.
    public func pick(
        _ pick: WavePick, for code: WaveCode, by principal: Principal
    ) async throws(FulfilmentError) -> PickResult {
        let timeZone = timeZone
        return try await settled { looksUp throws(FulfilmentError) in
            try await pool.transaction(throwing: FulfilmentError.self) { transaction in
                let now = try await transaction.now()
                let wave = try await Self.locked(code, in: transaction)
                let earlier = try await transaction.query(
                    WavePickByReference(wave: wave.id, reference: pick.reference))
                if var earlier = earlier.first {
                    guard earlier.fingerprint == pick.fingerprint else {
                        throw FulfilmentError.notPicked(.otherUnderReference)
                    }
                    earlier.result.isRepeated = !looksUp
                    return earlier.result
                }
                if let refusal = wave.state.refusalOfPick { throw FulfilmentError.waveStays(refusal) }
                var work = try await PickWork(pick, of: wave, by: principal, at: now, timeZone, in: transaction)
                return try await work.run()
            }
        }
    }

    /// Ends the doubt about goods that a picker had not found: somebody has looked, and they may be bound again.
    public func trust(
        _ lot: ID<Lot>, at location: LocationCode, in warehouse: WarehouseCode, by principal: Principal
    ) async throws(FulfilmentError) {
        try await pool.transaction(throwing: FulfilmentError.self) { transaction in
            let now = try await transaction.now()
            let found = try await transaction.query(LocationByCode(warehouse: warehouse, code: location))
            guard let place = found.first else { throw FulfilmentError.unknownLocation(warehouse, location) }
            guard try await transaction.execute(EndDoubt(location: place.id, lot: lot)) > 0 else { return }
            try await transaction.record(
                "pick.trust", of: location.rawValue, by: principal, at: now, detail: #"{"lot": "\#(lot)"}"#)
        }
    }
}

extension WaveState {
    /// Why nothing is picked for a wave in this state; nil when it is.
    fileprivate var refusalOfPick: WaveRefusal? {
        switch self {
        case .released: nil
        case .absent: .unknown
        case .planned, .releasing: .notReleased(self)
        case .closed: .closed
        case .cancelled: .cancelled
        }
    }
}

/// One pick, within its transaction.
private struct PickWork {
    let pick: WavePick
    let wave: StandingWave
    let principal: Principal
    let transaction: Transaction
    let location: Location
    let held: HeldParcels
    /// What is to be picked there, those of the first parcels first; parcels that their orders have stopped come last.
    let items: [StandingItem]
    private var ids: IDGenerator
    private var at: Timestamp { held.at }

    init(
        _ pick: WavePick, of wave: StandingWave, by principal: Principal, at now: Timestamp, _ timeZone: String,
        in transaction: Transaction
    ) async throws {
        (self.pick, self.wave, self.principal, self.transaction) = (pick, wave, principal, transaction)
        ids = IDGenerator(at: now)
        guard let warehouse = try await transaction.query(WarehouseOfID(id: wave.warehouse)).first else {
            preconditionFailure("a wave is in no warehouse")
        }
        let found = try await transaction.query(LocationByCode(warehouse: warehouse.code, code: pick.location))
        guard let location = found.first else {
            throw FulfilmentError.unknownLocation(warehouse.code, pick.location)
        }
        self.location = location
        let parcels = try await transaction.query(
            ParcelsToPick(wave: wave.id, location: location.id, lot: pick.lot, round: pick.round))
        let held = try await HeldParcels(parcels, at: now, timeZone: timeZone, in: transaction)
        self.held = held
        let turns = held.held.values.map { (found: $0, isLast: $0.stopOfOrders != nil) }.sorted { left, right in
            left.isLast == right.isLast
                ? left.found.parcel.label.number < right.found.parcel.label.number : right.isLast
        }
        items = turns.map(\.found).flatMap { found in
            found.items.filter { item in
                item.state == .bound && item.location == location.id && item.goods.lot == pick.lot
            }.sorted { $0.id < $1.id }
        }
    }

    mutating func run() async throws -> PickResult {
        guard let goods = items.first?.goods else { throw FulfilmentError.notPicked(.nothingToPick) }
        let asked = items.reduce(0) { $0 + $1.quantity }
        let found = pick.found?.rawValue ?? asked
        guard found <= asked else { throw FulfilmentError.notPicked(.moreThanAsked(asked)) }
        guard found == 0 || items[0].isSellable(on: held.today) else {
            throw FulfilmentError.notPicked(.lotNotSellable(goods.lot))
        }
        var shelves: [Shelf] = []
        if found < asked {
            try await transaction.execute(
                DoubtShelf(location: location.id, lot: goods.lot, missing: asked - found, at: at))
            shelves = try await transaction.query(
                ShelvesOfSKUs(skus: [goods.sku], warehouse: wave.warehouse, shipOn: max(wave.shipOn, held.today)))
        }
        let plan = PickPlan(items, found: found, shelves: shelves) { parcel in
            guard let parcel = held[parcel], parcel.stopOfOrders == nil else { return nil }
            return parcel.parcel.storageClass
        }
        let result = PickResult(asked: asked, found: found, rebound: plan.reboundQuantity)
        try await write(plan, result)
        return result
    }

    private mutating func write(_ plan: PickPlan, _ result: PickResult) async throws {
        let moves = moves(of: plan)
        try await moves.lock(in: transaction)
        var pipeline = Pipeline()
        moves.write(to: &pipeline, ids: &ids, at: at)
        pipeline.add(SetItemStates(items: plan.picked.map(\.item.id), state: .picked))
        if result.found < result.asked { addShortage(plan, to: &pipeline) }
        addParcelStates(plan, to: &pipeline)
        pipeline.add(
            InsertWavePick(
                wave: wave.id, pick: pick, location: location.id, result: result, principal: principal, at: at))
        pipeline.add(
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "wave.pick", subject: wave.code.rawValue,
                detail: JSONB(
                    text: """
                        {"lot": "\(pick.lot)", "asked": \(result.asked), "found": \(result.found), \
                        "rebound": \(result.rebound)}
                        """), at: at))
        _ = try await transaction.run(pipeline)
        let orders = Set(held.held.values.flatMap { $0.orders.map(\.order) })
        try await transaction.advance(Array(orders), ids: &ids, at: at)
    }

    private func moves(of plan: PickPlan) -> GoodsMoves {
        var moves = GoodsMoves(.pick)
        for (item, quantity) in plan.picked {
            moves.move(
                quantity, of: item.goods, from: .good(location.id, in: wave.warehouse),
                to: .good(wave.packing, in: wave.warehouse), for: .wave(wave.id), wasBound: true, staysBound: true)
        }
        for (item, binding) in plan.rebound {
            let key = BalanceKey(good: binding.lot, of: item.goods.sku, at: binding.location)
            moves.balances.add(key, of: item.goods.owner, allocated: binding.quantity)
        }
        let missing = items.reduce(0) { $0 + $1.quantity } - plan.picked.reduce(0) { $0 + $1.quantity }
        if missing > 0, let goods = items.first?.goods {
            let key = BalanceKey(good: goods.lot, of: goods.sku, at: location.id)
            moves.balances.add(key, of: goods.owner, allocated: -missing)
        }
        return moves
    }

    private mutating func addShortage(_ plan: PickPlan, to pipeline: inout Pipeline) {
        let lowered = plan.picked.filter { $0.quantity < $0.item.quantity }.map {
            (id: $0.item.id, quantity: $0.quantity)
        }
        if !lowered.isEmpty { pipeline.add(LowerItems(items: lowered)) }
        if !plan.givenUp.isEmpty { pipeline.add(SetItemStates(items: plan.givenUp.map(\.id), state: .givenUp)) }
        if !plan.rebound.isEmpty {
            var rows = InsertParcelItems(wave: wave.id)
            for (item, binding) in plan.rebound {
                let draft = ItemDraft(
                    order: item.order, position: item.position, sku: item.goods.sku, owner: item.goods.owner,
                    lot: binding.lot, location: binding.location, quantity: binding.quantity)
                rows.rows.append((ids.next(), item.parcel, draft))
            }
            pipeline.add(rows)
        }
        if !plan.dropped.isEmpty {
            var changes: [LineKey: ChangeLinesBound.Change] = [:]
            for (item, quantity) in plan.dropped {
                let key = LineKey(order: item.order, position: item.position)
                changes[key, default: .init(order: item.order, position: item.position)].bound -= quantity
            }
            pipeline.add(ChangeLinesBound(changes: Array(changes.values)))
            pipeline.add(MarkShort(parcels: Array(Set(plan.dropped.map(\.item.parcel)))))
        }
    }

    /// A parcel that nothing is to be picked for any more is picked; one that nothing lies in is taken apart by that. One that was
    /// packed, handed over or taken apart before its lock was had stays as it is.
    private func addParcelStates(_ plan: PickPlan, to pipeline: inout Pipeline) {
        let waiting = Set(plan.rebound.map(\.item.parcel))
        let touched = Set(items.map(\.id))
        let filled = Set(plan.picked.map(\.item.parcel))
        var (picked, empty): ([ID<Parcel>], [ID<Parcel>]) = ([], [])
        for (id, found) in held.held where found.parcel.state == .bound && !waiting.contains(id) {
            let others = found.items.filter { !touched.contains($0.id) }
            guard !others.contains(where: { $0.state == .bound }) else { continue }
            if filled.contains(id) || !others.isEmpty { picked.append(id) } else { empty.append(id) }
        }
        if !picked.isEmpty { pipeline.add(SetParcelStates(parcels: picked, state: .picked)) }
        if !empty.isEmpty { pipeline.add(SetParcelStates(parcels: empty, state: .dissolved)) }
    }
}
