public import Postgres

extension Fulfilment {
    /// What a wave of these terms would want, and what could be bound to it: nothing is chosen or bound by looking.
    public func preview(_ terms: WaveTerms) async throws(FulfilmentError) -> WavePreview {
        try terms.check()
        let timeZone = timeZone
        return try await pool.transaction(throwing: FulfilmentError.self, .repeatableRead, .readOnly) { transaction in
            let found = try await Self.candidates(terms, in: transaction, timeZone)
            try found.checkDay()
            let (counts, demands) = try await transaction.batch(
                CountCandidates(candidates: found.candidates),
                DemandOfCandidates(candidates: found.candidates, shipOn: found.shipOn))
            let count = counts.first ?? (0, 0)
            return WavePreview(orders: count.orders, groups: count.groups, shipOn: found.shipOn, demands: demands)
        }
    }

    /// Chooses the orders of a wave. The same terms under the same code are planned once.
    public func plan(
        _ code: WaveCode, _ terms: WaveTerms, by principal: Principal
    ) async throws(FulfilmentError) -> WaveProgress {
        try terms.check()
        let timeZone = timeZone
        return try await settled { looksUp throws(FulfilmentError) in
            try await pool.transaction(throwing: FulfilmentError.self) { transaction in
                let now = try await transaction.now()
                var ids = IDGenerator(at: now)
                let found = try await Self.candidates(terms, in: transaction, timeZone)
                let packing = try await Self.packing(terms, in: transaction)
                let row = InsertWave(
                    id: ids.next(), code: code, terms: terms, warehouse: found.candidates.warehouse, packing: packing,
                    shipOn: found.shipOn, at: now)
                guard try await transaction.execute(row) == 1 else {
                    return try await Self.planned(code, terms, isRepeated: !looksUp, in: transaction)
                }
                // Only now: what was planned in time is answered again on any day.
                try found.checkDay()
                let count = try await transaction.execute(
                    InsertWaveOrders(candidates: found.candidates, wave: row.id))
                guard count > 0 else { throw FulfilmentError.waveStays(.noOrders) }
                try await transaction.execute(CountWaveOrders(wave: row.id))
                try await transaction.record(
                    "wave.plan", of: code.rawValue, by: principal, at: now, detail: #"{"orders": \#(count)}"#)
                return WaveProgress(id: row.id, code: code, state: .planned, orders: Int64(count))
            }
        }
    }

    private static func planned(
        _ code: WaveCode, _ terms: WaveTerms, isRepeated: Bool, in transaction: Transaction
    ) async throws -> WaveProgress {
        guard let standing = try await transaction.query(LockWave(code: code)).first else {
            throw FulfilmentError.waveStays(.unknown)
        }
        if case .refused(let reason) = standing.state.after(.plan) { throw FulfilmentError.waveStays(reason) }
        guard standing.fingerprint == terms.fingerprint else { throw FulfilmentError.waveStays(.otherUnderCode) }
        return try await progress(of: standing, standing.state, isRepeated: isRepeated, in: transaction)
    }

    /// How a wave stands, with what became of its orders.
    static func progress(
        of standing: StandingWave, _ state: WaveState, isRepeated: Bool = false, in transaction: Transaction
    ) async throws -> WaveProgress {
        let tallies = try await transaction.query(OutcomesOfWave(wave: standing.id)).first
        var progress = WaveProgress(
            id: standing.id, code: standing.code, state: state, orders: tallies?.orders ?? 0,
            bound: tallies?.bound ?? 0, partial: tallies?.partial ?? 0, short: tallies?.short ?? 0,
            changed: tallies?.changed ?? 0, parcels: tallies?.parcels ?? 0)
        progress.isRepeated = isRepeated
        return progress
    }

    private static func candidates(
        _ terms: WaveTerms, in transaction: Transaction, _ timeZone: String
    ) async throws -> FoundCandidates {
        let (clock, days, warehouses) = try await transaction.batch(
            DatabaseClock(), BusinessDay(timeZone: timeZone), WarehouseByCode(code: terms.warehouse))
        guard let now = clock.first, let today = days.first else {
            throw PostgresError.misuse("the database did not tell the day")
        }
        guard let warehouse = warehouses.first else { throw FulfilmentError.unknownWarehouse(terms.warehouse) }
        let shipOn = terms.shipOn ?? today
        guard
            let end = try await transaction.query(StartOfDay(day: shipOn.advanced(byDays: 1), timeZone: timeZone)).first
        else { throw PostgresError.misuse("a day does not begin") }
        let since = now.advanced(by: .seconds(-FulfilmentLimits.daysBack * 86_400))
        return FoundCandidates(
            candidates: WaveCandidates(terms: terms, warehouse: warehouse.id, endOfDay: end, since: ID(firstAt: since)),
            shipOn: shipOn, today: today)
    }

    private static func packing(_ terms: WaveTerms, in transaction: Transaction) async throws -> ID<Location> {
        let found = try await transaction.query(PackingLocations(warehouse: terms.warehouse, code: terms.packing))
        guard let code = terms.packing else {
            guard found.count == 1 else {
                throw FulfilmentError.packingLocations(terms.warehouse, count: found.count)
            }
            return found[0].id
        }
        guard let location = found.first else { throw FulfilmentError.unknownLocation(terms.warehouse, code) }
        guard location.purpose == .packing else { throw FulfilmentError.notForPacking(code) }
        guard !location.isClosed else { throw FulfilmentError.closedLocation(terms.warehouse, code) }
        return location.id
    }
}

/// Which orders a wave may take, and when it leaves.
private struct FoundCandidates {
    let candidates: WaveCandidates
    let shipOn: CalendarDate
    let today: CalendarDate

    /// Nothing leaves on a day that is over.
    func checkDay() throws(FulfilmentError) {
        guard shipOn >= today else { throw .dayIsOver(shipOn, today: today) }
    }
}

/// What a wave would be.
public struct WavePreview: Hashable, Sendable {
    /// How many orders it would take.
    public let orders: Int64
    /// How many groups of orders that may share parcels.
    public let groups: Int64
    /// The day on which it would leave.
    public let shipOn: CalendarDate
    /// What it would want, by SKU and owner.
    public let demands: [WaveDemand]

    /// A preview with these fields.
    public init(orders: Int64, groups: Int64, shipOn: CalendarDate, demands: [WaveDemand]) {
        self.orders = orders
        self.groups = groups
        self.shipOn = shipOn
        self.demands = demands
    }
}

/// How far a wave has come, and what became of its orders.
public struct WaveProgress: Hashable, Sendable {
    /// Its identity in the database.
    public let id: ID<Wave>
    /// What people call it.
    public let code: WaveCode
    /// How far it has come.
    public let state: WaveState
    /// How many orders were chosen.
    public var orders: Int64 = 0
    /// Of how many all is bound.
    public var bound: Int64 = 0
    /// Of how many some is bound.
    public var partial: Int64 = 0
    /// Of how many nothing is, for lack of goods.
    public var short: Int64 = 0
    /// How many were changed, called off or sent otherwise meanwhile.
    public var changed: Int64 = 0
    /// How many parcels there are.
    public var parcels: Int64 = 0
    /// Whether it was so already.
    public var isRepeated = false

    /// A wave in this state, and of its orders so many.
    public init(
        id: ID<Wave>, code: WaveCode, state: WaveState, orders: Int64, bound: Int64 = 0, partial: Int64 = 0,
        short: Int64 = 0, changed: Int64 = 0, parcels: Int64 = 0
    ) {
        self.id = id
        self.code = code
        self.state = state
        self.orders = orders
        self.bound = bound
        self.partial = partial
        self.short = short
        self.changed = changed
        self.parcels = parcels
    }
}

/// Counts what became of a wave's orders.
struct OutcomesOfWave: Statement {
    let wave: ID<Wave>

    static let sql = """
        SELECT count(*), count(*) FILTER (WHERE outcome = 'bound'), count(*) FILTER (WHERE outcome = 'partial'),
            count(*) FILTER (WHERE outcome = 'short'), count(*) FILTER (WHERE outcome = 'changed'),
            (SELECT count(*) FROM parcel WHERE parcel.wave_id = $1)
        FROM wave_order
        WHERE wave_id = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (
        orders: Int64, bound: Int64, partial: Int64, short: Int64, changed: Int64, parcels: Int64
    ) {
        (try row.next(), try row.next(), try row.next(), try row.next(), try row.next(), try row.next())
    }
}
