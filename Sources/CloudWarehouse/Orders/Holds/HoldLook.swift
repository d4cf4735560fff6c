import Postgres

/// One look for overdue holds: passes some orders, and has those released whose time is over.
struct HoldLook {
    /// Where it begins; nil for the beginning of its part.
    let after: ID<CustomerOrder>?
    /// Whether it looks behind the longest hold that can still last, or from there on.
    let isBehind: Bool
    let limits: HoldLimits
    /// Where orders are released.
    let desk: OrderDesk

    /// What a look gave.
    struct Outcome {
        let look: HoldWalk.Look
        let released: Int
    }

    /// Looks by the database's clock. That a hold has ended is decided once more where it is released.
    func run(on pool: Pool) async throws(PostgresError) -> Outcome {
        guard let now = try await pool.query(DatabaseClock()).first else {
            throw .misuse("the database did not tell the time")
        }
        let longest = Duration.seconds(Int64(PlaceOrder.holdSeconds.upperBound)) + limits.margin
        let border = ID<CustomerOrder>(firstAt: now.advanced(by: .zero - longest))
        let start = after ?? (isBehind ? .least : border)
        let passed = try await pool.query(
            OrdersHeldAfter(
                after: start, through: isBehind ? border : .greatest, limit: limits.ordersPerLook, at: now))
        let overdue = passed.lazy.filter(\.isOverdue).map(\.id).prefix(limits.releasesPerLook)
        let isCut = overdue.count == limits.releasesPerLook
        let cursor = (isCut ? overdue.last : passed.last?.id) ?? start
        let ended = await desk.release(Array(overdue))
        // Nobody but a person can end the hold of one that is damaged: the walk goes on without it.
        let passedBy = ended.released.union(ended.damaged)
        return Outcome(
            look: HoldWalk.Look(
                at: now, cursor: cursor,
                firstHeld: passed.first { $0.isHeld && $0.id <= cursor && !passedBy.contains($0.id) }?.id,
                isLast: !isCut && (passed.first?.count ?? 0) < limits.ordersPerLook),
            released: ended.released.count)
    }
}

extension OrderDesk {
    /// Releases orders whose holds have ended, all in the next batch. Gives those that it has released, and those of which
    /// nothing can be decided; the others were paid or cancelled meanwhile, or somebody has them locked, or it is not known.
    func release(
        _ orders: [ID<CustomerOrder>]
    ) async -> (released: Set<ID<CustomerOrder>>, damaged: Set<ID<CustomerOrder>>) {
        let answers = await perform(all: orders.map { .change(.expiry(of: $0)) })
        var (released, damaged): (Set<ID<CustomerOrder>>, Set<ID<CustomerOrder>>) = ([], [])
        for (order, answer) in zip(orders, answers) {
            switch answer {
            case .success(.changed(let changed)) where !changed.isRepeated: released.insert(order)
            case .failure(.refused(.damaged)): damaged.insert(order)
            default: break
            }
        }
        return (released, damaged)
    }
}
