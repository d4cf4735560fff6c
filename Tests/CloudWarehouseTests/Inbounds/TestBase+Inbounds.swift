import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// The melons' delivery, `RK-1`, step by step: a dock, `R-01`, and two places where melons are kept, `A-01` and `B-01`.
enum Dock {
    static let reference = ReceiptReference(rawValue: "RK-1")!
    static let dock = try! LocationCode("R-01")
    static let shelf = try! LocationCode("B-01")

    static func key(_ text: String) -> ReceiptReference { ReceiptReference(rawValue: text)! }

    static func retraction(_ count: String) -> InboundRetraction {
        InboundRetraction(count: key(count), note: AdjustmentNote(rawValue: "数错了")!)
    }

    static func announcement(_ melons: Int64 = 400) -> InboundTask {
        .announce(
            at: Melons.warehouse,
            [ExpectedGoods(sku: Melons.melon, owner: Melons.owner, quantity: Quantity(rawValue: melons)!)])
    }

    static func count(
        _ key: String = "c1", _ melons: Int64 = 10, sku: SKUCode = Melons.melon, rejected: Int64 = 0,
        _ reason: RejectionReason? = nil, at location: LocationCode = dock, expires: CalendarDate? = nil
    ) throws -> InboundTask {
        var findings = InboundCount.Findings()
        findings.rejected = try Quantity(rejected)
        findings.reason = reason
        let goods = Receipt.Line(
            sku: sku, owner: Melons.owner, quantity: try Quantity(melons), expiresOn: expires)
        return .count(
            try InboundCount(reference: Self.key(key), location: location, goods: goods, findings: findings))
    }
}

extension TestBase {
    /// Melons, rice, the dock and the shelves.
    func prepareDock() async throws {
        try await prepareMelons()
        _ = try await stock.addLocation(
            code: Dock.dock, in: Melons.warehouse, terms: LocationTerms(storageClass: .chilled, purpose: .receiving),
            by: principal)
        _ = try await stock.addLocation(
            code: Dock.shelf, in: Melons.warehouse,
            terms: LocationTerms(
                storageClass: .chilled, capacity: Capacity(try Quantity(300), of: .piece),
                pickSequence: PickSequence(rawValue: 1)), by: principal)
    }

    @discardableResult
    func handle(_ task: InboundTask, of reference: ReceiptReference = Dock.reference) async throws -> InboundProgress {
        try await stock.handle(task, of: reference, by: principal)
    }

    /// Brings the delivery into a state, and gives a lot of it; nil where there is none.
    @discardableResult
    func bring(_ reference: ReceiptReference = Dock.reference, into state: InboundState) async throws -> ID<Lot>? {
        switch state {
        case .absent: return nil
        case .announced:
            try await handle(Dock.announcement(), of: reference)
            return nil
        case .arrived:
            try await bring(reference, into: .announced)
            try await handle(.arrive(at: Melons.warehouse), of: reference)
            return try await handle(Dock.count("first", 10), of: reference).lot
        case .received:
            let lot = try await bring(reference, into: .arrived)
            try await handle(.finish, of: reference)
            return lot
        case .released:
            let lot = try await bring(reference, into: .received)
            try await handle(.release, of: reference)
            return lot
        case .stored:
            let lot = try #require(try await bring(reference, into: .released))
            try await handle(
                .putAway(PutAway(reference: Dock.key("all"), lot: lot, location: Dock.shelf)), of: reference)
            return lot
        case .cancelled:
            try await bring(reference, into: .announced)
            try await handle(.cancel, of: reference)
            return nil
        }
    }

    /// How many rows the ledger and the deliveries' tables have, and what is sellable.
    func deliveryRows() async throws -> [Int64] {
        var counts: [Int64] = []
        for table in [
            "movement", "lot", "balance", "inbound", "inbound_line", "inbound_event", "inbound_receipt", "audit",
        ] {
            counts.append(try await number("SELECT count(*) FROM \(table)"))
        }
        counts.append(try await number("SELECT COALESCE(sum(sellable), 0)::bigint FROM pool"))
        return counts
    }

    /// Corrects goods of a lot at the dock.
    func correct(
        _ kind: Adjustment.Kind, _ quantity: Int64, of lot: ID<Lot>, _ reference: String, from quality: Quality = .good,
        at location: LocationCode = Dock.dock
    ) async throws -> AdjustedStock {
        let adjustment = try Adjustment(
            reference: Dock.key(reference), kind: kind, lot: lot, warehouse: Melons.warehouse, location: location,
            quality: quality, quantity: try Quantity(quantity), note: AdjustmentNote(rawValue: "看过")!)
        return try await stock.adjust(adjustment, by: principal)
    }

    /// How far the delivery has come.
    func state(of reference: ReceiptReference = Dock.reference) async throws -> InboundState? {
        try await stock.inbound(reference)?.summary.state
    }

    /// What stands at a location in a quality.
    func standing(_ location: LocationCode, _ quality: Quality) async throws -> Int64 {
        try await number(
            """
            SELECT COALESCE(sum(on_hand), 0)::bigint FROM balance JOIN location ON location.id = location_id
            WHERE location.code = '\(location)' AND quality = '\(quality.rawValue)'
            """)
    }
}

/// Why a delivery stayed as it was; nil when it did not.
func refusal(_ body: () async throws -> Void) async -> InboundRefusal? {
    do {
        try await body()
        return nil
    } catch StockError.inboundStays(let reason) {
        return reason
    } catch {
        Issue.record("another failure: \(error)")
        return nil
    }
}
