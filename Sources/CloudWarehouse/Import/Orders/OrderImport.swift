public import Postgres

/// Places the orders of a platform's export, as if the platform had sent them: under its own numbers, each once.
public struct OrderImport: Sendable {
    /// Orders placed side by side, from which the intake makes its batches.
    static let gathered = 500

    /// What became of an order.
    public enum Outcome: Hashable, Sendable {
        /// It was placed just now, or would be.
        case placed
        /// It was there already, the same one.
        case repeated
        /// It was not placed.
        case refused(OrderRefusal)
    }

    /// What became of a plan's orders.
    public struct Report: Sendable {
        /// Of each order of the plan, in its order, as far as they were tried.
        public fileprivate(set) var outcomes: [Outcome] = []
        /// Why the rest was not tried; nil when all were.
        public fileprivate(set) var failure: OrderError?
    }

    private let pool: Pool
    private let keys: RecipientKeys?

    /// The import into the base that the connections of `pool` belong to; without keys, it takes no recipients.
    public init(pool: Pool, recipientKeys keys: RecipientKeys?) {
        self.pool = pool
        self.keys = keys
    }

    /// Says what would become of the orders, without the stock, which changes meanwhile.
    public func preview(_ plan: OrderPlan) async throws(OrderError) -> Report {
        var report = Report()
        for orders in plan.chunks {
            let recorded = try await recorded(orders)
            report.outcomes += orders.map { order in
                guard let fingerprint = recorded[order.key] else { return .placed }
                return fingerprint == order.fingerprint ? .repeated : .refused(.otherOrderUnderReference)
            }
        }
        return report
    }

    /// Places all of them; `done` hears how many are through. What is placed is durable, whatever comes after it.
    public func place(_ plan: OrderPlan, done: (Int) -> Void = { _ in }) async -> Report {
        let intake = OrderIntake(pool: pool, recipientKeys: keys)
        async let running: Void = intake.run()
        var report = Report()
        for orders in plan.chunks {
            let answers: [Result<Outcome, OrderError>]
            do throws(OrderError) {
                let before = try await recorded(orders)
                answers = await place(orders, before: Set(before.keys), through: intake)
            } catch {
                answers = [.failure(error)]
            }
            // In their order up to the first that has no answer; those behind it may be placed, and are found so next time.
            for answer in answers where report.failure == nil {
                switch answer {
                case .success(let outcome): report.outcomes.append(outcome)
                case .failure(let error): report.failure = error
                }
            }
            done(report.outcomes.count)
            if report.failure != nil { break }
        }
        await intake.close()
        await running
        return report
    }

    private func place(
        _ orders: [PlaceOrder], before: Set<OrderKey>, through intake: OrderIntake
    ) async -> [Result<Outcome, OrderError>] {
        await withTaskGroup(of: (Int, Result<Outcome, OrderError>).self) { group in
            for (index, order) in orders.enumerated() {
                group.addTask(executorPreference: pool.loop) {
                    (index, await Self.outcome(of: order, wasThere: before.contains(order.key), through: intake))
                }
            }
            var answers = [Result<Outcome, OrderError>](repeating: .failure(.outcomeUnknown), count: orders.count)
            for await (index, answer) in group { answers[index] = answer }
            return answers
        }
    }

    private static func outcome(
        of order: PlaceOrder, wasThere: Bool, through intake: OrderIntake
    ) async -> Result<Outcome, OrderError> {
        do throws(OrderError) {
            try await place(order, through: intake)
            return .success(wasThere ? .repeated : .placed)
        } catch {
            if case .refused(let refusal) = error { return .success(.refused(refusal)) }
            return .failure(error)
        }
    }

    /// The one place where an order of a file becomes an order of the base. A lost answer to COMMIT is asked for once more.
    private static func place(_ order: PlaceOrder, through intake: OrderIntake) async throws(OrderError) {
        do throws(OrderError) {
            _ = try await intake.place(order)
        } catch .outcomeUnknown {
            _ = try await intake.place(order)
        }
    }

    /// What was placed before under these references.
    private func recorded(_ orders: [PlaceOrder]) async throws(OrderError) -> [OrderKey: Fingerprint] {
        let rows = try await pool.rows(of: OrdersByKey(keys: orders.map(\.key)), throwing: OrderError.self)
        return Dictionary(rows.map { ($0.key, $0.recorded.fingerprint) }, uniquingKeysWith: { first, _ in first })
    }
}

extension OrderPlan {
    /// Its orders, some at a time.
    fileprivate var chunks: [[PlaceOrder]] {
        stride(from: 0, to: orders.count, by: OrderImport.gathered).map { start in
            orders[start..<min(start + OrderImport.gathered, orders.count)].map(\.order)
        }
    }
}
