import Postgres

/// One step of a loading, within its transaction.
struct LoadingWork {
    let reference: ReceiptReference
    let principal: Principal
    let at: Timestamp
    let transaction: Transaction
    private var ids: IDGenerator

    init(reference: ReceiptReference, principal: Principal, at: Timestamp, transaction: Transaction) {
        self.reference = reference
        self.principal = principal
        self.at = at
        self.transaction = transaction
        ids = IDGenerator(at: at)
    }

    mutating func run(_ task: LoadingTask) async throws -> LoadingProgress {
        if let standing = try await transaction.query(LockLoading(reference: reference)).first {
            return try await run(task, on: standing)
        }
        guard case .plan(let plan) = task else { throw StockError.loadingStays(.unknown) }
        if let begun = try await begin(plan) { return begun }
        // Somebody else planned it meanwhile.
        guard let standing = try await transaction.query(LockLoading(reference: reference)).first else {
            throw StockError.loadingStays(.unknown)
        }
        return try await run(task, on: standing)
    }

    /// Writes a loading that nobody has heard of; nil when another transaction has.
    private mutating func begin(_ plan: LoadingPlan) async throws -> LoadingProgress? {
        guard try await !transaction.query(WarehouseByCode(code: plan.warehouse)).isEmpty else {
            throw StockError.unknownWarehouse(plan.warehouse)
        }
        if let subject = plan.subject { try await check(subject, at: plan.warehouse) }
        let id: ID<Loading> = ids.next()
        guard try await transaction.execute(InsertLoading(id: id, reference: reference, plan: plan)) == 1 else {
            return nil
        }
        try await record(id, .plan(plan), from: .absent, to: .planned)
        return LoadingProgress(id: id, state: .planned)
    }

    private func check(_ subject: LoadingSubject, at warehouse: WarehouseCode) async throws {
        switch subject.kind {
        case .inbound:
            let found = try await transaction.query(WarehouseOfInbound(reference: subject.reference))
            guard let expected = found.first else {
                throw StockError.loadingStays(.unknownDelivery(subject.reference))
            }
            if let expected, expected != warehouse { throw StockError.loadingStays(.otherWarehouse(expected)) }
        }
    }

    private mutating func run(_ task: LoadingTask, on standing: StandingLoading) async throws -> LoadingProgress {
        switch standing.state.after(task.event) {
        case .refused(let reason): throw StockError.loadingStays(reason)
        case .happened:
            let said = try await transaction.query(LoadingEventSaid(loading: standing.id, event: task.event)).first
            guard said == task.fingerprint else { throw StockError.loadingStays(.saidOtherwise(task.event)) }
            return LoadingProgress(id: standing.id, state: standing.state, isRepeated: true)
        case .becomes(let state):
            var row = UpdateLoading(id: standing.id, state: state, startedAt: standing.startedAt)
            switch task {
            case .start(let crew, let said):
                row.startedAt = try checked(said)
                try await transaction.execute(
                    InsertLoadingWorkers(loading: standing.id, event: .start, crew: crew))
            case .finish(let amount, let crew, let said):
                row.finishedAt = try checked(said)
                row.amount = amount
                if let start = standing.startedAt, let end = row.finishedAt, end < start {
                    throw StockError.loadingStays(.endsBeforeStart)
                }
                if let crew {
                    try await transaction.execute(
                        InsertLoadingWorkers(loading: standing.id, event: .finish, crew: crew))
                } else {
                    try await transaction.execute(KeepLoadingWorkers(loading: standing.id))
                }
            case .plan, .cancel: break
            }
            try await transaction.execute(row)
            try await record(standing.id, task, from: standing.state, to: state)
            return LoadingProgress(id: standing.id, state: state)
        }
    }

    /// The time that was said, or the database's; only the database's clock tells which times may be said.
    private func checked(_ said: Timestamp?) throws(StockError) -> Timestamp {
        guard let said else { return at }
        guard said <= at else { throw .loadingStays(.inFuture) }
        let oldest = at.microsecondsSince1970 - Loading.maximumDays * 86_400_000_000
        guard said.microsecondsSince1970 >= oldest else { throw .loadingStays(.tooLongAgo(days: Loading.maximumDays)) }
        return said
    }

    private mutating func record(
        _ loading: ID<Loading>, _ task: LoadingTask, from: LoadingState, to: LoadingState
    ) async throws {
        _ = try await transaction.batch(
            InsertLoadingEvent(
                id: ids.next(), loading: loading, task: task, from: from, to: to, principal: principal, at: at),
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "loading.\(task.event.rawValue)",
                subject: reference.rawValue, detail: JSONB(text: #"{"state": "\#(to.rawValue)"}"#), at: at))
    }
}
