import Postgres

extension Fulfilment {
    /// Binds lots to a planned wave and makes its parcels, some groups of orders in each transaction, so that nobody waits long
    /// for an order. A release that was cut off is carried on by the same call.
    public func release(_ code: WaveCode, by principal: Principal) async throws(FulfilmentError) -> WaveProgress {
        let first = try await bindChunk(of: code, by: principal)
        var state = first.state
        while state == .releasing { state = try await bindChunk(of: code, by: principal).state }
        return try await pool.transaction(throwing: FulfilmentError.self) { transaction in
            let standing = try await Self.locked(code, in: transaction)
            return try await Self.progress(of: standing, standing.state, isRepeated: first.isRepeated, in: transaction)
        }
    }

    /// Binds the next groups of a wave. It goes on from what is committed, so a COMMIT that nobody answered is no matter.
    private func bindChunk(
        of code: WaveCode, by principal: Principal
    ) async throws(FulfilmentError) -> (state: WaveState, isRepeated: Bool) {
        let timeZone = timeZone
        return try await settled { looksUp throws(FulfilmentError) in
            try await pool.transaction(throwing: FulfilmentError.self) { transaction in
                let now = try await transaction.now()
                let standing = try await Self.locked(code, in: transaction)
                switch standing.state.after(.release) {
                case .refused(let reason): throw FulfilmentError.waveStays(reason)
                case .unchanged: return (standing.state, !looksUp)
                case .binds: break
                case .becomes, .closesIfEmpty: preconditionFailure("a release binds")
                }
                if standing.state == .planned {
                    try await transaction.record("wave.release", of: code.rawValue, by: principal, at: now)
                }
                return (try await Self.bind(standing, at: now, timeZone, in: transaction), false)
            }
        }
    }

    private static func bind(
        _ wave: StandingWave, at now: Timestamp, _ timeZone: String, in transaction: Transaction
    ) async throws -> WaveState {
        let through = min(wave.groups, wave.releasedThrough + FulfilmentLimits.groupsPerChunk)
        let isLast = through == wave.groups
        let locked = try await transaction.query(
            LockOrdersOfGroups(wave: wave.id, after: wave.releasedThrough, through: through))
        let (orders, lines, days) = try await transaction.batch(
            OrdersToBind(wave: wave.id, orders: locked), LinesToBind(orders: locked, warehouse: wave.warehouse),
            BusinessDay(timeZone: timeZone))
        guard let today = days.first else { throw PostgresError.misuse("the database did not tell the day") }
        // A wave that is released late leaves today at the earliest.
        let shipOn = max(wave.shipOn, today)
        let shelves = try await transaction.query(
            ShelvesOfSKUs(skus: Array(Set(lines.map(\.sku))), warehouse: wave.warehouse, shipOn: shipOn))
        var work = try WaveBinding(wave: wave, orders: orders, lines: lines, shelves: shelves)
        var pipeline = Pipeline()
        work.write(to: &pipeline, at: now)
        let state: WaveState = isLast ? .released : .releasing
        pipeline.add(
            AdvanceWave(
                wave: wave.id, state: state, releasedThrough: through,
                parcels: wave.parcels + Int32(work.parcels.count), releasedAt: isLast ? now : nil))
        _ = try await transaction.run(pipeline)
        return state
    }

    /// Gives a wave up before goods are bound, or ends one of which nothing is in the house.
    public func end(
        _ code: WaveCode, by event: WaveEvent, _ principal: Principal
    ) async throws(FulfilmentError) -> WaveProgress {
        precondition(event == .close || event == .cancel, "\(event) ends no wave")
        return try await settled { looksUp throws(FulfilmentError) in
            try await pool.transaction(throwing: FulfilmentError.self) { transaction in
                let now = try await transaction.now()
                let standing = try await Self.locked(code, in: transaction)
                let next: WaveState
                switch standing.state.after(event) {
                case .refused(let reason): throw FulfilmentError.waveStays(reason)
                case .unchanged:
                    return try await Self.progress(
                        of: standing, standing.state, isRepeated: !looksUp, in: transaction)
                case .becomes(let state): next = state
                case .closesIfEmpty:
                    let left = try await transaction.query(ParcelsInHouse(wave: standing.id)).first ?? 0
                    guard left == 0 else { throw FulfilmentError.waveStays(.hasParcels(left)) }
                    next = .closed
                case .binds: preconditionFailure("\(event) binds nothing")
                }
                try await transaction.execute(SetWaveState(wave: standing.id, state: next))
                try await transaction.record("wave.\(event.rawValue)", of: code.rawValue, by: principal, at: now)
                return try await Self.progress(of: standing, next, in: transaction)
            }
        }
    }

    static func locked(_ code: WaveCode, in transaction: Transaction) async throws -> StandingWave {
        guard let standing = try await transaction.query(LockWave(code: code)).first else {
            throw FulfilmentError.waveStays(.unknown)
        }
        return standing
    }
}
