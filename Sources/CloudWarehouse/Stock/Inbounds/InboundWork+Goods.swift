import Postgres

/// The steps that touch goods.
extension InboundWork {
    // MARK: Counting

    mutating func count(_ count: InboundCount, of standing: StandingInbound) async throws -> InboundProgress {
        guard try await transaction.query(CountsOfInbound(inbound: standing.id)).first ?? 0 < Self.maximumCounts else {
            throw refusal(.tooManyCounts(atMost: Self.maximumCounts))
        }
        let location = try await location(count.location, of: standing)
        let names = try await found([count.goods.sku], [count.goods.owner])
        let (sku, owner) = (names.sku(count.goods.sku), names.owner(count.goods.owner))
        var movement: Movement?
        if count.goods.quantity > .zero {
            let lot = Lot(
                id: ids.next(), sku: sku, owner: owner, harvestedOn: count.goods.harvestedOn,
                expiresOn: count.goods.expiresOn, grade: count.goods.grade)
            movement = Movement(
                id: ids.next(), from: Location.supplier, to: location.id, lot: lot, quantity: count.goods.quantity,
                quality: .held)
        }
        let event = try await record(
            standing.id, .count(count), from: standing.state, to: standing.state)
        let movements = [movement].compactMap { $0 }
        if !movements.isEmpty {
            _ = try await transaction.batch(
                InsertLots(lots: movements.map(\.lot), status: .pending, at: at),
                InsertReceiptMovements(movements: movements, inbound: standing.id, at: at),
                InsertBalances(movements: movements))
        }
        let findings = count.findings
        try await transaction.execute(
            InsertInboundReceipts(
                inbound: standing.id,
                rows: [
                    CountedGoods(
                        id: ids.next(), event: event, sku: sku, owner: owner, received: count.goods.quantity,
                        rejected: findings.rejected, reason: findings.reason, movement: movement,
                        weighedGrams: findings.weighedGrams, certificate: findings.certificate,
                        picture: findings.picture)
                ]))
        return InboundProgress(id: standing.id, state: standing.state, lot: movement?.lot.id)
    }

    // MARK: Releasing and putting away

    /// Makes what is held of the delivery's lots good, and them sellable. Pools are locked first and written last.
    mutating func release(_ standing: StandingInbound) async throws {
        let lots = try await transaction.query(LockLotsOfInbound(inbound: standing.id)).map(\.goods)
            .filter { $0.status == .pending }
        guard let warehouse = standing.warehouse else { preconditionFailure("a counted delivery has no warehouse") }
        let keys = Set(lots.map { PoolKey(sku: $0.sku, warehouse: warehouse, owner: $0.owner) }).sorted()
        _ = try await transaction.query(LockPoolCounters(keys: keys))
        let (standings, days) = try await transaction.batch(
            LockBalancesOfLots(lots: lots.map(\.lot)), BusinessDay(timeZone: timeZone))
        guard let today = days.first else { throw PostgresError.misuse("the database did not tell the day") }
        let goods = Dictionary(lots.map { ($0.lot, $0) }, uniquingKeysWith: { first, _ in first })
        var (sellable, moves): ([PoolKey: Int64], [PostedMove]) = ([:], [])
        for there in standings {
            guard let goods = goods[there.lot], there.quality != .damaged else { continue }
            if let last = goods.expiresOn, last < today { throw refusal(.expired(on: last, today: today)) }
            if there.quality == .held {
                let plan = AdjustmentPlan(
                    goods: goods, from: .init(location: there.location, warehouse: there.warehouse, quality: .held),
                    to: .init(location: there.location, warehouse: there.warehouse, quality: .good),
                    quantity: there.onHand, reason: .quality)
                moves.append(PostedMove(id: ids.next(), plan: plan))
            }
            sellable[PoolKey(sku: goods.sku, warehouse: there.warehouse, owner: goods.owner), default: 0] +=
                there.onHand.rawValue
        }
        changed = Set(lots.map(\.sku))
        // The lots are not sellable yet, so these rows change no pool.
        _ = try await transaction.post(moves, of: .inbound(standing.id), at: at)
        try await transaction.execute(ReleaseLots(lots: lots.map(\.lot)))
        try await transaction.execute(AddSellable(additions: sellable.map { (key: $0.key, sellable: $0.value) }))
    }

    mutating func move(_ putAway: PutAway, of standing: StandingInbound) async throws {
        let lots = try await transaction.query(LockLotsOfInbound(inbound: standing.id))
        guard let found = lots.first(where: { $0.goods.lot == putAway.lot }), let from = found.receivedAt else {
            throw refusal(.foreignLot(putAway.lot))
        }
        let target = try await location(putAway.location, of: standing)
        guard target.id != from else { throw refusal(.sameLocation) }
        guard target.terms.purpose == .storage else { throw refusal(.notForStorage(putAway.location)) }
        let quality = putAway.quality
        let here = AdjustmentPlan.Place(location: from, warehouse: target.warehouse, quality: quality)
        let onHand = try await transaction.query(LockBalance(goods: found.goods, place: here)).first?.free ?? 0
        let quantity = putAway.quantity ?? Quantity(rawValue: onHand) ?? .zero
        guard quantity > .zero, quantity.rawValue <= onHand else { throw refusal(.notThere(onHand: onHand)) }
        if !putAway.isOver { try await checkRoom(at: target, for: quantity, of: found.goods.unit) }
        try await move(
            found.goods, quantity, from: here,
            to: .init(location: target.id, warehouse: target.warehouse, quality: quality), .putAway, standing)
    }

    /// Refuses more than the location takes, as far as somebody has said what that is. Who puts goods away there waits for
    /// whoever does so at the same time: what both have room for, only one has.
    private func checkRoom(at target: Location, for quantity: Quantity, of unit: BaseUnit) async throws {
        guard let capacity = target.terms.capacity, capacity.unit == unit else { return }
        let (_, standing) = try await transaction.batch(
            LockRoom(location: target.id), GoodsStandingAt(location: target.id, unit: unit))
        let free = max(0, capacity.quantity.rawValue - (standing.first ?? 0))
        guard quantity.rawValue <= free else { throw refusal(.full(target.code, free: free)) }
    }

    /// Moves goods within the house: a row of the ledger and both balances.
    private mutating func move(
        _ goods: AdjustmentPlan.Goods, _ quantity: Quantity, from: AdjustmentPlan.Place, to: AdjustmentPlan.Place,
        _ reason: MovementReason, _ standing: StandingInbound
    ) async throws {
        let plan = AdjustmentPlan(goods: goods, from: from, to: to, quantity: quantity, reason: reason)
        _ = try await transaction.batch(
            InsertMovement(id: ids.next(), plan: plan, document: .inbound(standing.id), at: at),
            TakeFromBalance(goods: goods, place: from, quantity: quantity),
            AddToBalance(goods: goods, place: to, quantity: quantity))
    }

    // MARK: What they name

    /// A location of the warehouse that the delivery has come to, which is open until the transaction ends.
    private func location(_ code: LocationCode, of standing: StandingInbound) async throws -> Location {
        guard let id = standing.warehouse, let warehouse = try await transaction.query(WarehouseOfID(id: id)).first
        else { preconditionFailure("a delivery with events has no warehouse") }
        let found = try await transaction.query(LocationByCode(warehouse: warehouse.code, code: code)).first
        guard let location = found else { throw StockError.unknownLocation(warehouse.code, code) }
        guard !location.terms.isClosed else { throw StockError.closedLocation(warehouse.code, code) }
        return location
    }

    func found(_ codes: [SKUCode], _ ownerCodes: [OwnerCode]) async throws -> InboundNames {
        try await InboundNames.found(codes, ownerCodes, in: transaction)
    }
}

/// The SKUs and owners that a step names, all of which are there.
struct InboundNames {
    let skus: [SKU]
    let owners: [Owner]

    /// Finds them; what is no set when it is asked is none until this is committed.
    static func found(
        _ codes: [SKUCode], _ ownerCodes: [OwnerCode], in transaction: Transaction
    ) async throws -> InboundNames {
        if codes.isEmpty { return InboundNames(skus: [], owners: []) }
        let codes = Array(Set(codes))
        let (_, sets, skus, owners) = try await transaction.batch(
            KeepSKUs(codes: codes), SetsAmong(codes: codes), SKUsByCode(codes: codes),
            OwnersByCode(codes: Array(Set(ownerCodes))))
        var missing: [StockError] = []
        let unknownSKUs = Set(codes).subtracting(skus.map(\.code))
        if !unknownSKUs.isEmpty { missing.append(.unknownSKUs(unknownSKUs.sorted())) }
        let unknownOwners = Set(ownerCodes).subtracting(owners.map(\.code))
        if !unknownOwners.isEmpty { missing.append(.unknownOwners(unknownOwners.sorted())) }
        if !sets.isEmpty { missing.append(.sets(sets)) }
        if let first = missing.first { throw missing.count > 1 ? StockError.several(missing) : first }
        return InboundNames(skus: skus, owners: owners)
    }

    func sku(_ code: SKUCode) -> ID<SKU> {
        guard let found = skus.first(where: { $0.code == code }) else { preconditionFailure("a SKU is missing") }
        return found.id
    }

    func owner(_ code: OwnerCode) -> ID<Owner> {
        guard let found = owners.first(where: { $0.code == code }) else { preconditionFailure("an owner is missing") }
        return found.id
    }
}
