import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// A count of the melons' shelf, `PD-1`.
enum Tally {
    static let reference = ReceiptReference(rawValue: "PD-1")!

    static func plan(
        _ scope: StockCountPlan.Scope = .location(Melons.location), isBlind: Bool = true
    ) -> StockCountTask {
        .plan(StockCountPlan(warehouse: Melons.warehouse, scope: scope, isBlind: isBlind))
    }

    static func count(
        _ lot: ID<Lot>, _ melons: Int64, as key: String, at location: LocationCode = Melons.location,
        quality: Quality = .good
    ) throws -> StockCountTask {
        .count(
            StockCountEntry(
                reference: Road.key(key), place: CountedPlace(lot: lot, location: location, quality: quality),
                counted: try Quantity(melons)))
    }

    static func explain(
        _ lot: ID<Lot>, as key: String = "e", reason: ShrinkageReason = .spoiled,
        at location: LocationCode = Melons.location
    ) -> StockCountTask {
        .explain(
            StockCountExplanation(
                reference: Road.key(key), place: CountedPlace(lot: lot, location: location), reason: reason,
                answerable: PlainWords(rawValue: "王师傅")!))
    }
}

extension TestBase {
    @discardableResult
    func count(
        _ task: StockCountTask, of reference: ReceiptReference = Tally.reference
    ) async throws -> StockCountProgress {
        try await stock.handle(task, of: reference, by: principal)
    }

    /// Counts `melons` of the lot twice, explains what is missing, and finishes.
    func countThrough(
        _ lot: ID<Lot>, _ melons: Int64, of reference: ReceiptReference = Tally.reference
    ) async throws {
        for task in [
            Tally.plan(), try Tally.count(lot, melons, as: "1"), try Tally.count(lot, melons, as: "2"),
            Tally.explain(lot), .finish,
        ] {
            try await count(task, of: reference)
        }
    }

    /// Brings a count of the only lot into a state.
    func bringCount(_ reference: ReceiptReference, of lot: ID<Lot>, _ melons: Int64, into state: StockCountState)
        async throws
    {
        let counting = [Tally.plan(), try Tally.count(lot, melons, as: "first")]
        let tasks: [StockCountTask] =
            switch state {
            case .absent: []
            case .planned: [Tally.plan()]
            case .counting: counting
            case .counted: counting + [.finish]
            case .posted: counting + [.finish, .approve]
            case .cancelled: [Tally.plan(), .cancel]
            }
        for task in tasks { try await count(task, of: reference) }
    }

    /// How many rows counts have written, and what is sellable.
    func countRows() async throws -> [Int64] {
        var counts: [Int64] = []
        for table in [
            "movement", "balance", "stock_count", "stock_count_event", "stock_count_line", "stock_count_entry", "audit",
        ] {
            counts.append(try await number("SELECT count(*) FROM \(table)"))
        }
        counts.append(try await number("SELECT COALESCE(sum(sellable), 0)::bigint FROM pool"))
        return counts
    }
}

/// Why a count stayed as it was; nil when it did not.
func countStays(_ body: () async throws -> Void) async -> StockCountRefusal? {
    do {
        try await body()
        return nil
    } catch StockError.countStays(let reason) {
        return reason
    } catch {
        Issue.record("another failure: \(error)")
        return nil
    }
}

/// Why the ledger was not changed; nil when it was.
func unadjusted(_ body: () async throws -> Void) async -> AdjustmentRefusal? {
    do {
        try await body()
        return nil
    } catch StockError.notAdjusted(let reason) {
        return reason
    } catch {
        Issue.record("another failure: \(error)")
        return nil
    }
}
