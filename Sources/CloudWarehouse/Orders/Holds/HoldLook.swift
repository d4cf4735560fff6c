import Postgres

/// One look for overdue holds: passes some orders, and has those released whose time is over. That a hold has ended is decided
/// once more where it is released.
struct HoldLook {
    let limits: HoldLimits
    /// Where orders are released.
    let desk: OrderDesk

    /// Looks by the database's clock at the holds that have ended since that place; if it is nil, within the longest time that
    /// a hold may last.
    func run(after start: HoldEnd?, on pool: Pool) async throws(PostgresError) -> (look: HoldWalk.Look, released: Int) {
        let now = try await pool.databaseTime()
        let longest = Duration.seconds(Int64(PlaceOrder.holdSeconds.upperBound)) + limits.lateMargin
        let start = start ?? HoldEnd(at: now.advanced(by: .zero - longest), order: .least)
        let passed = try await pool.query(HoldsEndedAfter(after: start, by: now, limit: limits.ordersPerLook))
        let overdue = passed.lazy.filter(\.isHeld).map(\.end).prefix(limits.releasesPerLook)
        let isCut = overdue.count == limits.releasesPerLook
        let ended = await desk.release(overdue.map(\.order))
        return (
            HoldWalk.Look(
                at: now, cursor: (isCut ? overdue.last : passed.last?.end) ?? start,
                firstHeld: overdue.first { !ended.isPassedBy($0.order) },
                isLast: !isCut && (passed.first?.count ?? 0) < limits.ordersPerLook),
            ended.released.count
        )
    }

    /// Looks at the orders where that walk is, and takes it on.
    func run(along walk: inout OrderWalk, on pool: Pool) async throws(PostgresError) -> Int {
        let now = try await pool.databaseTime()
        let passed = try await pool.query(
            OrdersOverdueAfter(after: walk.cursor, through: walk.through, limit: limits.ordersPerLook, at: now))
        let overdue = passed.lazy.filter(\.isOverdue).map(\.id).prefix(limits.releasesPerLook)
        let isCut = overdue.count == limits.releasesPerLook
        let ended = await desk.release(Array(overdue))
        walk.pass(
            (isCut ? overdue.last : passed.last?.id) ?? walk.cursor,
            isLast: !isCut && (passed.first?.count ?? 0) < limits.ordersPerLook)
        return ended.released.count
    }
}

/// What became of orders whose holds had ended.
struct EndedHolds {
    fileprivate(set) var released: Set<ID<CustomerOrder>> = []
    /// Those of which nothing can be decided: nobody but a person can end their holds.
    fileprivate(set) var damaged: Set<ID<CustomerOrder>> = []

    /// Whether there is no use in looking at it again.
    func isPassedBy(_ order: ID<CustomerOrder>) -> Bool { released.contains(order) || damaged.contains(order) }
}

extension OrderDesk {
    /// Releases orders whose holds have ended, all in the next batch. Of those that it does not tell of, some were paid or
    /// cancelled meanwhile, or somebody has them locked, or it is not known.
    func release(_ orders: [ID<CustomerOrder>]) async -> EndedHolds {
        let answers = await perform(all: orders.map { .change(.expiry(of: $0)) })
        var ended = EndedHolds()
        for (order, answer) in zip(orders, answers) {
            switch answer {
            case .success(.changed(let changed)) where !changed.isRepeated: ended.released.insert(order)
            case .failure(.refused(.damaged)): ended.damaged.insert(order)
            default: break
            }
        }
        return ended
    }
}

extension Pool {
    /// What the database's clock says.
    fileprivate func databaseTime() async throws(PostgresError) -> Timestamp {
        guard let now = try await query(DatabaseClock()).first else {
            throw .misuse("the database did not tell the time")
        }
        return now
    }
}
