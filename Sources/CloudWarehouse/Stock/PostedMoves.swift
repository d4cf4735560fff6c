import Postgres

/// A row of the ledger that is to be written, with its balances.
struct PostedMove: Hashable {
    let id: ID<LedgerEntry>
    let plan: AdjustmentPlan
}

extension Transaction {
    /// Writes rows of one document with their balances and, last, their pools: as sets, so that pools that are locked are not
    /// locked for longer than a few statements take.
    ///
    /// Pools and balances are locked, and it is known that they have what is taken.
    /// - Returns: The SKUs of which a pool has changed.
    func post(
        _ moves: [PostedMove], of document: MovementDocument, at: Timestamp
    ) async throws(PostgresError) -> Set<ID<SKU>> {
        if moves.isEmpty { return [] }
        try await execute(InsertMovements(moves: moves, document: document, at: at))
        let taken = moves.filter { $0.plan.from.warehouse != nil }
        if !taken.isEmpty { try await execute(TakeFromBalances(changes: .of(taken, at: \.from))) }
        let added = moves.filter { $0.plan.to.warehouse != nil }
        if !added.isEmpty { try await execute(AddToBalances(changes: .of(added, at: \.to))) }
        var sellable: [PoolKey: Int64] = [:]
        for move in moves {
            for (key, change) in move.plan.sellable { sellable[key, default: 0] += change }
        }
        let (losses, gains) = (sellable.filter { $0.value < 0 }, sellable.filter { $0.value > 0 })
        if !losses.isEmpty {
            try await execute(TakeSellable(losses: losses.map { (key: $0.key, sellable: -$0.value) }))
        }
        if !gains.isEmpty {
            try await execute(AddSellable(additions: gains.map { (key: $0.key, sellable: $0.value) }))
        }
        return Set(sellable.filter { $0.value != 0 }.keys.map(\.sku))
    }
}

/// How much more or less stands of goods at some places, each once.
struct PostedBalances {
    var keys: [BalanceKey] = []
    var owners: [ID<Owner>] = []
    var quantities: [Int64] = []

    static func of(_ moves: [PostedMove], at end: (AdjustmentPlan) -> AdjustmentPlan.Place) -> PostedBalances {
        var indices: [BalanceKey: Int] = [:]
        return moves.reduce(into: PostedBalances()) { changes, move in
            let (place, goods) = (end(move.plan), move.plan.goods)
            let key = BalanceKey(sku: goods.sku, location: place.location, lot: goods.lot, quality: place.quality)
            if let index = indices[key] {
                changes.quantities[index] += move.plan.quantity.rawValue
            } else {
                indices[key] = changes.keys.count
                changes.keys.append(key)
                changes.owners.append(goods.owner)
                changes.quantities.append(move.plan.quantity.rawValue)
            }
        }
    }
}

/// Writes rows of the ledger of one document.
struct InsertMovements: Command {
    let moves: [PostedMove]
    let document: MovementDocument
    let at: Timestamp

    static let sql = """
        INSERT INTO movement (id, from_location_id, to_location_id, sku_id, lot_id, owner_id, quantity,
            from_quality, to_quality, reason, document_kind, document_id, recorded_at)
        SELECT id, from_location_id, to_location_id, sku_id, lot_id, owner_id, quantity, from_quality, to_quality, reason,
            $11, $12, $13
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[], $9::text[],
            $10::text[])
            AS new (id, from_location_id, to_location_id, sku_id, lot_id, owner_id, quantity, from_quality, to_quality, reason)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(moves.map(\.id))
        parameters.append(moves.map(\.plan.from.location))
        parameters.append(moves.map(\.plan.to.location))
        parameters.append(moves.map(\.plan.goods.sku))
        parameters.append(moves.map(\.plan.goods.lot))
        parameters.append(moves.map(\.plan.goods.owner))
        parameters.append(moves.map(\.plan.quantity))
        parameters.append(moves.map(\.plan.from.quality))
        parameters.append(moves.map(\.plan.to.quality))
        parameters.append(moves.map(\.plan.reason))
        document.bind(to: &parameters)
        parameters.append(at)
    }
}

/// Locks balances in key order, and reads them as they are under the lock; those that are not there give no row.
struct ReadBalances: Statement {
    let keys: [BalanceKey]

    static let sql = """
        SELECT balance.sku_id, balance.location_id, balance.lot_id, balance.quality, balance.on_hand, balance.allocated
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS wanted (sku_id, location_id, lot_id, quality)
        JOIN balance USING (sku_id, location_id, lot_id, quality)
        ORDER BY balance.sku_id, balance.location_id, balance.lot_id, balance.quality
        FOR NO KEY UPDATE OF balance
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(keys.map(\.sku))
        parameters.append(keys.map(\.location))
        parameters.append(keys.map(\.lot))
        parameters.append(keys.map(\.quality))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (
        key: BalanceKey, standing: LockBalance.Standing
    ) {
        (
            BalanceKey(sku: try row.next(), location: try row.next(), lot: try row.next(), quality: try row.next()),
            LockBalance.Standing(onHand: try row.next(), allocated: try row.next())
        )
    }
}

/// Takes goods from balances that the transaction has locked.
struct TakeFromBalances: Command {
    let changes: PostedBalances

    static let sql = """
        UPDATE balance SET on_hand = balance.on_hand - taken.quantity
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[])
            AS taken (sku_id, location_id, lot_id, quality, quantity)
        WHERE balance.sku_id = taken.sku_id AND balance.location_id = taken.location_id AND balance.lot_id = taken.lot_id
            AND balance.quality = taken.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(changes.keys.map(\.sku))
        parameters.append(changes.keys.map(\.location))
        parameters.append(changes.keys.map(\.lot))
        parameters.append(changes.keys.map(\.quality))
        parameters.append(changes.quantities)
    }
}

/// Adds goods to balances, which are made where they are not there.
struct AddToBalances: Command {
    let changes: PostedBalances

    static let sql = """
        INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
        SELECT sku_id, location_id, lot_id, owner_id, quality, quantity
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[])
            AS new (sku_id, location_id, lot_id, owner_id, quality, quantity)
        ORDER BY sku_id, location_id, lot_id, quality
        ON CONFLICT (sku_id, location_id, lot_id, quality) DO UPDATE SET on_hand = balance.on_hand + EXCLUDED.on_hand
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(changes.keys.map(\.sku))
        parameters.append(changes.keys.map(\.location))
        parameters.append(changes.keys.map(\.lot))
        parameters.append(changes.owners)
        parameters.append(changes.keys.map(\.quality))
        parameters.append(changes.quantities)
    }
}
