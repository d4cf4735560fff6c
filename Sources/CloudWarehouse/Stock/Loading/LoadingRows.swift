import Postgres

/// A loading that the transaction has locked.
struct StandingLoading: Hashable {
    let id: ID<Loading>
    let state: LoadingState
    let startedAt: Timestamp?
}

/// Records a loading under its reference; no row is written when the reference is taken.
///
/// A transaction that is writing the same reference is waited for.
struct InsertLoading: Command {
    let id: ID<Loading>
    let reference: ReceiptReference
    let plan: LoadingPlan

    static let sql = """
        INSERT INTO loading (id, reference, kind, warehouse_id, subject_kind, subject_reference, state)
        SELECT $1, $2, $3, id, $5, $6, 'planned' FROM warehouse WHERE code = $4
        ON CONFLICT (reference) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(reference)
        parameters.append(plan.kind)
        parameters.append(plan.warehouse)
        parameters.append(plan.subject?.kind)
        parameters.append(plan.subject?.reference)
    }
}

/// Locks a loading, so that one thing happens to it after the other.
struct LockLoading: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT id, state, started_at FROM loading WHERE reference = $1 FOR NO KEY UPDATE
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> StandingLoading {
        StandingLoading(id: try row.next(), state: try row.next(), startedAt: try row.next())
    }
}

/// Gives a loading its state, and what is known with it.
struct UpdateLoading: Command {
    let id: ID<Loading>
    let state: LoadingState
    var startedAt: Timestamp?
    var finishedAt: Timestamp?
    var amount: LoadingAmount?

    static let sql = """
        UPDATE loading SET state = $2, started_at = $3, finished_at = $4, pieces = $5, grams = $6 WHERE id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(state)
        parameters.append(startedAt)
        parameters.append(finishedAt)
        parameters.append(amount?.pieces)
        parameters.append(amount?.grams)
    }
}

/// Writes down what was done with a loading.
struct InsertLoadingEvent: Command {
    let id: ID<LoadingEvent>
    let loading: ID<Loading>
    let task: LoadingTask
    let from: LoadingState
    let to: LoadingState
    let principal: Principal
    let at: Timestamp

    static let sql = """
        INSERT INTO loading_event (id, loading_id, event, from_state, to_state, fingerprint, actor, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(loading)
        parameters.append(task.event)
        parameters.append(from)
        parameters.append(to)
        parameters.append(task.fingerprint)
        parameters.append(principal.name)
        parameters.append(at)
    }
}

/// Reads what an event of a loading said when it happened.
struct LoadingEventSaid: Statement {
    let loading: ID<Loading>
    let event: LoadingEvent

    static let sql = """
        SELECT fingerprint FROM loading_event WHERE loading_id = $1 AND event = $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(loading)
        parameters.append(event)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Fingerprint { try row.next() }
}

/// Writes who was at it, when it began or when it ended.
struct InsertLoadingWorkers: Command {
    let loading: ID<Loading>
    let event: LoadingEvent
    let crew: LoadingCrew

    static let sql = """
        INSERT INTO loading_worker (loading_id, event, position, name, employment)
        SELECT $1, $2, position, name, employment
        FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS new (name, employment, position)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(loading)
        parameters.append(event)
        parameters.append(crew.workers.map(\.name))
        parameters.append(crew.workers.map(\.employment))
    }
}

/// Writes that those who began were there to the end.
struct KeepLoadingWorkers: Command {
    let loading: ID<Loading>

    static let sql = """
        INSERT INTO loading_worker (loading_id, event, position, name, employment)
        SELECT loading_id, 'finish', position, name, employment
        FROM loading_worker
        WHERE loading_id = $1 AND event = 'start'
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(loading)
    }
}

/// Tells at which warehouse a delivery is expected or has come; null for one of before deliveries had steps.
struct WarehouseOfInbound: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT warehouse.code
        FROM inbound
        LEFT JOIN warehouse ON warehouse.id = inbound.warehouse_id
        WHERE inbound.reference = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> WarehouseCode? { try row.next() }
}
