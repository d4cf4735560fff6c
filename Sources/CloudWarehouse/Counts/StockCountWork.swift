import Postgres

/// One step of a count, within its transaction.
struct StockCountWork {
    /// How many lines a count may have.
    static let maximumLines: Int64 = 2_000

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

    mutating func run(_ task: StockCountTask) async throws -> StockCountProgress {
        if let standing = try await transaction.query(LockStockCount(reference: reference)).first {
            return try await run(task, on: standing)
        }
        guard case .becomes(let state) = StockCountState.absent.after(task.event), case .plan(let plan) = task else {
            throw refusal(.unknown)
        }
        if let begun = try await begin(plan, as: state) { return begun }
        // Somebody else began it meanwhile.
        guard let standing = try await transaction.query(LockStockCount(reference: reference)).first else {
            throw refusal(.unknown)
        }
        return try await run(task, on: standing)
    }

    /// Writes a count that nobody has planned; nil when another transaction has.
    private mutating func begin(_ plan: StockCountPlan, as state: StockCountState) async throws -> StockCountProgress? {
        guard let warehouse = try await transaction.query(WarehouseByCode(code: plan.warehouse)).first else {
            throw StockError.unknownWarehouse(plan.warehouse)
        }
        var (location, sku): (ID<Location>?, ID<SKU>?) = (nil, nil)
        switch plan.scope {
        case .location(let code):
            let found = try await transaction.query(LocationByCode(warehouse: plan.warehouse, code: code)).first
            guard let found else { throw StockError.unknownLocation(plan.warehouse, code) }
            location = found.id
        case .sku(let code):
            sku = try await InboundNames.found([code], [], in: transaction).sku(code)
        }
        let row = InsertStockCount(
            id: ids.next(), reference: reference, plan: plan, state: state, warehouse: warehouse.id,
            location: location, sku: sku)
        guard try await transaction.execute(row) == 1 else { return nil }
        let standing = StandingStockCount(
            id: row.id, fingerprint: plan.fingerprint, state: state, warehouse: warehouse.id,
            warehouseCode: plan.warehouse, location: location, sku: sku, tolerance: plan.tolerance)
        let lots = try await transaction.query(UncountedLots(count: standing)).first ?? 0
        guard lots <= Self.maximumLines else {
            throw refusal(.tooManyLots(standing: lots, atMost: Self.maximumLines))
        }
        try await record(row.id, .plan(plan), from: .absent, to: state)
        return StockCountProgress(id: row.id, state: state)
    }

    private mutating func run(
        _ task: StockCountTask, on standing: StandingStockCount
    ) async throws -> StockCountProgress {
        if let repeated = try await repeated(task, of: standing) { return repeated }
        switch standing.state.after(task.event) {
        case .refused(let reason): throw refusal(reason)
        case .unchanged:
            if case .plan(let plan) = task, plan.fingerprint != standing.fingerprint {
                throw refusal(.otherCountUnderReference)
            }
            if case .approve = task { changed = Set(try await lines(of: standing).map(\.goods.sku)) }
            return StockCountProgress(id: standing.id, state: standing.state, isRepeated: true)
        case .becomes(let state): return try await settle(standing, task, as: state)
        case .counts:
            guard case .count(let entry) = task else { preconditionFailure("\(task) counts") }
            return try await count(entry, of: standing)
        case .explains:
            guard case .explain(let explanation) = task else { preconditionFailure("\(task) explains") }
            return try await explain(explanation, of: standing)
        case .finishes:
            try await checkWhole(standing)
            return try await settle(standing, task, as: .counted)
        case .posts:
            try await post(standing)
            return try await settle(standing, task, as: .posted)
        }
    }

    func lines(of standing: StandingStockCount) async throws -> [StandingCountLine] {
        try await transaction.query(LinesOfStockCount(count: standing.id))
    }

    /// What an entry of this reference has come to, if there was one.
    private func repeated(
        _ task: StockCountTask, of standing: StandingStockCount
    ) async throws -> StockCountProgress? {
        guard let (reference, fingerprint) = task.identity else { return nil }
        let earlier = try await transaction.query(
            StockCountEventByReference(count: standing.id, event: task.event, reference: reference))
        guard let earlier = earlier.first else { return nil }
        guard earlier == fingerprint else { throw refusal(.otherUnderReference) }
        var progress = StockCountProgress(id: standing.id, state: standing.state, isRepeated: true)
        if case .count(let entry) = task {
            let location = try await transaction.query(
                LocationByCode(warehouse: standing.warehouseCode, code: entry.place.location)
            ).first?.id
            progress.needsRecount = try await lines(of: standing).contains {
                $0.goods.lot == entry.place.lot && $0.location == location && $0.quality == entry.place.quality
                    && $0.needsRecount(beyond: standing.tolerance)
            }
        }
        return progress
    }

    // MARK: What every step needs

    private mutating func settle(
        _ standing: StandingStockCount, _ task: StockCountTask, as state: StockCountState
    ) async throws -> StockCountProgress {
        try await transaction.execute(
            UpdateStockCount(id: standing.id, state: state, postedAt: state == .posted ? at : nil))
        try await record(standing.id, task, from: standing.state, to: state)
        return StockCountProgress(id: standing.id, state: state)
    }

    @discardableResult
    mutating func record(
        _ count: ID<StockCount>, _ task: StockCountTask, from: StockCountState, to: StockCountState
    ) async throws -> ID<StockCountStep> {
        let step = StockCountStep(
            id: ids.next(), event: task.event, from: from, to: to, reference: task.identity?.reference,
            fingerprint: task.identity?.fingerprint)
        _ = try await transaction.batch(
            InsertStockCountEvent(count: count, step: step, principal: principal, at: at),
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "count.\(task.event.rawValue)",
                subject: reference.rawValue, detail: JSONB(text: #"{"state": "\#(to.rawValue)"}"#), at: at))
        return step.id
    }

    func refusal(_ reason: StockCountRefusal) -> StockError { .countStays(reason) }
}

extension StandingCountLine {
    /// Whether it differs beyond the tolerance, and was counted once only.
    func needsRecount(beyond tolerance: BasisPoints) -> Bool {
        times == 1 && tolerance.isExceeded(expected: expected.rawValue, counted: counted.rawValue)
    }
}
