import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Waves of melons and rice: kept at `A-01`, packed at `P-01`.
enum Waves {
    static let packing = try! LocationCode("P-01")
    static let shelf = try! LocationCode("B-01")
    static let code = try! WaveCode("W-1")
    static let manifest = try! ManifestCode("JJ-1")
    static let carrier = Carrier(rawValue: "中通")!

    static func terms(_ kind: Wave.Kind = .single, carrier: Carrier? = nil) -> WaveTerms {
        var terms = WaveTerms(warehouse: Melons.warehouse, kind: kind)
        terms.carrier = carrier
        return terms
    }

    static func scan(_ number: Int, of wave: WaveCode = code) -> ParcelScan { ParcelScan("\(wave)-\(number)")! }
}

extension TestBase {
    var fulfilment: Fulfilment { Fulfilment(pool: pool, timeZone: "Asia/Shanghai") }

    /// Melons and rice in stock, a second shelf and a packing location.
    func prepareWaves(_ melons: Int64 = 10, rice: Int64 = 0) async throws {
        if melons + rice > 0 { try await stockMelons(melons, rice: rice) } else { try await prepareMelons() }
        _ = try await stock.addLocation(
            code: Waves.packing, in: Melons.warehouse,
            terms: LocationTerms(storageClass: .chilled, purpose: .packing), by: principal)
        _ = try await stock.addLocation(
            code: Waves.shelf, in: Melons.warehouse,
            terms: LocationTerms(storageClass: .chilled, pickSequence: PickSequence(rawValue: 1)), by: principal)
    }

    /// Receives melons that are good until a day, counted from today, at a location, and gives their lot.
    @discardableResult
    func receiveMelons(
        _ reference: String, _ melons: Int64, goodFor days: Int?, at location: LocationCode = Melons.location
    ) async throws -> ID<Lot> {
        let today = try await stock.today()
        let line = Receipt.Line(
            sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(melons),
            expiresOn: days.map { today.advanced(byDays: $0) })
        _ = try await stock.receive(
            Receipt(
                reference: ReceiptReference(rawValue: reference)!, warehouse: Melons.warehouse, location: location,
                lines: [line]), by: principal)
        return try #require(try await stock.lots(of: Melons.melon).lots.first).id
    }

    /// Places orders at an intake of their own, and gives their ids.
    @discardableResult
    func place(_ orders: [PlaceOrder]) async throws -> [ID<CustomerOrder>] {
        var ids: [ID<CustomerOrder>] = []
        try await withIntake(recipientKeys: Recipients.keys) { intake in
            for order in orders { ids.append(try await intake.desk.place(order).id) }
        }
        return ids
    }

    @discardableResult
    func released(_ terms: WaveTerms = Waves.terms(), as code: WaveCode = Waves.code) async throws -> WaveProgress {
        _ = try await fulfilment.plan(code, terms, by: principal)
        return try await fulfilment.release(code, by: principal)
    }

    func pack(_ numbers: Int..., accepting short: Bool = false) async throws -> [ParcelResult.Outcome] {
        try await fulfilment.pack(
            numbers.map { PackScan(Waves.scan($0), acceptsShort: short) }, by: principal
        ).map(\.outcome)
    }

    func handOver(_ numbers: Int..., to carrier: Carrier? = nil) async throws -> [ParcelResult.Outcome] {
        try await fulfilment.handOver(
            numbers.map { Waves.scan($0) }, on: Waves.manifest, to: carrier, by: principal
        ).map(\.outcome)
    }

    func state(of order: ID<CustomerOrder>) async throws -> OrderState {
        try #require(try await orders.details(of: .id(order))).summary.state
    }

    /// How many rows the ledger and the tables of waves have, and what counters say.
    func fulfilmentRows() async throws -> [Int64] {
        var counts: [Int64] = []
        for table in ["movement", "balance", "wave", "wave_order", "parcel", "parcel_item", "audit", "outbox"] {
            counts.append(try await number("SELECT count(*) FROM \(table)"))
        }
        for sum in [
            "sum(allocated) FROM balance", "sum(bound) FROM order_line", "sum(shipped) FROM order_line",
            "sum(sellable) FROM pool", "sum(length(state)) FROM parcel", "sum(length(state)) FROM wave",
            "sum(address_version) FROM parcel_order", "sum(length(tracking)) FROM parcel",
        ] {
            let (value, table) = (sum.split(separator: " FROM ")[0], sum.split(separator: " FROM ")[1])
            counts.append(try await number("SELECT COALESCE(\(value), 0)::bigint FROM \(table)"))
        }
        return counts
    }

    /// Of which lots, in the order of the parcels, goods are bound, picked or shipped.
    func lotsInParcels() async throws -> [ID<Lot>] {
        try await owner.query(
            sql: """
                SELECT item.lot_id FROM parcel_item AS item JOIN parcel ON parcel.id = item.parcel_id
                WHERE item.state <> 'given_up' ORDER BY parcel.number, item.id
                """
        ) { row throws(DecodingFailure) in try row.next(ID<Lot>.self) }
    }
}

/// Why goods did not go on their way; nil when they did.
func failure(_ body: () async throws -> Void) async -> FulfilmentError? {
    do {
        try await body()
        return nil
    } catch let error as FulfilmentError {
        return error
    } catch {
        Issue.record("another failure: \(error)")
        return nil
    }
}

extension FulfilmentError: Equatable {
    /// As they are told: the database's failures have no equality of their own.
    static func == (left: Self, right: Self) -> Bool { "\(left)" == "\(right)" }
}
