public import Postgres

/// Places the orders of a platform's export, as if the platform had sent them: under its own numbers, each once.
public struct OrderImport: Sendable {
    /// Orders placed side by side, from which the intake makes its batches.
    static let gathered = 500

    /// What became of an order.
    public enum Outcome: Hashable, Sendable {
        /// It was placed just now, or would be.
        case placed
        /// It was placed just now, and not all of its goods are there: somebody has to see to it.
        case short
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
        public fileprivate(set) var failure: IntakeError?
    }

    private let pool: Pool
    private let keys: RecipientKeys?

    /// The import into the base that the connections of `pool` belong to; without keys, it takes no recipients.
    public init(pool: Pool, recipientKeys keys: RecipientKeys?) {
        self.pool = pool
        self.keys = keys
    }

    /// Says what would become of the orders, without the stock, which changes meanwhile.
    public func preview(_ plan: OrderPlan) async throws(IntakeError) -> Report {
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
        var report = Report()
        do throws(IntakeError) {
            report = try await OrderIntake.once(pool: pool, recipientKeys: keys) { desk throws(IntakeError) in
                await place(plan, at: desk, done: done)
            }
        } catch {
            report.failure = error
        }
        return report
    }

    private func place(_ plan: OrderPlan, at desk: OrderDesk, done: (Int) -> Void) async -> Report {
        var report = Report()
        for orders in plan.chunks {
            let answers: [Result<Outcome, IntakeError>]
            do throws(IntakeError) {
                let before = try await recorded(orders)
                answers = await Self.place(orders, before: Set(before.keys), at: desk)
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
        return report
    }

    /// The one place where orders of a file become orders of the base. A lost answer to COMMIT is asked for once more.
    private static func place(
        _ orders: [PlaceOrder], before: Set<OrderKey>, at desk: OrderDesk
    ) async -> [Result<Outcome, IntakeError>] {
        var answers = await desk.place(orders)
        let unknown = orders.indices.filter { answers[$0].isUnknown }
        for (index, answer) in zip(unknown, await desk.place(unknown.map { orders[$0] })) { answers[index] = answer }
        return zip(orders, answers).map { order, answer in
            switch answer {
            case .success where before.contains(order.key): .success(.repeated)
            case .success(let placed): .success(placed.isShort ? .short : .placed)
            case .failure(.refused(let refusal)): .success(.refused(refusal))
            case .failure(let error): .failure(error)
            }
        }
    }

    /// What was placed before under these references.
    private func recorded(_ orders: [PlaceOrder]) async throws(IntakeError) -> [OrderKey: Fingerprint] {
        let rows = try await pool.rows(of: OrdersByKey(keys: orders.map(\.key)), throwing: IntakeError.self)
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

extension Result where Success == PlacedOrder, Failure == IntakeError {
    fileprivate var isUnknown: Bool {
        if case .failure(.outcomeUnknown) = self { true } else { false }
    }
}
