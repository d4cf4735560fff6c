import Postgres

extension Fulfilment {
    /// Changes a parcel before it leaves, stopped or not. What is so already changes nothing and is answered the same way.
    public func change(
        _ scan: ParcelScan, _ change: ParcelChange, by principal: Principal
    ) async throws(FulfilmentError) -> ParcelResult {
        if case .number(_, let tracking) = change, CheckDigit.fits(tracking) == false {
            throw .parcelStays(.checkDigit(tracking))
        }
        let timeZone = timeZone
        do throws(FulfilmentError) {
            return try await settled { looksUp throws(FulfilmentError) in
                try await pool.transaction(throwing: FulfilmentError.self) { transaction in
                    let now = try await transaction.now()
                    let scanned = try await ScannedParcels([scan], in: transaction)
                    guard let id = scanned.parcels.first ?? nil else { throw FulfilmentError.parcelStays(.unknown) }
                    let held = try await HeldParcels([id], at: now, timeZone: timeZone, in: transaction)
                    guard let found = held[id] else { throw FulfilmentError.parcelStays(.unknown) }
                    var work = ParcelChangeWork(found: found, principal: principal, at: now, transaction: transaction)
                    let isChanged = try await work.run(change)
                    return ParcelResult(
                        scan: scan, label: found.parcel.label, outcome: isChanged || looksUp ? .done : .repeated)
                }
            }
        } catch .database(let cause) where cause.sqlState == .uniqueViolation {
            throw .parcelStays(.trackingTaken)
        }
    }
}

/// One change of a parcel, within its transaction.
private struct ParcelChangeWork {
    let found: HeldParcels.Held
    let principal: Principal
    let at: Timestamp
    let transaction: Transaction
    private var ids: IDGenerator

    init(found: HeldParcels.Held, principal: Principal, at: Timestamp, transaction: Transaction) {
        self.found = found
        self.principal = principal
        self.at = at
        self.transaction = transaction
        ids = IDGenerator(at: at)
    }

    /// Whether it was changed.
    mutating func run(_ change: ParcelChange) async throws -> Bool {
        let parcel = found.parcel
        switch parcel.state.after(change.event, in: parcel.kind) {
        case .refused(let reason): throw FulfilmentError.parcelStays(reason)
        case .unchanged: return false
        case .becomes, .changes: break
        case .picksAndPacks: preconditionFailure("no change picks")
        }
        switch change {
        case .dissolve(let code): try await dissolve(to: code)
        case .number(let carrier, let tracking):
            if parcel.carrier == carrier, parcel.tracking == tracking { return false }
            let other = try await transaction.query(ParcelOfNumber(carrier: carrier, tracking: tracking))
            guard other.isEmpty else { throw FulfilmentError.parcelStays(.trackingTaken) }
            try await transaction.execute(NumberParcel(parcel: parcel.id, carrier: carrier, tracking: tracking))
        case .relabel:
            guard found.orders.contains(where: { $0.addressVersion != $0.labelVersion }) else { return false }
            let addresses = try await transaction.query(AddressesOfOrders(orders: found.orders.map(\.order))).first
            guard addresses == 1 else { throw FulfilmentError.parcelStays(.addressesDiffer) }
            try await transaction.execute(
                RelabelParcel(parcel: parcel.id, orders: found.orders.map { ($0.order, $0.addressVersion) }))
        }
        try await transaction.execute(
            InsertAuditEntry(
                id: ids.next(), principal: principal, action: "parcel.\(change.event.rawValue)", of: [parcel.id], at: at
            ))
        return true
    }

    private mutating func dissolve(to code: LocationCode?) async throws {
        let parcel = found.parcel
        var moves = GoodsMoves(.putAway)
        let target = try await location(code)
        var lines: [LineKey: ChangeLinesBound.Change] = [:]
        for item in found.items {
            if item.state == .picked {
                moves.move(
                    item.quantity, of: item.goods, from: .good(parcel.packing, in: parcel.warehouse),
                    to: .good(target ?? item.location, in: parcel.warehouse), for: .wave(parcel.wave), wasBound: true,
                    staysBound: false)
            } else {
                moves.balances.add(
                    BalanceKey(good: item.goods.lot, of: item.goods.sku, at: item.location), of: item.goods.owner,
                    allocated: -item.quantity)
            }
            let line = LineKey(order: item.order, position: item.position)
            lines[line, default: .init(order: item.order, position: item.position)].bound -= item.quantity
        }
        try await moves.lock(in: transaction)
        var pipeline = Pipeline()
        moves.write(to: &pipeline, ids: &ids, at: at)
        pipeline.add(ChangeLinesBound(changes: Array(lines.values)))
        pipeline.add(SetItemStates(items: found.items.map(\.id), state: .givenUp))
        pipeline.add(SetParcelStates(parcels: [parcel.id], state: .dissolved))
        _ = try await transaction.run(pipeline)
        try await transaction.advance(found.orders.map(\.order), ids: &ids, at: at)
    }

    private func location(_ code: LocationCode?) async throws -> ID<Location>? {
        guard let code else { return nil }
        guard let warehouse = try await transaction.query(WarehouseOfID(id: found.parcel.warehouse)).first else {
            preconditionFailure("a parcel stands in no warehouse")
        }
        guard let location = try await transaction.query(LocationByCode(warehouse: warehouse.code, code: code)).first
        else { throw FulfilmentError.unknownLocation(warehouse.code, code) }
        guard location.terms.purpose == .storage else { throw FulfilmentError.notForStorage(code) }
        return location.id
    }
}
