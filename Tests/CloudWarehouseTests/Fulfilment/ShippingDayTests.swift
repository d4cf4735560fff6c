import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The day's shipping")
struct ShippingDayTests {
    private static func day(due: Int64, packed: Int64, perHour: Int64) -> ShippingDay {
        ShippingDay(
            at: .sample, cutOff: .sample, due: due, packed: packed, overdue: 0, undated: 0, doneOrders: 0,
            doneParcels: 0,
            perHour: perHour, atRisk: 0)
    }

    @Test("the finish is what is left, at the pace of the last hour")
    func finish() {
        #expect(Self.day(due: 30, packed: 10, perHour: 40).finish == Timestamp.sample.advanced(by: .seconds(1_800)))
        #expect(Self.day(due: 30, packed: 30, perHour: 0).finish == .sample, "nothing is left")
        #expect(Self.day(due: 30, packed: 10, perHour: 0).finish == nil, "nothing is being packed")
    }

    @Test("due, done, pace and risk are counted by the base's day", .onDatabase)
    func counts() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(20)
            #expect(try await base.fulfilment.today().due == 0)
            #expect(try await base.fulfilment.today().undated == 0)
            let now = try await base.fulfilment.today().at
            func order(_ reference: String, hours: Int64?) throws -> PlaceOrder {
                try PlaceOrder(
                    source: Melons.source, reference: OrderReference(rawValue: reference)!,
                    lines: [PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(1))], payment: .paid,
                    terms: OrderTerms(shipBy: hours.map { now.advanced(by: .seconds($0 * 3_600)) }))
            }
            try await base.place([
                order("late", hours: -1), order("soon", hours: 1), order("later", hours: 3),
                order("whenever", hours: nil),
            ])
            let cutOff = now.advanced(by: .seconds(4 * 3_600))
            var day = try await base.fulfilment.today(cutOff: cutOff)
            #expect(day.due == 3 && day.overdue == 1 && day.undated == 1 && day.perHour == 0)
            #expect(day.atRisk == 3, "nothing is being packed")
            try await base.released()
            #expect(try await base.pack(1, 2) == [.done, .done])
            day = try await base.fulfilment.today(cutOff: cutOff)
            #expect(day.due == 3 && day.packed == 2 && day.perHour == 2 && day.overdue == 1)
            #expect(day.atRisk == 0, "at two an hour the last one is packed in half an hour, and has three")
            #expect(day.finish.map { $0 > day.at } == true)
            #expect(try await base.handOver(1) == [.done])
            day = try await base.fulfilment.today(cutOff: cutOff)
            #expect(day.due == 2 && day.doneOrders == 1 && day.doneParcels == 1 && day.overdue == 0)
            try await base.run(
                script:
                    "UPDATE parcel SET shipped_at = shipped_at - interval '1 day', packed_at = packed_at - interval '2 hours'"
            )
            day = try await base.fulfilment.today(cutOff: cutOff)
            #expect(day.doneOrders == 0 && day.perHour == 0, "yesterday's is not today's")
            #expect(try await base.fulfilment.today(cutOff: now).due == 0)
        }
    }
}
