import Postgres

/// A count that the transaction has locked.
struct StandingStockCount: Hashable {
    let id: ID<StockCount>
    let fingerprint: Fingerprint
    let state: StockCountState
    let warehouse: ID<Warehouse>
    let warehouseCode: WarehouseCode
    let location: ID<Location>?
    let sku: ID<SKU>?
    let tolerance: BasisPoints
}

/// Locks a count, so that one thing happens to it after the other.
struct LockStockCount: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT count.id, count.fingerprint, count.state, count.warehouse_id, warehouse.code, count.location_id, count.sku_id,
            count.tolerance
        FROM stock_count AS count
        JOIN warehouse ON warehouse.id = count.warehouse_id
        WHERE count.reference = $1
        FOR NO KEY UPDATE OF count
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingStockCount {
        StandingStockCount(
            id: try row.next(), fingerprint: try row.next(), state: try row.next(), warehouse: try row.next(),
            warehouseCode: try row.next(), location: try row.next(), sku: try row.next(), tolerance: try row.next())
    }
}

/// Writes a count; no row is written when its reference is taken. A transaction that is writing the same one is waited for.
struct InsertStockCount: Command {
    let id: ID<StockCount>
    let reference: ReceiptReference
    let plan: StockCountPlan
    let state: StockCountState
    let warehouse: ID<Warehouse>
    let location: ID<Location>?
    let sku: ID<SKU>?

    static let sql = """
        INSERT INTO stock_count (id, reference, fingerprint, state, warehouse_id, location_id, sku_id, is_blind, tolerance)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(reference)
        parameters.append(plan.fingerprint)
        parameters.append(state)
        parameters.append(warehouse)
        parameters.append(location)
        parameters.append(sku)
        parameters.append(plan.isBlind)
        parameters.append(plan.tolerance)
    }
}

/// Gives a count its state, and the time at which it was posted.
struct UpdateStockCount: Command {
    let id: ID<StockCount>
    let state: StockCountState
    let postedAt: Timestamp?

    static let sql = """
        UPDATE stock_count SET state = $2, posted_at = $3 WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(state)
        parameters.append(postedAt)
    }
}

/// Something that was done with a count.
struct StockCountStep: Hashable {
    let id: ID<StockCountStep>
    let event: StockCountEvent
    let from: StockCountState
    let to: StockCountState
    var reference: ReceiptReference?
    var fingerprint: Fingerprint?
}

/// Writes down what was done with a count.
struct InsertStockCountEvent: Command {
    let count: ID<StockCount>
    let step: StockCountStep
    let principal: Principal
    let at: Timestamp

    static let sql = """
        INSERT INTO stock_count_event (id, count_id, event, from_state, to_state, reference, fingerprint, actor, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(step.id)
        parameters.append(count)
        parameters.append(step.event)
        parameters.append(step.from)
        parameters.append(step.to)
        parameters.append(step.reference)
        parameters.append(step.fingerprint)
        parameters.append(principal.name)
        parameters.append(at)
    }
}

/// Reads what an entry's reference was first used for.
struct StockCountEventByReference: Statement {
    let count: ID<StockCount>
    let event: StockCountEvent
    let reference: ReceiptReference

    static let sql = """
        SELECT fingerprint FROM stock_count_event WHERE count_id = $1 AND event = $2 AND reference = $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count)
        parameters.append(event)
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Fingerprint? { try row.next() }
}

/// Tells the newest row of the ledger: how far it has been written.
struct LedgerPosition: Statement {
    static let sql = """
        SELECT id FROM movement ORDER BY id DESC LIMIT 1
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<LedgerEntry> { try row.next() }
}

/// Counts the lots that stand where a count is about, and of which nobody has counted anything.
struct UncountedLots: Statement {
    let count: StandingStockCount

    static let sql = """
        SELECT count(*)
        FROM balance
        JOIN location ON location.id = balance.location_id
        WHERE location.warehouse_id = $2 AND ($3::uuid IS NULL OR balance.location_id = $3)
            AND ($4::uuid IS NULL OR balance.sku_id = $4) AND balance.on_hand > 0
            AND NOT EXISTS (
                SELECT FROM stock_count_line AS line
                WHERE line.count_id = $1 AND line.location_id = balance.location_id AND line.lot_id = balance.lot_id
                    AND line.quality = balance.quality)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(count.id)
        parameters.append(count.warehouse)
        parameters.append(count.location)
        parameters.append(count.sku)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}
