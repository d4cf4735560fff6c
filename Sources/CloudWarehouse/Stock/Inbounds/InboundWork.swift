import Postgres

/// One step of a delivery, within its transaction.
struct InboundWork {
    /// How many counts a delivery may have.
    static let maximumCounts: Int64 = 1_000

    let reference: ReceiptReference
    let principal: Principal
    let at: Timestamp
    let timeZone: String
    let transaction: Transaction
    var ids: IDGenerator
    /// Of which SKUs the pools have changed.
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

    mutating func run(_ task: InboundTask) async throws -> InboundProgress {
        if let standing = try await transaction.query(LockInbound(reference: reference)).first {
            return try await run(task, on: standing)
        }
        guard case .becomes(let state) = InboundState.absent.after(task.event) else { throw refusal(.unknown) }
        if let begun = try await begin(task, as: state) { return begun }
        // Somebody else began it meanwhile.
        guard let standing = try await transaction.query(LockInbound(reference: reference)).first else {
            throw refusal(.unknown)
        }
        return try await run(task, on: standing)
    }

    /// Writes a delivery that nobody has heard of; nil when another transaction has.
    private mutating func begin(_ task: InboundTask, as state: InboundState) async throws -> InboundProgress? {
        let (warehouse, goods): (WarehouseCode, [ExpectedGoods])
        switch task {
        case .announce(let code, let expected): (warehouse, goods) = (code, expected)
        case .arrive(let code): (warehouse, goods) = (code, [])
        case .count, .finish, .release, .putAway, .cancel, .retract: throw refusal(.unknown)
        }
        let row = InsertInbound(
            id: ids.next(), reference: reference, fingerprint: .of(warehouse, goods), state: state,
            warehouse: warehouse, receivedAt: nil)
        guard try await transaction.execute(row) == 1 else { return nil }
        guard try await !transaction.query(WarehouseByCode(code: warehouse)).isEmpty else {
            throw StockError.unknownWarehouse(warehouse)
        }
        let names = try await found(goods.map(\.sku), goods.map(\.owner))
        if !goods.isEmpty {
            try await transaction.execute(
                InsertInboundLines(
                    inbound: row.id,
                    lines: goods.map { (names.sku($0.sku), names.owner($0.owner), $0.quantity) }))
        }
        try await record(row.id, task, from: .absent, to: state)
        return InboundProgress(id: row.id, state: state)
    }

    private mutating func run(_ task: InboundTask, on standing: StandingInbound) async throws -> InboundProgress {
        if let repeated = try await repeated(task, of: standing) { return repeated }
        switch standing.state.after(task.event) {
        case .refused(let reason): throw refusal(reason)
        case .unchanged:
            try await check(task, on: standing)
            if case .release = task {
                if try await isPutAwayOtherwise(standing) { return try await settle(standing, task, as: .stored) }
                let lots = try await transaction.query(LockLotsOfInbound(inbound: standing.id))
                changed = Set(lots.map(\.goods.sku))
            }
            return InboundProgress(id: standing.id, state: standing.state, isRepeated: true)
        case .becomes(let state):
            try await check(task, on: standing)
            return try await settle(standing, task, as: state)
        case .counts:
            guard case .count(let count) = task else { preconditionFailure("\(task) counts") }
            return try await self.count(count, of: standing)
        case .finishes:
            return try await settle(standing, task, as: try await isEmpty(standing) ? .cancelled : .received)
        case .cancelsIfEmpty:
            guard try await isEmpty(standing) else { throw refusal(.hasGoods) }
            return try await settle(standing, task, as: .cancelled)
        case .retracts:
            guard case .retract(let retraction) = task else { preconditionFailure("\(task) retracts") }
            try await retract(retraction, of: standing)
            return try await settle(standing, task, as: .arrived)
        case .follows: preconditionFailure("\(task) is no correction")
        case .releases:
            try await release(standing)
            return try await settle(standing, task, as: try await waits(standing) ? .released : .stored)
        case .moves:
            guard case .putAway(let putAway) = task else { preconditionFailure("\(task) moves") }
            if standing.state == .stored, try await !waits(standing) { throw refusal(.alreadyStored) }
            try await move(putAway, of: standing)
            return try await settle(standing, task, as: try await waits(standing) ? .released : .stored)
        }
    }

    /// Whether some of it stands where it was received, to be put away.
    private func waits(_ standing: StandingInbound) async throws -> Bool {
        try await transaction.query(GoodsToPutAway(inbound: standing.id)).first ?? 0 > 0
    }

    /// Whether nothing was taken in of it, or all was taken back; nobody corrects its lots before the transaction ends.
    private func isEmpty(_ standing: StandingInbound) async throws -> Bool {
        _ = try await transaction.query(LockLotsOfInbound(inbound: standing.id))
        return try await transaction.query(GoodsTakenIn(inbound: standing.id)).first ?? 0 == 0
    }

    /// Whether it is released, and what waited to be put away has gone otherwise meanwhile.
    private func isPutAwayOtherwise(_ standing: StandingInbound) async throws -> Bool {
        guard standing.state == .released else { return false }
        return try await !waits(standing)
    }

    /// What a count or put-away of this reference has come to, if there was one.
    private func repeated(_ task: InboundTask, of standing: StandingInbound) async throws -> InboundProgress? {
        guard let (reference, fingerprint) = task.identity else { return nil }
        let earlier = try await transaction.query(
            InboundEventByReference(inbound: standing.id, event: task.event, reference: reference))
        guard let earlier = earlier.first else { return nil }
        guard earlier.fingerprint == fingerprint else { throw refusal(.otherUnderReference) }
        if case .count = task {
            let retraction = InboundEventByReference(inbound: standing.id, event: .retract, reference: reference)
            guard try await transaction.query(retraction).isEmpty else { throw refusal(.takenBack(reference)) }
        }
        return InboundProgress(id: standing.id, state: standing.state, lot: earlier.lot, isRepeated: true)
    }

    /// Refuses an announcement that is another, and an arrival elsewhere.
    private func check(_ task: InboundTask, on standing: StandingInbound) async throws {
        switch task {
        case .announce(let warehouse, let goods):
            guard standing.fingerprint == .of(warehouse, goods) else { throw StockError.otherDeliveryUnderReference }
        case .arrive(let code):
            guard let id = standing.warehouse, let expected = try await transaction.query(WarehouseOfID(id: id)).first
            else { throw StockError.otherDeliveryUnderReference }
            guard expected.code == code else { throw refusal(.otherWarehouse(expected.code)) }
        case .count, .finish, .release, .putAway, .cancel, .retract: break
        }
    }

    // MARK: What every step needs

    private mutating func settle(
        _ standing: StandingInbound, _ task: InboundTask, as state: InboundState
    ) async throws -> InboundProgress {
        let isInside = [.received, .released, .stored].contains(state)
        try await transaction.execute(
            UpdateInbound(id: standing.id, state: state, receivedAt: isInside ? standing.receivedAt ?? at : nil))
        try await record(standing.id, task, from: standing.state, to: state)
        return InboundProgress(id: standing.id, state: state)
    }

    @discardableResult
    mutating func record(
        _ inbound: ID<Inbound>, _ task: InboundTask, from: InboundState, to: InboundState
    ) async throws -> ID<InboundStep> {
        let identity = task.identity
        let step = InboundStep(
            id: ids.next(), event: task.event, from: from, to: to, reference: identity?.reference,
            fingerprint: identity?.fingerprint)
        _ = try await transaction.batch(
            InsertInboundEvents(inbound: inbound, steps: [step], principal: principal, at: at),
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "inbound.\(task.event.rawValue)",
                subject: reference.rawValue, detail: task.record(of: to), at: at))
        return step.id
    }

    func refusal(_ reason: InboundRefusal) -> StockError { .inboundStays(reason) }
}

extension InboundTask {
    /// What a step that may happen several times is known by.
    fileprivate var identity: (reference: ReceiptReference, fingerprint: Fingerprint)? {
        switch self {
        case .count(let count): (count.reference, count.fingerprint)
        case .putAway(let putAway): (putAway.reference, putAway.fingerprint)
        case .retract(let retraction): (retraction.count, retraction.fingerprint)
        case .announce, .arrive, .finish, .release, .cancel: nil
        }
    }

    /// What the audit log keeps of it beside its name: the state that it led to, and that a location got more than it takes.
    fileprivate func record(of state: InboundState) -> JSONB {
        guard case .putAway(let putAway) = self, putAway.isOver else {
            return JSONB(text: #"{"state": "\#(state.rawValue)"}"#)
        }
        return JSONB(text: #"{"state": "\#(state.rawValue)", "over": true}"#)
    }
}

extension Fingerprint {
    /// Of an announcement, or of an arrival that nobody announced.
    fileprivate static func of(_ warehouse: WarehouseCode, _ goods: [ExpectedGoods]) -> Fingerprint {
        Fingerprint { transcript in
            transcript.append("announcement")
            transcript.append(warehouse.rawValue)
            for line in goods {
                transcript.append(line.sku.rawValue)
                transcript.append(line.owner.rawValue)
                transcript.append(line.quantity.rawValue)
            }
        }
    }
}
