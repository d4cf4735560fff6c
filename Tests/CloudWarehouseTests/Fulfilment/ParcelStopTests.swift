import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Parcels that must not leave", .onDatabase)
struct ParcelStopTests {
    /// What happens to an order whose label is printed.
    enum Trouble: CaseIterable {
        case cancelled, refund, readdressed, reduced, blocked, sentOtherwise

        var stop: ParcelStop {
            switch self {
            case .cancelled: .cancelled
            case .refund: .refund
            case .readdressed: .address
            case .reduced: .edited
            case .blocked: .lot
            case .sentOtherwise: .sentOtherwise
            }
        }
    }

    private func make(_ trouble: Trouble, _ order: ID<CustomerOrder>, in base: TestBase) async throws {
        switch trouble {
        case .cancelled: try await base.change(.cancel, .id(order))
        case .refund: _ = try await base.orders.amend(.id(order), .lockForRefund, by: base.principal)
        case .readdressed: _ = try await base.orders.amend(.id(order), .recipient(Recipients.li), by: base.principal)
        case .reduced:
            let remainder = ChangeOrder.Remainder(position: 1, quantity: try Quantity(1))
            try await base.change(.reduce([remainder]), .id(order))
        case .blocked: try await base.run(script: "UPDATE lot SET status = 'blocked'")
        case .sentOtherwise:
            let parcel = Shipment.Parcel(
                order: OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!),
                carrier: Waves.carrier, tracking: try TrackingNumber("YT123456"))
            _ = try await Shipments(pool: base.pool, timeZone: "Asia/Shanghai").record([parcel], by: base.principal)
        }
    }

    @Test("what happens after printing stops the parcel where it is packed", arguments: Trouble.allCases)
    func atPacking(trouble: Trouble) async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            let order = try await base.place([Melons.order("1", melons: 2, recipient: Recipients.wang)])[0]
            try await base.released()
            try await make(trouble, order, in: base)
            let rows = try await base.fulfilmentRows()
            #expect(try await base.pack(1) == [.refused(.stopped(trouble.stop))])
            #expect(try await base.fulfilmentRows() == rows, "nothing was picked by the scan")
            _ = try await base.fulfilment.change(Waves.scan(1), .dissolve(to: nil), by: base.principal)
            #expect(try await base.number("SELECT sum(allocated)::bigint FROM balance") == 0)
        }
    }

    @Test(
        "what happens after packing stops the parcel where it is handed over",
        arguments: Trouble.allCases.filter { $0 != .reduced })
    func atHandOver(trouble: Trouble) async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            let order = try await base.place([Melons.order("1", melons: 2, recipient: Recipients.wang)])[0]
            try await base.released()
            #expect(try await base.pack(1) == [.done])
            try await make(trouble, order, in: base)
            let rows = try await base.fulfilmentRows()
            #expect(try await base.handOver(1) == [.refused(.stopped(trouble.stop))])
            #expect(try await base.fulfilmentRows() == rows)
            _ = try await base.fulfilment.change(Waves.scan(1), .dissolve(to: Waves.shelf), by: base.principal)
            #expect(try await base.standing(Waves.shelf, .good) == 2, "they are put where somebody said")
            if trouble == .cancelled {
                #expect(try await base.melonCounters() == PoolCounters(sellable: 10))
                #expect(try await base.differences().isEmpty)
            }
        }
    }

    @Test("a refund that is settled lets the parcel go on, and a new label lets it go to the new address")
    func goesOn() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            let order = try await base.place([Melons.order("1", melons: 2, recipient: Recipients.wang)])[0]
            try await base.released()
            try await make(.refund, order, in: base)
            try await make(.readdressed, order, in: base)
            #expect(try await base.pack(1) == [.refused(.stopped(.refund))])
            _ = try await base.orders.amend(.id(order), .unlock, by: base.principal)
            #expect(try await base.pack(1) == [.refused(.stopped(.address))])
            #expect(try await base.fulfilment.change(Waves.scan(1), .relabel, by: base.principal).outcome == .done)
            #expect(try await base.fulfilment.change(Waves.scan(1), .relabel, by: base.principal).outcome == .repeated)
            #expect(try await base.pack(1) == [.done])
            #expect(try await base.handOver(1) == [.done])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("of two orders in a parcel one with another address keeps the label from being made anew")
    func addressesDiffer() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            let ids = try await base.place([
                Melons.order("1", melons: 1, recipient: Recipients.wang),
                Melons.order("2", melons: 1, recipient: Recipients.wang),
            ])
            #expect(try await base.released().parcels == 1)
            try await make(.readdressed, ids[0], in: base)
            #expect(
                await failure {
                    _ = try await base.fulfilment.change(Waves.scan(1), .relabel, by: base.principal)
                } == .parcelStays(.addressesDiffer))
            _ = try await base.fulfilment.change(Waves.scan(1), .dissolve(to: nil), by: base.principal)
            let again = try await base.released(Waves.terms(), as: WaveCode("W-2"))
            #expect(again.orders == 2 && again.parcels == 2)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order of which nothing was found neither stops the parcel nor is told to have left in it")
    func nothingInside() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(4)
            let lot = try #require(try await base.stock.lots(of: Melons.melon).lots.first).id
            let ids = try await base.place([
                Melons.order("1", melons: 2, recipient: Recipients.wang),
                Melons.order("2", melons: 2, recipient: Recipients.wang),
            ])
            #expect(try await base.released(Waves.terms(carrier: Waves.carrier)).parcels == 1)
            let number = ParcelChange.number(Waves.carrier, try TrackingNumber("75312345678901"))
            _ = try await base.fulfilment.change(Waves.scan(1), number, by: base.principal)
            let pick = WavePick(
                reference: .sample, location: Melons.location, lot: lot, found: try Quantity(2))
            #expect(try await base.fulfilment.pick(pick, for: Waves.code, by: base.principal).givenUp == 2)
            try await make(.cancelled, ids[1], in: base)
            #expect(try await base.pack(1, accepting: true) == [.done])
            #expect(try await base.handOver(1, to: Waves.carrier) == [.done])
            let told = try await Shipments(pool: base.pool, timeZone: "Asia/Shanghai").list()
            #expect(told.map(\.parcel.order.reference.rawValue) == ["1"])
            #expect(try await base.state(of: ids[0]) == .shipped)
            #expect(try await base.state(of: ids[1]) == .cancelled)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("once no more is bound than is still wanted, the other parcels of a reduced order go on")
    func reducedInPart() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            let order = try await base.place([Melons.order("1", melons: 4)])[0]
            try await base.fulfilment.setPacking(SKUPacking(mostPerParcel: 3), of: Melons.melon, by: base.principal)
            #expect(try await base.released().parcels == 2)
            let remainder = ChangeOrder.Remainder(position: 1, quantity: try Quantity(3))
            try await base.change(.reduce([remainder]), .id(order))
            #expect(try await base.pack(1) == [.refused(.stopped(.edited))])
            _ = try await base.fulfilment.change(Waves.scan(2), .dissolve(to: nil), by: base.principal)
            #expect(try await base.pack(1) == [.done])
            #expect(try await base.handOver(1) == [.done])
            #expect(try await base.state(of: order) == .shipped)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 7))
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("an order of which goods have left is not called off any more, and keeps what is still in the house")
    func partlyShipped() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            let order = try await base.place([Melons.order("1", melons: 4)])[0]
            try await base.fulfilment.setPacking(SKUPacking(mostPerParcel: 3), of: Melons.melon, by: base.principal)
            #expect(try await base.released().parcels == 2)
            #expect(try await base.pack(1) == [.done])
            #expect(try await base.handOver(1) == [.done])
            #expect(try await base.state(of: order) == .committed)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 7, committed: 1))
            await #expect(throws: (any Error).self) { try await base.change(.cancel, .id(order)) }
            #expect(try await base.pack(2) == [.done])
            #expect(try await base.handOver(2) == [.done])
            #expect(try await base.state(of: order) == .shipped)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 6))
            #expect(try await base.differences().isEmpty)
        }
    }
}
