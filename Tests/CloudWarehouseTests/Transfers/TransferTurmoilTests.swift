import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

/// Random sequences of what people and orders do to the same melons, at once.
@Suite("Transfers amid everything else", .onDatabase)
struct TransferTurmoilTests {
    /// What a step is asked about.
    private struct Shop: Sendable {
        let base: TestBase
        let desk: OrderDesk
        let round: Int
        let lots: [ID<Lot>]
    }

    /// Takes one random step; what is refused is refused, and everything else is a failure of the test.
    private static func step(_ number: Int, of worker: Int, in shop: Shop, _ random: inout SplitMix) async throws {
        let (base, name) = (shop.base, "\(shop.round)-\(worker)-\(number)")
        let lot = shop.lots[Int(random.pick(0...Int64(shop.lots.count - 1)))]
        let transfer = Road.key("T\(random.pick(1...6))")
        let melons = random.pick(1...12)
        do {
            switch random.pick(1...16) {
            case 1, 2:
                try await base.transfer(Road.request(60, back: random.once(in: 3)), of: transfer)
                try await base.transfer(.approve, of: transfer)
            case 3, 4, 5:
                let place = random.once(in: 3) ? Road.chilled : Melons.location
                try await base.transfer(Road.pick(lot, melons, as: "p\(random.pick(1...5))", at: place), of: transfer)
            case 6:
                try await base.transfer(.load, of: transfer)
                try await base.transfer(.depart(expectedAt: nil), of: transfer)
            case 7, 8, 9:
                guard let found = try await base.stock.transfer(transfer) else { return }
                let end = found.summary.state == .returning ? found.summary.from : found.summary.to
                let place = end == Road.north ? Road.chilled : Melons.location
                let lost = random.pick(0...1)
                guard let moving = found.lots.first(where: { $0.counters.inTransit.rawValue > lost }) else { return }
                let (lot, left) = (moving.lot, moving.counters.inTransit.rawValue)
                let arrival = try Road.arrive(
                    lot, received: random.once(in: 2) ? left - lost : 1, lost: lost, as: "a\(name)", at: place)
                try await base.transfer(arrival, of: transfer)
            case 10: if random.once(in: 3) { try await base.transfer(.cancel, of: transfer) }
            case 11:
                let kind = random.once(in: 2) ? Adjustment.Kind.lost : .damaged
                let adjustment = try Adjustment(
                    reference: Road.key("A\(name)"), kind: kind, lot: lot, warehouse: Melons.warehouse,
                    location: Melons.location, quality: .good, quantity: try Quantity(1),
                    note: AdjustmentNote(rawValue: "乱")!)
                _ = try await base.stock.adjust(adjustment, by: base.principal)
            case 12:
                _ = try await base.stock.receive(Melons.receipt("R\(name)", melons: melons), by: base.principal)
            case 13: try await count(lot, random.pick(-2...2), as: name, in: base)
            default:
                let hold = PlaceOrder.Payment.due(withinSeconds: 60)
                let placed = try await shop.desk.place(Melons.order(name, melons: melons, payment: hold))
                let key = OrderIdentity.id(placed.id)
                try await base.change(random.once(in: 2) ? .pay : .cancel, key, at: shop.desk)
            }
        } catch StockError.countStays, StockError.transferStays, StockError.notAdjusted, StockError.unknownLocation {
        } catch IntakeError.refused {
        }
    }

    /// Counts so much more of a lot than the ledger has a moment before, and approves it.
    private static func count(_ lot: ID<Lot>, _ more: Int64, as name: String, in base: TestBase) async throws {
        let reference = Road.key("PD\(name)")
        do {
            try await count(lot, more, under: reference, in: base)
        } catch {
            // Goods of a count that is left open are counted by no other.
            _ = try? await base.count(.cancel, of: reference)
            throw error
        }
    }

    private static func count(
        _ lot: ID<Lot>, _ more: Int64, under reference: ReceiptReference, in base: TestBase
    ) async throws {
        try await base.count(Tally.plan(.sku(Melons.melon)), of: reference)
        for standing in try await base.stock.lots(of: Melons.melon).lots {
            for place in standing.standings where place.warehouse == Melons.warehouse {
                let counted = place.onHand.rawValue + (standing.id == lot ? more : 0)
                for key in ["1", "2"] {
                    let entry = StockCountEntry(
                        reference: Road.key("\(key) \(standing.id) \(place.quality)"),
                        place: CountedPlace(lot: standing.id, location: place.location, quality: place.quality),
                        counted: try Quantity(max(0, counted)))
                    try await base.count(.count(entry), of: reference)
                }
                let explanation = StockCountExplanation(
                    reference: Road.key("e \(standing.id) \(place.quality)"),
                    place: CountedPlace(lot: standing.id, location: place.location, quality: place.quality),
                    reason: .unknown, answerable: .sample)
                try await base.count(.explain(explanation), of: reference)
            }
        }
        try await base.count(.finish, of: reference)
        try await base.count(.approve, of: reference)
    }

    @Test("whatever people and orders do at once, no melon is sold twice, lost unseen or made", arguments: 1...4)
    func turmoil(round: Int) async throws {
        try await TestBase.with(connections: 6) { base in
            let lot = try await base.prepareRoad(80)
            _ = try await base.stock.receive(Melons.receipt("RK-2", melons: 40), by: base.principal)
            let lots = try await base.stock.lots(of: Melons.melon).lots.map(\.id)
            #expect(lots.contains(lot) && lots.count == 2)
            try await base.withIntake { intake in
                let shop = Shop(base: base, desk: intake.desk, round: round, lots: lots)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 1...5 {
                        group.addTask {
                            var random = SplitMix(seed: UInt64(round * 100 + worker))
                            for number in 1...80 {
                                try await Self.step(number, of: worker, in: shop, &random)
                                if number % 20 == 0 { #expect(try await base.differences().isEmpty) }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                // Corrections, new lots and other counts may have hindered each of them; nothing hinders this one.
                try await Self.count(lot, 1, as: "the last", in: base)
            }
            #expect(try await base.differences().isEmpty)
            #expect(try await base.number("SELECT count(*) FROM transfer_arrival") > 0, "goods have arrived")
            #expect(try await base.number("SELECT count(*) FROM stock_count WHERE state = 'posted'") > 0)
            let made = try await base.number(
                """
                SELECT (COALESCE(sum(quantity) FILTER (WHERE origin.code = 'supplier'), 0)
                    - COALESCE(sum(quantity) FILTER (WHERE target.code = 'loss'), 0)
                    + COALESCE(sum(quantity) FILTER (WHERE origin.code = 'loss'), 0))::bigint
                FROM movement
                JOIN location AS origin ON origin.id = from_location_id
                JOIN location AS target ON target.id = to_location_id
                """)
            let standing = try await base.number("SELECT sum(on_hand)::bigint FROM balance")
            let (dock, road) = (try await base.outside("transfer-dock"), try await base.outside("in-transit"))
            #expect(made == standing + dock + road)
        }
    }
}
