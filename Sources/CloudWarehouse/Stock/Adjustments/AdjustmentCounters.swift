import Postgres

/// Locks the pools of these keys in key order, and reads them as they are under the lock.
struct LockPoolCounters: Statement {
    let keys: [PoolKey]

    static let sql = """
        SELECT pool.sku_id, pool.warehouse_id, pool.owner_id, pool.sellable, pool.held, pool.committed, pool.allotted
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS wanted (sku_id, warehouse_id, owner_id)
        JOIN pool ON pool.sku_id = wanted.sku_id AND pool.warehouse_id = wanted.warehouse_id
            AND pool.owner_id = wanted.owner_id
        ORDER BY pool.sku_id, pool.warehouse_id, pool.owner_id
        FOR NO KEY UPDATE OF pool
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(keys.map(\.sku))
        parameters.append(keys.map(\.warehouse))
        parameters.append(keys.map(\.owner))
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (key: PoolKey, counters: PoolCounters) {
        (
            PoolKey(sku: try row.next(), warehouse: try row.next(), owner: try row.next()),
            PoolCounters(
                sellable: try row.next(), held: try row.next(), committed: try row.next(), allotted: try row.next())
        )
    }
}

/// Locks what stands at one place of a lot in one quality, and reads it as it is under the lock.
struct LockBalance: Statement {
    let goods: AdjustmentPlan.Goods
    let place: AdjustmentPlan.Place

    /// What is there, and so much of it is bound to parcels.
    struct Standing: Hashable {
        var onHand: Int64 = 0
        var allocated: Int64 = 0

        var free: Int64 { onHand - allocated }
    }

    static let sql = """
        SELECT on_hand, allocated FROM balance WHERE sku_id = $1 AND location_id = $2 AND lot_id = $3 AND quality = $4
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(goods.sku)
        parameters.append(place.location)
        parameters.append(goods.lot)
        parameters.append(place.quality)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Standing {
        Standing(onHand: try row.next(), allocated: try row.next())
    }
}

/// Takes goods from a balance that the transaction has locked.
struct TakeFromBalance: Command {
    let goods: AdjustmentPlan.Goods
    let place: AdjustmentPlan.Place
    let quantity: Quantity

    static let sql = """
        UPDATE balance SET on_hand = balance.on_hand - $5
        WHERE sku_id = $1 AND location_id = $2 AND lot_id = $3 AND quality = $4
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(goods.sku)
        parameters.append(place.location)
        parameters.append(goods.lot)
        parameters.append(place.quality)
        parameters.append(quantity)
    }
}

/// Adds goods to a balance, which is made when it is not there.
struct AddToBalance: Command {
    let goods: AdjustmentPlan.Goods
    let place: AdjustmentPlan.Place
    let quantity: Quantity

    static let sql = """
        INSERT INTO balance (sku_id, location_id, lot_id, owner_id, quality, on_hand)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (sku_id, location_id, lot_id, quality) DO UPDATE SET on_hand = balance.on_hand + EXCLUDED.on_hand
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(goods.sku)
        parameters.append(place.location)
        parameters.append(goods.lot)
        parameters.append(goods.owner)
        parameters.append(place.quality)
        parameters.append(quantity)
    }
}

/// Lowers what is sellable of pools that the transaction has locked.
struct TakeSellable: Command {
    /// Each pool once, with how much less is sellable.
    let losses: [(key: PoolKey, sellable: Int64)]

    static let sql = """
        UPDATE pool SET sellable = pool.sellable - loss.sellable, version = pool.version + 1
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) AS loss (sku_id, warehouse_id, owner_id, sellable)
        WHERE pool.sku_id = loss.sku_id AND pool.warehouse_id = loss.warehouse_id AND pool.owner_id = loss.owner_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(losses.map(\.key.sku))
        parameters.append(losses.map(\.key.warehouse))
        parameters.append(losses.map(\.key.owner))
        parameters.append(losses.map(\.sellable))
    }
}
