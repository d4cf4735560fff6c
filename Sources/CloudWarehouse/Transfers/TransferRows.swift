import Postgres

/// A transfer that the transaction has locked.
struct StandingTransfer: Hashable {
    let id: ID<Transfer>
    let fingerprint: Fingerprint
    let state: TransferState
    let from: ID<Warehouse>
    let to: ID<Warehouse>
    let expectedAt: Timestamp?
}

/// Locks a transfer, so that one thing happens to it after the other.
struct LockTransfer: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT id, fingerprint, state, from_warehouse_id, to_warehouse_id, expected_at
        FROM transfer WHERE reference = $1
        FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingTransfer {
        StandingTransfer(
            id: try row.next(), fingerprint: try row.next(), state: try row.next(), from: try row.next(),
            to: try row.next(), expectedAt: try row.next())
    }
}

/// Writes a transfer; no row is written when its reference is taken. A transaction that is writing the same one is waited for.
struct InsertTransfer: Command {
    let id: ID<Transfer>
    let reference: ReceiptReference
    let fingerprint: Fingerprint
    let state: TransferState
    let from: ID<Warehouse>
    let to: ID<Warehouse>
    let expectedAt: Timestamp?

    static let sql = """
        INSERT INTO transfer (id, reference, fingerprint, state, from_warehouse_id, to_warehouse_id, expected_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(reference)
        parameters.append(fingerprint)
        parameters.append(state)
        parameters.append(from)
        parameters.append(to)
        parameters.append(expectedAt)
    }
}

/// Gives a transfer its state, and when it should arrive.
struct UpdateTransfer: Command {
    let id: ID<Transfer>
    let state: TransferState
    let expectedAt: Timestamp?

    static let sql = """
        UPDATE transfer SET state = $2, expected_at = $3 WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(state)
        parameters.append(expectedAt)
    }
}

/// Writes what is asked for.
struct InsertTransferLines: Command {
    let transfer: ID<Transfer>
    let lines: [(sku: ID<SKU>, owner: ID<Owner>, requested: Quantity)]

    static let sql = """
        INSERT INTO transfer_line (transfer_id, position, sku_id, owner_id, requested)
        SELECT $1, position, sku_id, owner_id, requested
        FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) WITH ORDINALITY AS new (sku_id, owner_id, requested, position)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(lines.map(\.sku))
        parameters.append(lines.map(\.owner))
        parameters.append(lines.map(\.requested))
    }
}

/// Something that was done with a transfer.
struct TransferStep: Hashable {
    let id: ID<TransferStep>
    let event: TransferEvent
    let from: TransferState
    let to: TransferState
    var reference: ReceiptReference?
    var fingerprint: Fingerprint?
}

/// Writes down what was done with a transfer.
struct InsertTransferEvent: Command {
    let transfer: ID<Transfer>
    let step: TransferStep
    let principal: Principal
    let at: Timestamp

    static let sql = """
        INSERT INTO transfer_event (id, transfer_id, event, from_state, to_state, reference, fingerprint, actor, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(step.id)
        parameters.append(transfer)
        parameters.append(step.event)
        parameters.append(step.from)
        parameters.append(step.to)
        parameters.append(step.reference)
        parameters.append(step.fingerprint)
        parameters.append(principal.name)
        parameters.append(at)
    }
}

/// Reads what a pick's or arrival's reference was first used for.
struct TransferEventByReference: Statement {
    let transfer: ID<Transfer>
    let event: TransferEvent
    let reference: ReceiptReference

    static let sql = """
        SELECT fingerprint FROM transfer_event WHERE transfer_id = $1 AND event = $2 AND reference = $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
        parameters.append(event)
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Fingerprint? { try row.next() }
}

/// Counts the picks of a transfer.
struct PicksOfTransfer: Statement {
    let transfer: ID<Transfer>

    static let sql = """
        SELECT count(*) FROM transfer_pick WHERE transfer_id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(transfer)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Int64 { try row.next() }
}
