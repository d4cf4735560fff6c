import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Melons that go from the main warehouse to a second one, `north`, whose places are `N-C`, chilled, and `N-W`, warm.
enum Road {
    static let north = try! WarehouseCode("north")
    static let chilled = try! LocationCode("N-C")
    static let warm = try! LocationCode("N-W")
    static let reference = ReceiptReference(rawValue: "DB-1")!

    static func key(_ text: String) -> ReceiptReference { ReceiptReference(rawValue: text)! }

    static func request(
        _ melons: Int64 = 40, rice: Int64 = 0, back: Bool = false, expectedAt: Timestamp? = nil
    ) throws -> TransferTask {
        var lines = [ExpectedGoods(sku: Melons.melon, owner: Melons.owner, quantity: try Quantity(melons))]
        if rice > 0 { lines.append(ExpectedGoods(sku: Melons.rice, owner: Melons.owner, quantity: try Quantity(rice))) }
        return .request(
            try TransferRequest(
                from: back ? north : Melons.warehouse, to: back ? Melons.warehouse : north, expectedAt: expectedAt,
                lines: lines))
    }

    static func pick(
        _ lot: ID<Lot>, _ melons: Int64 = 10, as key: String = "p", at location: LocationCode = Melons.location,
        quality: Quality = .good
    ) throws -> TransferTask {
        .pick(
            try TransferPick(
                reference: Self.key(key), lot: lot, location: location, quality: quality, quantity: try Quantity(melons)
            ))
    }

    static func arrive(
        _ lot: ID<Lot>, received: Int64 = 0, damaged: Int64 = 0, lost: Int64 = 0, as key: String = "a",
        at location: LocationCode = chilled, quality: Quality = .good
    ) throws -> TransferTask {
        let isLoss = damaged + lost > 0
        return .arrive(
            try TransferArrival(
                reference: Self.key(key), lot: lot, quality: quality,
                count: TransferArrival.Count(
                    received: try Quantity(received), damaged: try Quantity(damaged), lost: try Quantity(lost)),
                location: received + damaged > 0 ? location : nil,
                loss: isLoss ? .init(reason: .broken, answerable: PlainWords(rawValue: "司机张师傅")!) : nil))
    }
}

extension TestBase {
    /// So many melons and so much rice in the main warehouse, and the second one; gives the melons' lot.
    @discardableResult
    func prepareRoad(_ melons: Int64 = 100, rice: Int64 = 0) async throws -> ID<Lot> {
        try await stockMelons(melons, rice: rice)
        _ = try await stock.addWarehouse(code: Road.north, name: try Name("北仓"), by: principal)
        _ = try await stock.addLocation(code: Road.chilled, in: Road.north, storageClass: .chilled, by: principal)
        _ = try await stock.addLocation(code: Road.warm, in: Road.north, storageClass: .ambient, by: principal)
        return try #require(try await stock.lots(of: Melons.melon).lots.first).id
    }

    @discardableResult
    func transfer(
        _ task: TransferTask, of reference: ReceiptReference = Road.reference
    ) async throws -> TransferProgress {
        try await stock.handle(task, of: reference, by: principal)
    }

    /// Brings a transfer of melons into a state.
    func bring(
        _ reference: ReceiptReference, of lot: ID<Lot>, into state: TransferState, melons: Int64 = 10
    ) async throws {
        let requested = try [Road.request()]
        let approved = requested + [.approve]
        let picking = approved + [try Road.pick(lot, melons, as: "first")]
        let departed = picking + [.load, .depart(expectedAt: nil)]
        let tasks: [TransferTask] =
            switch state {
            case .absent: []
            case .requested: requested
            case .approved: approved
            case .picking: picking
            case .loaded: picking + [.load]
            case .inTransit: departed
            case .returning: departed + [.cancel]
            case .closed: departed + [try Road.arrive(lot, received: melons, as: "all")]
            case .cancelled: requested + [.cancel]
            }
        for task in tasks { try await transfer(task, of: reference) }
    }

    /// What is sellable of melons in a warehouse, and so on.
    func counters(of sku: SKUCode = Melons.melon, in warehouse: WarehouseCode) async throws -> PoolCounters? {
        let levels = try await stock.levels(of: sku)
        return levels.first { $0.position.warehouse == warehouse }?.counters
    }

    /// How many rows transfers have written, and what is sellable.
    func transferRows() async throws -> [Int64] {
        var counts: [Int64] = []
        for table in [
            "movement", "balance", "transfer", "transfer_line", "transfer_event", "transfer_lot", "transfer_pick",
            "transfer_arrival", "audit",
        ] {
            counts.append(try await number("SELECT count(*) FROM \(table)"))
        }
        counts.append(try await number("SELECT COALESCE(sum(sellable), 0)::bigint FROM pool"))
        return counts
    }

    /// What the ledger has at a place outside of every warehouse.
    func outside(_ code: String) async throws -> Int64 {
        try await number(
            """
            SELECT (COALESCE(sum(quantity) FILTER (WHERE target.code = '\(code)'), 0)
                - COALESCE(sum(quantity) FILTER (WHERE origin.code = '\(code)'), 0))::bigint
            FROM movement
            JOIN location AS origin ON origin.id = from_location_id
            JOIN location AS target ON target.id = to_location_id
            """)
    }
}

/// Why a transfer stayed as it was; nil when it did not.
func stays(_ body: () async throws -> Void) async -> TransferRefusal? {
    do {
        try await body()
        return nil
    } catch StockError.transferStays(let reason) {
        return reason
    } catch {
        Issue.record("another failure: \(error)")
        return nil
    }
}

/// Which warehouse or location was named in vain; nil when the stock was changed.
func named(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch StockError.unknownWarehouse(let code) {
        return "no warehouse \(code)"
    } catch StockError.unknownLocation(let warehouse, let code) {
        return "no location \(warehouse) \(code)"
    } catch StockError.closedLocation(let warehouse, let code) {
        return "closed \(warehouse) \(code)"
    } catch {
        Issue.record("another failure: \(error)")
        return nil
    }
}
