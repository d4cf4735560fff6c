import EventLoop
import Logging
import Postgres

internal import class CoreMetrics.Counter
internal import class CoreMetrics.Recorder

extension OrderIntake {
    // MARK: Waiting for others' locks

    /// Has commands wait for the rows that they need.
    private func detain(_ entries: [(entry: Entry, obstacle: IntakeSnapshot.Obstacle)], codes: [ID<SKU>: SKUCode]) {
        // Nobody would send them away any more.
        guard !isOver else {
            return OrderWaiter.answer(entries.map { ($0.entry.waiter, $0.entry.failed(by: .closing)) })
        }
        // Who has waited before keeps his place.
        var room = limits.waitingOrders - lane.count
        var admitted: [(entry: Entry, obstacle: IntakeSnapshot.Obstacle)] = []
        for (entry, obstacle) in entries {
            guard entry.obstacle != nil || room > 0 else {
                sendAway(entry)
                continue
            }
            room -= 1
            admitted.append((entry, obstacle))
        }
        lane.add(admitted, codes: codes)
        if expiry == nil { scheduleExpiry() }
        guard waiting == nil, !lane.isEmpty else { return }
        waiting = Task(executorPreference: loop) { await self.workOffLane() }
    }

    private func workOffLane() async {
        while true {
            for entry in lane.takeExpired(at: loop.now) { sendAway(entry) }
            guard let turn = lane.takeTurn(limits) else { break }
            await settle(turn.entries[...], waitingFor: turn.obstacle)
        }
        waiting = nil
        wakeUp()
    }

    // MARK: Batches

    /// Commits the batch and answers every command of it, but for those that are to wait.
    ///
    /// - Parameter obstacle: What it waits for first, holding nothing, if somebody else had it locked. If that is not to be had,
    ///   or is nil, nothing is waited for, and what needs it waits on.
    func settle(_ batch: ArraySlice<Entry>, waitingFor obstacle: IntakeSnapshot.Obstacle?) async {
        var (batch, obstacle) = (batch, obstacle)
        var (runs, start) = (0, MonotonicInstant.now())
        while true {
            runs += 1
            let failure: PostgresError
            do {
                let outcome = try await OrderBatch(
                    commands: batch.map(\.command), inDoubt: Self.doubts(about: batch), recipientKeys: recipientKeys,
                    awaited: obstacle.map { ($0, limits.lockPatience) }, known: knownSKUs,
                    mostLines: limits.batchLines, expectsRules: expectsRules
                ).run(on: pool)
                knownSKUs.learn(outcome.news)
                expectsRules = expectsRules || outcome.hasRules
                await finish(batch, outcome)
                return measure(batch, since: start)
            } catch let error as PostgresError {
                failure = error
            } catch is OrderBatch.TooManyLines {
                return await settleHalves(of: batch, waitingFor: obstacle)
            } catch {
                preconditionFailure("a batch failed by \(error), which is not the database's")
            }
            if case .commitOutcomeUnknown = failure { for index in batch.indices { batch[index].isInDoubt = true } }
            if obstacle != nil, failure.sqlState == .lockNotAvailable {
                (obstacle, runs, start) = (nil, 0, .now())
                continue
            }
            batch = withoutLate(batch)
            if batch.isEmpty { return }
            switch BatchFailure(failure, orders: batch.count, runs: runs, limits: limits) {
            case .runAgain: continue
            case .split: return await settleHalves(of: batch, waitingFor: obstacle)
            case .giveUp:
                failures.increment(by: batch.count)
                let error = isOver ? IntakeError.closing : .database(failure)
                OrderWaiter.answer(batch.map { ($0.waiter, $0.failed(by: error)) })
                return measure(batch, since: start)
            }
        }
    }

    /// Sends away those that nobody can be waiting for any more.
    private func withoutLate(_ batch: ArraySlice<Entry>) -> ArraySlice<Entry> {
        let bound = loop.now.advanced(by: .zero - limits.retryDeadline)
        for entry in batch where entry.deadline < bound { sendAway(entry) }
        return batch.filter { $0.deadline >= bound }[...]
    }

    private func measure(_ batch: ArraySlice<Entry>, since start: MonotonicInstant) {
        batchOrders.record(batch.count)
        batchSeconds.record((MonotonicInstant.now() - start) / .seconds(1))
    }

    /// Settles one half after the other. What of the second would overtake those of the first that have to wait waits with them.
    private func settleHalves(of batch: ArraySlice<Entry>, waitingFor obstacle: IntakeSnapshot.Obstacle?) async {
        let middle = batch.startIndex + batch.count / 2
        await settle(batch[..<middle], waitingFor: obstacle)
        let second = lane.split(batch[middle...])
        detain(second.behind, codes: [:])
        if !second.free.isEmpty { await settle(second.free[...], waitingFor: obstacle) }
    }

    /// The indices of the commands that a run before may have committed.
    private static func doubts(about batch: ArraySlice<Entry>) -> Set<Int> {
        Set(batch.enumerated().lazy.filter { $0.element.isInDoubt }.map(\.offset))
    }

    private func finish(_ batch: ArraySlice<Entry>, _ outcome: OrderBatch.Outcome) async {
        // Of a run before this one nobody knows what it has committed.
        let changed = batch.contains(where: \.isInDoubt) ? Set(outcome.pools.map(\.key.sku)) : outcome.changed
        feed?.committed(outcome.pools, changed: changed)
        for (order, damage) in outcome.damaged {
            pool.logger.error(
                "an order's rows contradict each other, and nothing is done to it",
                metadata: ["order": "\(order)", "cause": "\(damage.rawValue)"])
        }
        var answers: [(waiter: OrderWaiter, answer: OrderWaiter.Answer)] = []
        var detained: [(entry: Entry, obstacle: IntakeSnapshot.Obstacle)] = []
        answers.reserveCapacity(batch.count)
        for (entry, verdict) in zip(batch, outcome.verdicts) {
            switch verdict {
            case .answer(let answer): answers.append((entry.waiter, .success(entry.isInDoubt ? answer.asOwn : answer)))
            // It may have been done, and made impossible to do again by somebody else.
            case .refuse where entry.isInDoubt && entry.command.isChange:
                answers.append((entry.waiter, .failure(.outcomeUnknown)))
            case .refuse(let refusal): answers.append((entry.waiter, .failure(.refused(refusal))))
            case .wait where entry.command.isExpiry: sendAway(entry)
            case .wait(let obstacle): detained.append((entry, obstacle))
            }
        }
        answerAtEndOfTurn(answers)
        detain(detained, codes: outcome.passedOver)
        if feed == nil { await StockNews(pool: pool, feed: nil).tell(of: changed) }
    }

    /// Answers once the next batch is on its way, which is sent within this turn: so the database reads for that one while this
    /// loop writes the answers of the last one.
    private func answerAtEndOfTurn(_ answers: [(waiter: OrderWaiter, answer: OrderWaiter.Answer)]) {
        // A loop that has stopped has no more turns.
        if loop.hasStopped { return OrderWaiter.answer(answers) }
        loop.atEndOfTurn { OrderWaiter.answer(answers) }
    }
}

extension OrderCommand {
    fileprivate var isChange: Bool {
        if case .change = self { true } else { false }
    }

    /// Whether it ends a hold: whoever pays or cancels comes first, and the sweeper comes again.
    fileprivate var isExpiry: Bool {
        if case .change(let change) = self { change.change == .expire } else { false }
    }
}

extension OrderAnswer {
    /// The answer after a run that may have committed: what is so already was done by it.
    fileprivate var asOwn: OrderAnswer {
        guard case .changed(let changed) = self else { return self }
        return .changed(ChangedOrder(order: changed.order, isRepeated: false))
    }
}
