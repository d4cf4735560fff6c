import Postgres

/// The transaction of one batch of commands.
struct OrderBatch {
    let commands: [OrderCommand]
    /// What recipients are encrypted under; there are some if an order has a recipient.
    let recipientKeys: RecipientKeys?
    /// How long to wait for a row that somebody else has locked; nil to pass it over, and have what needs it wait for a later
    /// batch.
    let patience: Duration?
    /// Whether the batches before had a choice among pools, and rules for it: then they are asked for at once.
    var expectsRules = false

    /// What the transaction gives, once it is committed.
    struct Outcome {
        /// What has become of each command, in their order.
        let verdicts: [OrderVerdict]
        /// What every pool holds that was locked, with the batch's changes.
        let pools: [PoolState]
        /// The SKUs of which it changes a pool.
        let changed: Set<ID<SKU>>
        /// The codes of the SKUs that somebody else has locked.
        let passedOver: [ID<SKU>: SKUCode]
        /// Whether it has chosen among pools by rules.
        let hasRules: Bool
    }

    /// Where the answers to the first round trip stand.
    struct Questions {
        var clock: Pipeline.Place<DatabaseClock>?
        var orders: Pipeline.Place<LockOrders<Passing>>?
        var ordersInTurn: Pipeline.Place<LockOrders<Waiting>>?
        var pools: Pipeline.Place<LockPools<Passing>>?
        var poolsInTurn: Pipeline.Place<LockPools<Waiting>>?
        var limits: Pipeline.Place<LockLimits<Passing>>?
        var limitsInTurn: Pipeline.Place<LockLimits<Waiting>>?
        var there: Pipeline.Place<OrdersThere>?
        var lines: Pipeline.Place<LinesOfOrders>?
        var skus: Pipeline.Place<SKUsOfBatch>?
        var components: Pipeline.Place<ComponentsOfSets>?
        var recorded: Pipeline.Place<OrdersByKey>?
        var counts: Pipeline.Place<CountsOfBuyers>?
        var sourcing: SourcingQuestions?
    }

    /// Decides and writes the batch, in two round trips, or in three where it needs rules and did not expect to; the verdicts
    /// count once it has returned.
    ///
    /// The clock is read first. Orders are locked before pools, pools before limits, and all before placed orders are
    /// looked up, so that of two servers with the same order the second finds what the first has placed.
    func run(on pool: Pool) async throws -> Outcome {
        var opening = Pipeline()
        let questions = ask(&opening)
        return try await pool.withShortTransaction(opening: opening) { transaction, answers in
            let (found, locked) = try read(answers, questions)
            var snapshot = found
            try await readSourcing(answers, questions.sourcing, in: transaction, into: &snapshot)
            var decider = OrderDecider(snapshot)
            let verdicts = decider.decide(commands)
            var closing = Pipeline()
            BatchWrites(decider, recipientKeys: recipientKeys).add(to: &closing)
            let changes = Dictionary(
                decider.book.changes.map { ($0.key, $0.change) }, uniquingKeysWith: { first, _ in first })
            let passedOver = snapshot.obstacles.compactMap { obstacle in
                if case .sku(let sku) = obstacle { snapshot.codes[sku].map { (sku, $0) } } else { nil }
            }
            return (
                Outcome(
                    verdicts: verdicts, pools: locked.map { $0.claimed(changes[$0.key]) },
                    changed: Set(changes.keys.map(\.sku)),
                    passedOver: Dictionary(passedOver, uniquingKeysWith: { first, _ in first }),
                    hasRules: !snapshot.criteria.isEmpty),
                closing
            )
        }
    }

    /// Adds what the first round trip asks.
    func ask(_ pipeline: inout Pipeline) -> Questions {
        let scope = BatchScope(commands)
        var questions = Questions()
        questions.clock = pipeline.add(DatabaseClock())
        if let patience { pipeline.add(SetLockTimeout(milliseconds: max(1, Int64(patience / .milliseconds(1))))) }
        if scope.changes {
            if patience == nil {
                questions.orders = pipeline.add(LockOrders(scope: scope))
            } else {
                questions.ordersInTurn = pipeline.add(LockOrders(scope: scope))
            }
        }
        if patience == nil {
            questions.pools = pipeline.add(LockPools(scope: scope))
        } else {
            questions.poolsInTurn = pipeline.add(LockPools(scope: scope))
        }
        let counts = scope.changes || !scope.buyers.isEmpty
        if counts {
            if patience == nil {
                questions.limits = pipeline.add(LockLimits(scope: scope))
            } else {
                questions.limitsInTurn = pipeline.add(LockLimits(scope: scope))
            }
        }
        if scope.changes {
            questions.there = pipeline.add(OrdersThere(scope: scope))
            questions.lines = pipeline.add(LinesOfOrders(scope: scope))
        }
        questions.skus = pipeline.add(SKUsOfBatch(scope: scope))
        if !scope.codes.isEmpty { questions.components = pipeline.add(ComponentsOfSets(codes: scope.codes)) }
        if !scope.placed.isEmpty { questions.recorded = pipeline.add(OrdersByKey(keys: scope.placed)) }
        if counts { questions.counts = pipeline.add(CountsOfBuyers(scope: scope)) }
        if expectsRules { questions.sourcing = SourcingQuestions(scope, in: &pipeline) }
        return questions
    }

    /// What the first round trip has found, and the pools that it has locked.
    func read(
        _ answers: Pipeline.Answers, _ questions: Questions
    ) throws(PostgresError) -> (IntakeSnapshot, locked: [PoolState]) {
        guard let now = try answers.rows(of: questions.clock).first else {
            throw .misuse("the database did not tell the time")
        }
        var snapshot = IntakeSnapshot()
        snapshot.now = now
        let locked = try answers.rows(of: questions.pools) + answers.rows(of: questions.poolsInTurn)
        snapshot.pools = locked.map { (key: $0.key, available: $0.counters.available) }
        var lockedPools: [ID<SKU>: Int64] = [:]
        for pool in locked { lockedPools[pool.key.sku, default: 0] += 1 }
        let limits = try Set(answers.rows(of: questions.limits) + answers.rows(of: questions.limitsInTurn))
        for found in try answers.rows(of: questions.skus) {
            snapshot.offers[found.code] = IntakeSnapshot.Offer(sku: found.sku, price: found.price)
            snapshot.codes[found.sku] = found.code
            snapshot.limits[found.sku] = found.limit
            if found.pools > 1 { snapshot.criteria[found.sku] = found.criteria }
            // One that was made since is as good as locked: the next batch will have it.
            if lockedPools[found.sku, default: 0] != found.pools { snapshot.obstacles.insert(.sku(found.sku)) }
            if questions.counts != nil, found.limit != nil, !limits.contains(found.sku) {
                snapshot.obstacles.insert(.sku(found.sku))
            }
        }
        for (bundle, component) in try answers.rows(of: questions.components) {
            snapshot.components[bundle, default: []].append(component)
            // It was made of something else when the pools were locked: the next batch will have the pools.
            if snapshot.codes[component.sku] == nil { snapshot.obstacles.insert(.sku(bundle)) }
        }
        for (key, recorded) in try answers.rows(of: questions.recorded) { snapshot.recorded[key] = recorded }
        for (key, taken) in try answers.rows(of: questions.counts) { snapshot.counts[key] = taken }
        try readOrders(answers, questions, into: &snapshot)
        return (snapshot, locked)
    }

    private func readOrders(
        _ answers: Pipeline.Answers, _ questions: Questions, into snapshot: inout IntakeSnapshot
    ) throws(PostgresError) {
        let orders = try answers.rows(of: questions.orders) + answers.rows(of: questions.ordersInTurn)
        var lines: [ID<CustomerOrder>: [StandingOrder.Line]] = [:]
        for (order, line) in try answers.rows(of: questions.lines) { lines[order, default: []].append(line) }
        snapshot.orders = orders.map { order in
            var order = order
            order.lines = lines[order.id] ?? []
            return order
        }
        let locked = Set(orders.map(\.id))
        for (id, key) in try answers.rows(of: questions.there) {
            snapshot.named[key] = id
            if !locked.contains(id) { snapshot.obstacles.insert(.order(id)) }
        }
    }
}
