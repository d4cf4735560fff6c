import Postgres

extension Fulfilment {
    /// Hands parcels to a carrier, each by one scan, and says what became of each, in their order: their goods have left, and
    /// their numbers are told to the platforms. What is handed over is durable, though an error may keep those behind it.
    ///
    /// - Parameters:
    ///   - manifest: Under which the carrier takes them; it is opened by its first parcel.
    ///   - carrier: Who takes them; nil for the base's own cars.
    public func handOver(
        _ scans: [ParcelScan], on manifest: ManifestCode, to carrier: Carrier?, by principal: Principal
    ) async throws(FulfilmentError) -> [ParcelResult] {
        try await chunked(scans) { chunk, looksUp throws(FulfilmentError) in
            let (results, skus) = try await handOverTogether(chunk, manifest, carrier, by: principal, looksUp: looksUp)
            await StockNews(pool: pool, feed: feed).tell(of: skus)
            return results
        }
    }

    private func handOverTogether(
        _ scans: [ParcelScan], _ code: ManifestCode, _ carrier: Carrier?, by principal: Principal, looksUp: Bool
    ) async throws(FulfilmentError) -> (results: [ParcelResult], skus: Set<ID<SKU>>) {
        let timeZone = timeZone
        return try await pool.transaction(throwing: FulfilmentError.self) { transaction in
            let now = try await transaction.now()
            var ids = IDGenerator(at: now)
            let scanned = try await ScannedParcels(scans, in: transaction)
            let held = try await HeldParcels(scanned.unique, at: now, timeZone: timeZone, in: transaction)
            // Under the parcels' locks: one that was opened by whoever has shipped them meanwhile is there.
            let opened = try await transaction.query(ManifestByCode(code: code)).first
            if let opened { try Self.check(opened, carrier) }
            var work = HandOverWork(held: held, manifest: opened?.id, carrier: carrier, looksUp: looksUp)
            let results = zip(scans, scanned.parcels).map { scan, parcel in work.handOver(scan, parcel) }
            if !work.isEmpty {
                // Only what leaves opens a manifest.
                let (_, manifests) = try await transaction.batch(
                    InsertManifest(id: ids.next(), code: code, carrier: carrier, at: now), ManifestByCode(code: code))
                guard let manifest = manifests.first else { throw FulfilmentError.unknownManifest }
                try Self.check(manifest, carrier)
                try await work.write(on: manifest.id, ids: &ids, by: principal, in: transaction)
            }
            if !looksUp { return (results, work.skus) }
            // What had taken effect already, nobody has told the boards of.
            let settled = try await transaction.query(SKUsOfParcels(parcels: work.settled))
            return (results, work.skus.union(settled))
        }
    }

    private static func check(_ manifest: Manifest, _ carrier: Carrier?) throws(FulfilmentError) {
        guard manifest.carrier == carrier else { throw .otherCarrier(manifest.code, is: manifest.carrier) }
    }
}

/// Parcels that are being handed over, decided one after another as they were scanned.
private struct HandOverWork {
    let held: HeldParcels
    /// Nil while it is not opened.
    let manifest: ID<Manifest>?
    let carrier: Carrier?
    let looksUp: Bool
    private var gone: [ID<Parcel>] = []
    private var done: Set<ID<Parcel>> = []
    private var told: Set<ID<SKU>> = []
    /// Which had left under the manifest before.
    private(set) var settled: [ID<Parcel>] = []

    init(held: HeldParcels, manifest: ID<Manifest>?, carrier: Carrier?, looksUp: Bool) {
        self.held = held
        self.manifest = manifest
        self.carrier = carrier
        self.looksUp = looksUp
    }

    /// Whether nothing leaves.
    var isEmpty: Bool { gone.isEmpty }
    /// Of which SKUs the pools have changed.
    var skus: Set<ID<SKU>> { told }

    mutating func handOver(_ scan: ParcelScan, _ id: ID<Parcel>?) -> ParcelResult {
        guard let id, let found = held[id] else {
            return ParcelResult(scan: scan, label: nil, outcome: .refused(.unknown))
        }
        func result(_ outcome: ParcelResult.Outcome) -> ParcelResult {
            ParcelResult(scan: scan, label: found.parcel.label, outcome: outcome)
        }
        if done.contains(id) { return result(.repeated) }
        switch found.parcel.state.after(.handOver, in: found.parcel.kind) {
        case .unchanged:
            guard let manifest, found.parcel.manifest == manifest else { return result(.refused(.otherManifest)) }
            settled.append(id)
            return result(looksUp ? .done : .repeated)
        case .refused(let reason): return result(.refused(reason))
        case .becomes: break
        case .changes, .picksAndPacks: preconditionFailure("what is handed over is shipped")
        }
        if let stop = found.stop(on: held.today) { return result(.refused(.stopped(stop))) }
        guard found.parcel.carrier == carrier else {
            return result(.refused(.otherCarrier(found.parcel.carrier)))
        }
        if found.parcel.carrier != nil, found.parcel.tracking == nil { return result(.refused(.noTracking)) }
        gone.append(id)
        done.insert(id)
        told.formUnion(found.items.map(\.goods.sku))
        return result(.done)
    }

    /// Documents are written first, whose rows nobody else wants; pools, which everybody wants, are held for as short as can be.
    func write(
        on manifest: ID<Manifest>, ids: inout IDGenerator, by principal: Principal, in transaction: Transaction
    ) async throws {
        let now = held.at
        let parcels = gone.compactMap { held[$0] }
        var (moves, shipped) = (GoodsMoves(.shipment), [PoolKey: Int64]())
        var lines: [LineKey: ChangeLinesBound.Change] = [:]
        for (parcel, item) in parcels.flatMap({ held in held.items.map { (held.parcel, $0) } }) {
            moves.move(
                item.quantity, of: item.goods, from: .good(parcel.packing, in: parcel.warehouse),
                to: .outside(Location.customer, .good), for: .manifest(manifest), wasBound: true,
                staysBound: false)
            let key = PoolKey(sku: item.goods.sku, warehouse: parcel.warehouse, owner: item.goods.owner)
            shipped[key, default: 0] += item.quantity
            let line = LineKey(order: item.order, position: item.position)
            lines[line, default: .init(order: item.order, position: item.position)].shipped += item.quantity
        }
        var documents = Pipeline()
        documents.add(ChangeLinesBound(changes: Array(lines.values)))
        documents.add(SetItemStates(items: parcels.flatMap { $0.items.map(\.id) }, state: .shipped))
        documents.add(ShipParcels(parcels: gone, manifest: manifest, at: now))
        documents.add(InsertShipments(rows: Self.shipments(of: parcels, ids: &ids), at: now))
        documents.add(
            InsertAuditEntry(id: ids.next(), principal: principal, action: "parcel.hand_over", of: gone, at: now))
        _ = try await transaction.run(documents)
        try await transaction.advance(Array(Set(parcels.flatMap { $0.orders.map(\.order) })), ids: &ids, at: now)
        let pools = shipped.map { (key: $0.key, quantity: $0.value) }.sorted { $0.key < $1.key }
        _ = try await transaction.query(LockPoolCounters(keys: pools.map(\.key)))
        try await moves.lock(in: transaction)
        var goods = Pipeline()
        moves.write(to: &goods, ids: &ids, at: now)
        goods.add(ShipFromPools(shipped: pools))
        _ = try await transaction.run(goods)
    }

    /// What the platforms are told: each order of a parcel with the parcel's number.
    private static func shipments(of parcels: [HeldParcels.Held], ids: inout IDGenerator) -> [InsertShipments.Entry] {
        var entries: [InsertShipments.Entry] = []
        for found in parcels {
            guard let carrier = found.parcel.carrier, let tracking = found.parcel.tracking else { continue }
            for order in found.orders {
                entries.append(
                    InsertShipments.Entry(
                        id: ids.next(), order: order.order,
                        parcel: Shipment.Parcel(order: order.key, carrier: carrier, tracking: tracking)))
            }
        }
        return entries
    }
}
