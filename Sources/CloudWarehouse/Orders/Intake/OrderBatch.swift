import Logging
import Postgres

/// The transaction of one batch of commands.
struct OrderBatch {
    let commands: [OrderCommand]
    /// The indices of those that a run before may have committed.
    var inDoubt: Set<Int> = []
    /// What recipients are encrypted under; there are some if an order has a recipient.
    let recipientKeys: RecipientKeys?
    /// What to wait for before anything is locked, and for how long; nil to wait for nothing. Whatever else somebody has locked
    /// is passed over, and what needs it waits for a later batch.
    var awaited: (obstacle: IntakeSnapshot.Obstacle, patience: Duration)?
    /// What codes stood for in the batches before.
    var known = KnownSKUs()
    /// How many lines it may read and draft together, if it has several commands.
    var mostLines = Int.max
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
        /// The orders about which nothing is decided, and why.
        let damaged: [ID<CustomerOrder>: OrderDamage]
        /// Whether it has chosen among pools by rules.
        let hasRules: Bool
        /// What codes stand for that stood for something else.
        let news: KnownSKUs.News
    }

    /// Its commands touch more lines than a batch may have: how many, they did not tell by themselves.
    struct TooManyLines: Error {}

    /// Where the answers to the first round trip stand.
    struct Questions {
        var opening: Pipeline.Place<OpenBatch>?
        var orders: Pipeline.Place<LockOrders>?
        var pools: Pipeline.Place<LockPools>?
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
    /// The clock is read first. Orders are locked before pools, and pools before placed orders are looked up, so that of two
    /// servers with the same order the second finds what the first has placed.
    func run(on pool: Pool) async throws -> Outcome {
        var opening = Pipeline()
        let scope = BatchScope(commands, known: known)
        let questions = ask(scope, &opening)
        return try await pool.withShortTransaction(opening: opening) { transaction, answers in
            let (found, locked) = try read(answers, questions)
            guard commands.count == 1 || lines(in: found) <= mostLines else { throw TooManyLines() }
            var snapshot = found
            try await readSourcing(answers, questions.sourcing, in: transaction, into: &snapshot)
            var decider = OrderDecider(snapshot)
            let verdicts = decider.decide(commands, inDoubt: inDoubt)
            for (key, count) in decider.counts where count.uncounted > 0 {
                pool.logger.warning(
                    "a buyer gives back what was not counted: see what verify says",
                    metadata: [
                        "sku": "\(snapshot.codes[key.sku]?.rawValue ?? key.sku.description)",
                        "source": "\(key.source.rawValue)",
                    ])
            }
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
                    damaged: decider.damaged, hasRules: !snapshot.criteria.isEmpty,
                    news: known.news(of: scope.codes, in: found)),
                closing
            )
        }
    }

    /// How many lines there are to decide about: those of the orders that are changed, and those that are drafted.
    private func lines(in snapshot: IntakeSnapshot) -> Int {
        let standing = snapshot.orders.reduce(0) { $0 + $1.lines.count }
        return commands.reduce(standing) { $0 + snapshot.lineCount(of: $1) }
    }

    /// Adds what the first round trip asks.
    func ask(_ scope: BatchScope, _ pipeline: inout Pipeline) -> Questions {
        var questions = Questions()
        questions.opening = pipeline.add(OpenBatch(patience: awaited?.patience))
        if let awaited { pipeline.add(waitingFor: awaited.obstacle) }
        if scope.changes { questions.orders = pipeline.add(LockOrders(scope: scope)) }
        questions.pools = pipeline.add(LockPools(scope: scope))
        if scope.changes {
            questions.there = pipeline.add(OrdersThere(scope: scope))
            questions.lines = pipeline.add(LinesOfOrders(scope: scope))
        }
        questions.skus = pipeline.add(SKUsOfBatch(scope: scope))
        if !scope.codes.isEmpty { questions.components = pipeline.add(ComponentsOfSets(codes: scope.codes)) }
        if !scope.placed.isEmpty { questions.recorded = pipeline.add(OrdersByKey(keys: scope.placed)) }
        if scope.changes || !scope.buyers.isEmpty { questions.counts = pipeline.add(CountsOfBuyers(scope: scope)) }
        if expectsRules { questions.sourcing = SourcingQuestions(scope, in: &pipeline) }
        return questions
    }

    /// What the first round trip has found, and the pools that it has locked.
    func read(
        _ answers: Pipeline.Answers, _ questions: Questions
    ) throws(PostgresError) -> (IntakeSnapshot, locked: [PoolState]) {
        guard let now = try answers.rows(of: questions.opening).first else {
            throw .misuse("the database did not tell the time")
        }
        var snapshot = IntakeSnapshot()
        snapshot.now = now
        let locked = try answers.rows(of: questions.pools)
        snapshot.pools = locked.map { (key: $0.key, available: $0.counters.available) }
        var lockedPools: [ID<SKU>: Int64] = [:]
        for pool in locked { lockedPools[pool.key.sku, default: 0] += 1 }
        for found in try answers.rows(of: questions.skus) {
            snapshot.offers[found.code] = IntakeSnapshot.Offer(sku: found.sku, price: found.price)
            snapshot.codes[found.sku] = found.code
            snapshot.limits[found.sku] = found.limit
            if found.pools > 1 { snapshot.criteria[found.sku] = found.criteria }
            // One that was made since is as good as locked: the next batch will have it.
            if lockedPools[found.sku, default: 0] != found.pools { snapshot.obstacles.insert(.sku(found.sku)) }
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
        let orders = try answers.rows(of: questions.orders)
        var lines: [ID<CustomerOrder>: [StandingOrder.Line]] = [:]
        for (order, line) in try answers.rows(of: questions.lines) { lines[order, default: []].append(line) }
        let locked = Set(orders.map(\.id))
        var sent: Set<ID<CustomerOrder>> = []
        for (id, key, isSent) in try answers.rows(of: questions.there) {
            snapshot.named[key] = id
            if isSent { sent.insert(id) }
            if !locked.contains(id) {
                snapshot.obstacles.insert(.order(id))
                snapshot.sources[id] = key.source
            }
        }
        snapshot.orders = orders.map { order in
            var order = order
            order.lines = lines[order.id] ?? []
            order.isSent = sent.contains(order.id)
            return order
        }
    }
}
