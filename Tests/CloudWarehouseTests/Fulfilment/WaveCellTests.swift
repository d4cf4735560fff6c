import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Waves in the database", .onDatabase)
struct WaveCellTests {
    @Test(
        "every event in every state of a wave does what its cell says, and what is refused changes nothing",
        arguments: WaveState.allCases)
    func cells(state: WaveState) async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(20)
            for event in WaveEvent.allCases {
                let code = try WaveCode("\(state)-\(event)")
                let terms = try await bring(code, into: state, base)
                let before = try await base.fulfilmentRows()
                var progress: WaveProgress?
                let reason = await failure {
                    switch event {
                    case .plan: progress = try await base.fulfilment.plan(code, terms, by: base.principal)
                    case .release: progress = try await base.fulfilment.release(code, by: base.principal)
                    case .close, .cancel: progress = try await base.fulfilment.end(code, by: event, base.principal)
                    }
                }
                let about: Comment = "\(state) \(event)"
                switch state.after(event) {
                case .becomes(let next): #expect(progress?.state == next && progress?.isRepeated == false, about)
                case .binds: #expect(progress?.state == .released && progress?.bound == 1, about)
                case .closesIfEmpty: #expect(reason == .waveStays(.hasParcels(1)), about)
                case .unchanged: #expect(progress?.state == state && progress?.isRepeated == true, about)
                case .refused(let expected): #expect(reason == .waveStays(expected), about)
                }
                let isChanged = progress.map { !$0.isRepeated } ?? false
                #expect(try await (base.fulfilmentRows() != before) == isChanged, about)
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    /// A wave of one order, of a shop of its own, in that state.
    private func bring(_ code: WaveCode, into state: WaveState, _ base: TestBase) async throws -> WaveTerms {
        var terms = Waves.terms()
        terms.shop = ShopName(rawValue: code.rawValue)
        let order = try PlaceOrder(
            source: Melons.source, reference: OrderReference(rawValue: code.rawValue)!,
            lines: [PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(1))], payment: .paid,
            terms: OrderTerms(shop: terms.shop))
        try await base.place([order])
        if state == .absent { return terms }
        _ = try await base.fulfilment.plan(code, terms, by: base.principal)
        switch state {
        case .absent, .planned: break
        case .releasing: try await base.run(script: "UPDATE wave SET state = 'releasing' WHERE code = '\(code)'")
        case .cancelled: _ = try await base.fulfilment.end(code, by: .cancel, base.principal)
        case .released, .closed: _ = try await base.fulfilment.release(code, by: base.principal)
        }
        if state == .closed {
            _ = try await base.fulfilment.change(Waves.scan(1, of: code), .dissolve(to: nil), by: base.principal)
            _ = try await base.fulfilment.end(code, by: .close, base.principal)
        }
        return terms
    }

    @Test("a wave of more orders than are bound at once is bound in pieces, each order once, and every parcel numbered")
    func pieces() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(1_100)
            let orders = Int(FulfilmentLimits.groupsPerChunk) * 2 + 1
            try await base.place((1...orders).map { try Melons.order("\($0)", melons: 1) })
            let progress = try await base.released()
            #expect(progress.bound == Int64(orders) && progress.parcels == Int64(orders))
            #expect(try await base.number("SELECT max(number)::bigint FROM parcel") == Int64(orders))
            #expect(try await base.number("SELECT released_through::bigint FROM wave") == Int64(orders))
            let scans = (1...1_000).map { PackScan(Waves.scan($0)) }
            let results = try await base.fulfilment.pack(scans, by: base.principal)
            #expect(results.count == 1_000 && results.allSatisfy { $0.outcome == .done })
            #expect(
                await failure { _ = try await base.fulfilment.pack(scans + scans, by: base.principal) }
                    == .outOfRange(.scans, atMost: 1_000))
            #expect(try await base.number("SELECT count(*) FROM movement WHERE reason = 'pick'") == 4)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("what changed between plan and release stays outside")
    func meanwhile() async throws {
        try await TestBase.with(connections: 4) { base in
            try await base.prepareWaves(3)
            let ids = try await base.place(
                (1...6).map { try Melons.order("\($0)", melons: 1, payment: .paidElsewhere) })
            #expect(try await base.number("SELECT count(*) FROM customer_order WHERE state = 'paid_short'") == 3)
            _ = try await base.fulfilment.plan(Waves.code, Waves.terms(), by: base.principal)
            try await base.change(.cancel, .id(ids[0]))
            _ = try await base.orders.amend(.id(ids[1]), .lockForRefund, by: base.principal)
            let progress = try await base.fulfilment.release(Waves.code, by: base.principal)
            #expect(progress.orders == 3 && progress.changed == 2 && progress.bound == 1)
            #expect(
                await failure {
                    _ = try await base.fulfilment.plan(WaveCode("W-2"), Waves.terms(), by: base.principal)
                } == .waveStays(.noOrders))
            var other = Waves.terms()
            other.mostOrders = 7
            #expect(
                await failure { _ = try await base.fulfilment.plan(Waves.code, other, by: base.principal) }
                    == .waveStays(.otherUnderCode))
            #expect(try await base.differences().isEmpty)
        }
    }
}
