import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Orders of which parcels were recorded", .onDatabase)
struct SentOrderTests {
    private static let shop = OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!)

    @Test("an order of which a parcel was recorded is not cancelled or reduced, until the parcel is withdrawn")
    func sent() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let shipments = Shipments(pool: base.pool, timeZone: "Asia/Shanghai")
            let tracking = try TrackingNumber("SF-0001")
            let sent = OrderChangeRefusal.sent(.committed)
            func refused(_ change: ChangeOrder.Change) async throws -> OrderRefusal? {
                do {
                    try await base.change(change, .key(Self.shop))
                    return nil
                } catch IntakeError.refused(let refusal) {
                    return refusal
                }
            }
            try await base.withIntake { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 3))
                let parcel = Shipment.Parcel(
                    order: Self.shop,
                    carrier: try Carrier("顺丰"), tracking: tracking)
                #expect(try await shipments.record([parcel], by: base.principal) == [.recorded])
                let less = ChangeOrder.Change.reduce([ChangeOrder.Remainder(position: 1, quantity: try Quantity(1))])
                #expect(try await refused(.cancel) == .stays(sent))
                #expect(try await refused(less) == .stays(sent))
                #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 3))
                try await shipments.withdraw(tracking, of: .key(Self.shop), by: base.principal)
                #expect(try await refused(less) == nil)
                #expect(try await shipments.record([parcel], by: base.principal) == [.recorded])
                #expect(try await refused(.cancel) == .stays(sent))
                try await shipments.withdraw(tracking, of: .key(Self.shop), by: base.principal)
                #expect(try await refused(.cancel) == nil)
            }
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("while a refund is asked for no parcel is recorded, and one that was is told to nobody")
    func refund() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            let shipments = Shipments(pool: base.pool, timeZone: "Asia/Shanghai")
            func record(_ tracking: String) async throws -> [ShipmentOutcome] {
                let parcel = Shipment.Parcel(
                    order: Self.shop, carrier: try Carrier("顺丰"), tracking: try TrackingNumber(tracking))
                return try await shipments.record([parcel], by: base.principal)
            }
            func export() async throws -> [[String]] {
                let export = try await shipments.export(of: Melons.source, by: base.principal) { _ in true }
                return [export.written, export.leftOut].map { $0.map(\.parcel.tracking.rawValue) }
            }
            try await base.withIntake { intake in _ = try await intake.desk.place(Melons.order("1", melons: 3)) }
            _ = try await base.orders.amend(.key(Self.shop), .lockForRefund, by: base.principal)
            #expect(try await record("SF-0001") == [.refundLocked])
            #expect(try await base.number("SELECT count(*) FROM shipment") == 0)
            _ = try await base.orders.amend(.key(Self.shop), .unlock, by: base.principal)
            #expect(try await record("SF-0001") == [.recorded])
            _ = try await base.orders.amend(.key(Self.shop), .lockForRefund, by: base.principal)
            #expect(try await export() == [[], ["SF-0001"]])
            _ = try await base.orders.amend(.key(Self.shop), .unlock, by: base.principal)
            #expect(try await export() == [["SF-0001"], []])
        }
    }
}
