import Postgres

/// Adds to balances that the transaction has locked.
struct RepairBalances: Command {
    let balances: [WrongBalance]

    static let sql = """
        UPDATE balance SET on_hand = balance.on_hand + change.delta
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[])
            AS change (sku_id, location_id, lot_id, quality, delta)
        WHERE balance.sku_id = change.sku_id AND balance.location_id = change.location_id
            AND balance.lot_id = change.lot_id AND balance.quality = change.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(balances.map(\.key.sku))
        parameters.append(balances.map(\.key.location))
        parameters.append(balances.map(\.key.lot))
        parameters.append(balances.map(\.key.quality))
        parameters.append(balances.map(\.entry.delta))
    }
}

/// Adds to pools that the transaction has locked: each in all its columns at once, so that no CHECK sees half of it.
struct RepairPools: Command {
    let pools: [WrongPool]

    static let sql = """
        UPDATE pool SET sellable = pool.sellable + change.sellable, held = pool.held + change.held,
            committed = pool.committed + change.committed, version = pool.version + 1
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
            AS change (sku_id, warehouse_id, owner_id, sellable, held, committed)
        WHERE pool.sku_id = change.sku_id AND pool.warehouse_id = change.warehouse_id
            AND pool.owner_id = change.owner_id
        """

    func bind(to parameters: inout Parameters) {
        let changes = pools.map { $0.expected + ($0.stored ?? PoolCounters()) * -1 }
        parameters.append(pools.map(\.key.sku))
        parameters.append(pools.map(\.key.warehouse))
        parameters.append(pools.map(\.key.owner))
        parameters.append(changes.map(\.sellable))
        parameters.append(changes.map(\.held))
        parameters.append(changes.map(\.committed))
    }
}

/// Adds to buyers' counts under the locks of the SKUs' pools; makes those that are missing.
///
/// Orders that were placed are facts: a count passes the limit when they do.
struct RepairBuyerCounts: Command {
    let counts: [WrongBuyerCount]

    static let sql = """
        INSERT INTO buyer_count (source, buyer, sku_id, since, taken, most)
        SELECT source, buyer, sku_id, since, taken, GREATEST(most, taken)
        FROM unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[], $5::bigint[], $6::bigint[])
            AS new (source, buyer, sku_id, since, taken, most)
        ORDER BY source, buyer, sku_id
        ON CONFLICT (source, buyer, sku_id, since)
        DO UPDATE SET taken = EXCLUDED.taken, most = GREATEST(buyer_count.most, EXCLUDED.taken)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(counts.map(\.key.source))
        parameters.append(counts.map(\.key.buyer))
        parameters.append(counts.map(\.key.sku))
        parameters.append(counts.map(\.limit.since))
        parameters.append(counts.map(\.expected))
        parameters.append(counts.map(\.limit.quantity))
    }
}

/// Records who repaired something, and why.
struct InsertRepair: Command {
    let id: ID<Repair>
    let principal: Principal
    let note: AdjustmentNote?
    let at: Timestamp

    static let sql = """
        INSERT INTO repair (id, actor, origin, note, recorded_at) VALUES ($1, $2, $3, $4, $5)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(principal.name)
        parameters.append(principal.origin)
        parameters.append(note)
        parameters.append(at)
    }
}

/// Records what a repair posted: an entry for each counter, and for each entry a row of the audit log, which is sealed.
struct InsertRepairEntries: Command {
    let repair: InsertRepair
    /// Numbered from 1 in their order.
    let entries: [(audit: ID<AuditEntry>, entry: RepairEntry)]

    static let sql = """
        WITH key AS (
            SELECT position, jsonb_object_agg(name, value) AS row_key
            FROM unnest($8::integer[], $9::text[], $10::text[]) AS part (position, name, value)
            GROUP BY position
        ), entry AS (
            INSERT INTO repair_entry (repair_id, position, table_name, row_key, column_name, stored, expected, delta)
            SELECT $1, listed.position, listed.table_name, key.row_key, listed.column_name, listed.stored, listed.expected,
                listed.expected - COALESCE(listed.stored, 0)
            FROM unnest($2::integer[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
                AS listed (position, table_name, column_name, stored, expected)
            JOIN key ON key.position = listed.position
            RETURNING position, table_name, row_key, column_name, stored, expected
        )
        INSERT INTO audit (id, actor, origin, action, subject, detail, recorded_at)
        SELECT numbered.id, $11, $12, 'stock.repair', $1::uuid::text,
            jsonb_build_object('entry', entry.position, 'table', entry.table_name, 'row', entry.row_key,
                'column', entry.column_name, 'stored', entry.stored, 'expected', entry.expected), $13
        FROM entry
        JOIN unnest($2, $3::uuid[]) AS numbered (position, id) ON numbered.position = entry.position
        """

    func bind(to parameters: inout Parameters) {
        let numbers = entries.indices.map { Int32($0 + 1) }
        let keys = zip(numbers, entries).flatMap { number, row in row.entry.key.map { (number, $0) } }
        parameters.append(repair.id)
        parameters.append(numbers)
        parameters.append(entries.map(\.audit))
        parameters.append(entries.map(\.entry.table))
        parameters.append(entries.map(\.entry.column))
        parameters.append(entries.map(\.entry.stored))
        parameters.append(entries.map(\.entry.expected))
        parameters.append(keys.map(\.0))
        parameters.append(keys.map(\.1.name))
        parameters.append(keys.map(\.1.value))
        parameters.append(repair.principal.name)
        parameters.append(repair.principal.origin)
        parameters.append(repair.at)
    }
}
