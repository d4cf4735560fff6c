import Postgres

/// One step of a transfer, within its transaction.
struct TransferWork {
    /// How many picks a transfer may have.
    static let maximumPicks: Int64 = 200

    let reference: ReceiptReference
    let principal: Principal
    let at: Timestamp
    let timeZone: String
    let transaction: Transaction
    var ids: IDGenerator
    /// Of which SKUs the pools have changed, or had by the step that this one repeats.
    var changed: Set<ID<SKU>> = []

    init(
        reference: ReceiptReference, principal: Principal, at: Timestamp, timeZone: String, transaction: Transaction
    ) {
        self.reference = reference
        self.principal = principal
        self.at = at
        self.timeZone = timeZone
        self.transaction = transaction
        ids = IDGenerator(at: at)
    }

    mutating func run(_ task: TransferTask) async throws -> TransferProgress {
        if let standing = try await transaction.query(LockTransfer(reference: reference)).first {
            return try await run(task, on: standing)
        }
        guard case .becomes(let state) = TransferState.absent.after(task.event), case .request(let request) = task
        else {
            throw refusal(.unknown)
        }
        if let begun = try await begin(request, as: state) { return begun }
        // Somebody else began it meanwhile.
        guard let standing = try await transaction.query(LockTransfer(reference: reference)).first else {
            throw refusal(.unknown)
        }
        return try await run(task, on: standing)
    }

    /// Writes a transfer that nobody has asked for; nil when another transaction has.
    private mutating func begin(_ request: TransferRequest, as state: TransferState) async throws -> TransferProgress? {
        let (from, to) = (try await warehouse(request.from), try await warehouse(request.to))
        let row = InsertTransfer(
            id: ids.next(), reference: reference, fingerprint: request.fingerprint, state: state, from: from, to: to,
            expectedAt: request.expectedAt)
        guard try await transaction.execute(row) == 1 else { return nil }
        let names = try await InboundNames.found(
            request.lines.map(\.sku), request.lines.map(\.owner), in: transaction)
        try await transaction.execute(
            InsertTransferLines(
                transfer: row.id,
                lines: request.lines.map { (names.sku($0.sku), names.owner($0.owner), $0.quantity) }))
        try await record(row.id, .request(request), from: .absent, to: state)
        return TransferProgress(id: row.id, state: state)
    }

    private func warehouse(_ code: WarehouseCode) async throws -> ID<Warehouse> {
        guard let found = try await transaction.query(WarehouseByCode(code: code)).first else {
            throw StockError.unknownWarehouse(code)
        }
        return found.id
    }

    private mutating func run(_ task: TransferTask, on standing: StandingTransfer) async throws -> TransferProgress {
        if let repeated = try await repeated(task, of: standing) { return repeated }
        switch standing.state.after(task.event) {
        case .refused(let reason): throw refusal(reason)
        case .unchanged:
            if case .request(let request) = task, request.fingerprint != standing.fingerprint {
                throw refusal(.otherTransferUnderReference)
            }
            if case .depart(let said?) = task, said != standing.expectedAt {
                throw refusal(.otherArrivalExpected(standing.expectedAt))
            }
            if case .cancel = task {
                changed = Set(try await transaction.query(LotsOfTransfer(transfer: standing.id)).map(\.goods.sku))
            }
            return TransferProgress(id: standing.id, state: standing.state, isRepeated: true)
        case .becomes(let state): return try await settle(standing, task, as: state)
        case .picks:
            guard case .pick(let pick) = task else { preconditionFailure("\(task) picks") }
            return try await self.pick(pick, for: standing)
        case .departs:
            try await depart(standing)
            return try await settle(standing, task, as: .inTransit)
        case .arrives:
            guard case .arrive(let arrival) = task else { preconditionFailure("\(task) arrives") }
            return try await arrive(arrival, of: standing)
        case .putsBack:
            try await putBack(standing)
            return try await settle(standing, task, as: .cancelled)
        }
    }

    /// What a pick or arrival of this reference has come to, if there was one.
    private mutating func repeated(
        _ task: TransferTask, of standing: StandingTransfer
    ) async throws -> TransferProgress? {
        guard let (reference, fingerprint) = task.identity else { return nil }
        let earlier = try await transaction.query(
            TransferEventByReference(transfer: standing.id, event: task.event, reference: reference))
        guard let earlier = earlier.first else { return nil }
        guard earlier == fingerprint else { throw refusal(.otherUnderReference) }
        changed = Set(try await transaction.query(LotsOfTransfer(transfer: standing.id)).map(\.goods.sku))
        return TransferProgress(id: standing.id, state: standing.state, isRepeated: true)
    }

    // MARK: What every step needs

    private mutating func settle(
        _ standing: StandingTransfer, _ task: TransferTask, as state: TransferState
    ) async throws -> TransferProgress {
        try await update(standing, task, as: state)
        try await record(standing.id, task, from: standing.state, to: state)
        return TransferProgress(id: standing.id, state: state)
    }

    func update(_ standing: StandingTransfer, _ task: TransferTask, as state: TransferState) async throws {
        var expectedAt = standing.expectedAt
        if case .depart(let said?) = task { expectedAt = said }
        try await transaction.execute(UpdateTransfer(id: standing.id, state: state, expectedAt: expectedAt))
    }

    @discardableResult
    mutating func record(
        _ transfer: ID<Transfer>, _ task: TransferTask, from: TransferState, to: TransferState
    ) async throws -> ID<TransferStep> {
        let step = TransferStep(
            id: ids.next(), event: task.event, from: from, to: to, reference: task.identity?.reference,
            fingerprint: task.identity?.fingerprint)
        _ = try await transaction.batch(
            InsertTransferEvent(transfer: transfer, step: step, principal: principal, at: at),
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "transfer.\(task.event.rawValue)",
                subject: reference.rawValue, detail: JSONB(text: #"{"state": "\#(to.rawValue)"}"#), at: at))
        return step.id
    }

    func refusal(_ reason: TransferRefusal) -> StockError { .transferStays(reason) }
}
