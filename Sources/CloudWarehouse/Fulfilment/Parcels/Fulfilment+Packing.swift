import Postgres

/// A parcel on the packing table.
public struct PackScan: Hashable, Sendable {
    /// Which one.
    public var scan: ParcelScan
    /// What it weighs, in grams; nil where there is no scale.
    public var weighedGrams: Int64?
    /// It goes without what was not found.
    public var acceptsShort = false
    /// It goes whatever it weighs.
    public var acceptsWeight = false

    /// A parcel that was scanned.
    public init(
        _ scan: ParcelScan, weighedGrams: Int64? = nil, acceptsShort: Bool = false, acceptsWeight: Bool = false
    ) {
        self.scan = scan
        self.weighedGrams = weighedGrams
        self.acceptsShort = acceptsShort
        self.acceptsWeight = acceptsWeight
    }
}

extension Fulfilment {
    /// Packs parcels, each by one scan, and says what became of each, in their order. Where each parcel holds one SKU the scan
    /// picks its goods as well. What is packed is durable, though an error may keep those behind it from being.
    ///
    /// A parcel that must not leave is refused with ``ParcelRefusal/stopped(_:)``.
    public func pack(_ scans: [PackScan], by principal: Principal) async throws(FulfilmentError) -> [ParcelResult] {
        try await chunked(scans) { chunk, looksUp throws(FulfilmentError) in
            try await packTogether(chunk, by: principal, looksUp: looksUp)
        }
    }

    /// Runs `body` for some of the scans at a time.
    func chunked<Scan: Sendable>(
        _ scans: [Scan],
        _ body: ([Scan], _ looksUp: Bool) async throws(FulfilmentError) -> [ParcelResult]
    ) async throws(FulfilmentError) -> [ParcelResult] {
        guard (1...FulfilmentLimits.scansPerCall).contains(scans.count) else {
            throw .outOfRange(.scans, atMost: Int64(FulfilmentLimits.scansPerCall))
        }
        var results: [ParcelResult] = []
        for start in stride(from: 0, to: scans.count, by: FulfilmentLimits.parcelsPerTransaction) {
            let end = min(start + FulfilmentLimits.parcelsPerTransaction, scans.count)
            let chunk = Array(scans[start..<end])
            results += try await settled { looksUp throws(FulfilmentError) in try await body(chunk, looksUp) }
        }
        return results
    }

    private func packTogether(
        _ scans: [PackScan], by principal: Principal, looksUp: Bool
    ) async throws(FulfilmentError) -> [ParcelResult] {
        let timeZone = timeZone
        return try await pool.transaction(throwing: FulfilmentError.self) { transaction in
            let now = try await transaction.now()
            let scanned = try await ScannedParcels(scans.map(\.scan), in: transaction)
            let held = try await HeldParcels(scanned.unique, at: now, timeZone: timeZone, in: transaction)
            var work = PackingWork(held: held)
            let results = zip(scans, scanned.parcels).map { scan, parcel in work.pack(scan, parcel, looksUp: looksUp) }
            try await work.write(by: principal, in: transaction)
            return results
        }
    }
}

/// Parcels that are being packed, decided one after another as they were scanned.
private struct PackingWork {
    let held: HeldParcels
    private var packed: [(id: ID<Parcel>, weighedGrams: Int64?)] = []
    private var done: Set<ID<Parcel>> = []
    private var picked: [ID<ParcelItem>] = []
    private var orders: Set<ID<CustomerOrder>> = []
    private var moves = GoodsMoves(.pick)

    init(held: HeldParcels) {
        self.held = held
    }

    mutating func pack(_ scan: PackScan, _ id: ID<Parcel>?, looksUp: Bool) -> ParcelResult {
        guard let id, let found = held[id] else {
            return ParcelResult(scan: scan.scan, label: nil, outcome: .refused(.unknown))
        }
        func result(_ outcome: ParcelResult.Outcome) -> ParcelResult {
            ParcelResult(scan: scan.scan, label: found.parcel.label, outcome: outcome)
        }
        if done.contains(id) { return result(.repeated) }
        let transition = found.parcel.state.after(.pack, in: found.parcel.kind)
        switch transition {
        case .unchanged: return result(looksUp ? .done : .repeated)
        case .refused(let reason): return result(.refused(reason))
        case .becomes, .picksAndPacks: break
        case .changes: preconditionFailure("packing gives a parcel another state")
        }
        if let reason = found.refusal(of: scan, on: held.today) { return result(.refused(reason)) }
        if transition == .picksAndPacks { pick(found) }
        packed.append((id, scan.weighedGrams))
        done.insert(id)
        orders.formUnion(found.orders.map(\.order))
        return result(.done)
    }

    private mutating func pick(_ found: HeldParcels.Held) {
        let parcel = found.parcel
        for item in found.items where item.state == .bound {
            picked.append(item.id)
            moves.move(
                item.quantity, of: item.goods, from: .good(item.location, in: parcel.warehouse),
                to: .good(parcel.packing, in: parcel.warehouse), for: .wave(parcel.wave), wasBound: true,
                staysBound: true)
        }
    }

    mutating func write(by principal: Principal, in transaction: Transaction) async throws {
        if packed.isEmpty { return }
        var ids = IDGenerator(at: held.at)
        try await moves.lock(in: transaction)
        var pipeline = Pipeline()
        moves.write(to: &pipeline, ids: &ids, at: held.at)
        if !picked.isEmpty { pipeline.add(SetItemStates(items: picked, state: .picked)) }
        pipeline.add(PackParcels(parcels: packed, at: held.at))
        pipeline.add(
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "parcel.pack", of: packed.map(\.id), at: held.at))
        _ = try await transaction.run(pipeline)
        try await transaction.advance(Array(orders), ids: &ids, at: held.at)
    }
}

extension HeldParcels.Held {
    /// Why it is not packed as it lies there.
    fileprivate func refusal(of scan: PackScan, on day: CalendarDate) -> ParcelRefusal? {
        if let stop = stop(on: day) { return .stopped(stop) }
        if parcel.isShort, !scan.acceptsShort { return .short }
        guard let weighed = scan.weighedGrams, let expected = parcel.expectedGrams, !parcel.isShort,
            !scan.acceptsWeight,
            !WeightCheck.fits(weighed, expected: expected)
        else { return nil }
        return .weight(expected: expected, weighed: weighed)
    }
}

extension InsertAuditEntry {
    /// What was done to parcels, which are named by their ids.
    init(
        id: ID<AuditEntry>, principal: Principal, action: String, of parcels: [ID<Parcel>], at now: Timestamp
    ) {
        let list = parcels.map { "\"\($0)\"" }.joined(separator: ", ")
        self.init(
            id: id, principal: principal, action: action,
            subject: parcels.count == 1 ? "parcel \(parcels[0])" : "\(parcels.count) parcels",
            detail: JSONB(text: #"{"parcels": [\#(list)]}"#), at: now)
    }
}
