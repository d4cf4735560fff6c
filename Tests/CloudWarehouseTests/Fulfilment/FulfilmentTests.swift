import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("From a paid order to the parcel on the truck", .onDatabase)
struct FulfilmentTests {
    @Test("an order of melons: planned, released, packed by one scan, handed over; each step again changes nothing")
    func walk() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            let order = try await base.place([Melons.order("1", melons: 3)])[0]
            let preview = try await base.fulfilment.preview(Waves.terms())
            #expect(
                preview.orders == 1 && preview.demands.map(\.wanted) == [3] && preview.demands.map(\.bindable) == [10])
            let progress = try await base.released(Waves.terms(carrier: Waves.carrier))
            #expect(progress.state == .released && progress.bound == 1 && progress.parcels == 1)
            #expect(try await base.number("SELECT sum(allocated)::bigint FROM balance") == 3)
            #expect(try await base.state(of: order) == .committed)
            #expect(try await base.pack(1) == [.done])
            #expect(try await base.state(of: order) == .packed)
            #expect(try await base.standing(Waves.packing, .good) == 3)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 10, committed: 3))
            #expect(try await base.handOver(1, to: Waves.carrier) == [.refused(.noTracking)])
            let number = ParcelChange.number(Waves.carrier, try TrackingNumber("75312345678901"))
            #expect(try await base.fulfilment.change(Waves.scan(1), number, by: base.principal).outcome == .done)
            #expect(try await base.fulfilment.change(Waves.scan(1), number, by: base.principal).outcome == .repeated)
            let scans = [try #require(ParcelScan("75312345678901"))]
            let results = try await base.fulfilment.handOver(
                scans, on: Waves.manifest, to: Waves.carrier, by: base.principal)
            #expect(results.map(\.outcome) == [.done] && results[0].label?.description == "W-1-1")
            #expect(try await base.state(of: order) == .shipped)
            #expect(try await base.melonCounters() == PoolCounters(sellable: 7))
            #expect(try await base.standing(Waves.packing, .good) == 0)
            let rows = try await base.fulfilmentRows()
            #expect(try await base.pack(1) == [.repeated])
            #expect(try await base.handOver(1, to: Waves.carrier) == [.repeated])
            #expect(try await base.fulfilment.release(Waves.code, by: base.principal).isRepeated)
            #expect(
                try await base.fulfilment.plan(Waves.code, Waves.terms(carrier: Waves.carrier), by: base.principal)
                    .isRepeated)
            #expect(try await base.fulfilmentRows() == rows)
            let shipments = Shipments(pool: base.pool, timeZone: "Asia/Shanghai")
            #expect(try await shipments.list().map(\.parcel.tracking.rawValue) == ["75312345678901"])
            let manifest = try await base.fulfilment.manifest(Waves.manifest)
            #expect(manifest.parcels.map(\.label.number) == [1] && manifest.manifest.carrier == Waves.carrier)
            #expect(try await base.fulfilment.end(Waves.code, by: .close, base.principal).state == .closed)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("lots are bound first expired first out; expired, held and short-lived ones never")
    func firstExpired() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(0)
            let late = try await base.receiveMelons("RK-1", 3, goodFor: 20)
            let soon = try await base.receiveMelons("RK-2", 3, goodFor: 5, at: Waves.shelf)
            let tooSoon = try await base.receiveMelons("RK-3", 3, goodFor: 2)
            let expired = try await base.receiveMelons("RK-4", 3, goodFor: 1)
            let held = try await base.receiveMelons("RK-5", 3, goodFor: 4)
            try await base.run(
                script: """
                    UPDATE lot SET expires_on = expires_on - 3 WHERE id = '\(expired)';
                    UPDATE balance SET quality = 'held' WHERE lot_id = '\(held)';
                    """)
            try await base.fulfilment.setPacking(
                SKUPacking(minimumLifeDays: 3), of: Melons.melon, by: base.principal)
            try await base.place((1...7).map { try Melons.order("\($0)", melons: 1) })
            let progress = try await base.released()
            #expect(progress.bound == 6 && progress.short == 1)
            #expect(try await base.lotsInParcels() == [soon, soon, soon, late, late, late])
            #expect(try await base.number("SELECT count(*) FROM parcel_item WHERE lot_id = '\(tooSoon)'") == 0)
            let left = try await base.fulfilment.preview(Waves.terms())
            #expect(left.orders == 1 && left.demands.map(\.bindable) == [0], "what was short comes into the next wave")
        }
    }

    @Test("the day on which it leaves counts, by the base's clocks: 23:30 UTC is tomorrow in Shanghai")
    func timeZones() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(0)
            let today = try await base.stock.today()
            try await base.receiveMelons("RK-1", 5, goodFor: 3)
            var terms = OrderTerms()
            // Half past seven in the morning of the day after in Shanghai, half past eleven at night in Greenwich.
            let late = Timestamp(internet: "\(today)T23:30:00Z")
            terms.shipNotBefore = late
            let order = try PlaceOrder(
                source: Melons.source, reference: OrderReference(rawValue: "late")!,
                lines: [PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(1))], payment: .paid, terms: terms)
            try await base.place([order])
            var wave = Waves.terms()
            wave.shipOn = today
            #expect(try await base.fulfilment.preview(wave).orders == 0, "it may not leave today")
            wave.shipOn = today.advanced(byDays: 1)
            #expect(try await base.fulfilment.preview(wave).orders == 1)
            wave.shipOn = today.advanced(byDays: 3)
            #expect(try await base.fulfilment.preview(wave).demands.map(\.bindable) == [5], "good on its last day")
            wave.shipOn = today.advanced(byDays: 4)
            #expect(try await base.fulfilment.preview(wave).demands.map(\.bindable) == [0])
        }
    }

    @Test("orders of the same person share a parcel; one of another shop, and one without an address, do not")
    func merging() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(20)
            func order(_ reference: String, _ recipient: Recipient?, shop: String? = nil) throws -> PlaceOrder {
                try PlaceOrder(
                    source: Melons.source, reference: OrderReference(rawValue: reference)!,
                    lines: [PlaceOrder.Line(sku: Melons.melon, quantity: try Quantity(2))], payment: .paid,
                    terms: OrderTerms(shop: shop.flatMap(ShopName.init(rawValue:))), recipient: recipient)
            }
            let ids = try await base.place([
                order("1", Recipients.wang), order("2", Recipients.li), order("3", Recipients.wang),
                order("4", Recipients.wang, shop: "二店"), order("5", nil),
            ])
            try await base.fulfilment.setPacking(
                SKUPacking(mostPerParcel: 3), of: Melons.melon, by: base.principal)
            #expect(try await base.released().parcels == 5)
            func parcels(_ order: Int) async throws -> Int64 {
                try await base.number("SELECT count(*) FROM parcel_order WHERE order_id = '\(ids[order])'")
            }
            #expect(try await parcels(0) == 1)
            #expect(try await parcels(2) == 2, "of four melons three are in the first parcel, and one in the second")
            let shared = try await base.number(
                "SELECT count(*) FROM (SELECT FROM parcel_order GROUP BY parcel_id HAVING count(*) = 2) AS shared")
            #expect(shared == 1)
            #expect(try await base.pack(1, 2, 3, 4) == [.done, .done, .done, .done])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a multi-item wave: picked as pickers walk, sorted into slots, packed when it is complete")
    func sorting() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10, rice: 5_000)
            let ids = try await base.place([
                Melons.order("1", melons: 2, rice: 500), Melons.order("2", melons: 1, rice: 1_000),
                Melons.order("3", melons: 1),
            ])
            var terms = Waves.terms(.multi)
            terms.slots = 1
            #expect(try await base.released(terms).parcels == 2)
            let tasks = try await base.fulfilment.picks(of: Waves.code)
            #expect(tasks.map(\.round) == [1, 1, 2, 2] && tasks.map(\.quantity) == [2, 500, 1, 1_000])
            #expect(tasks.map { $0.slots.map(\.number) } == [[1], [1], [1], [1]])
            #expect(try await base.pack(1) == [.refused(.notPicked)])
            func pick(_ task: PickTask, _ reference: String) async throws -> PickResult {
                try await base.fulfilment.pick(
                    WavePick(
                        reference: ReceiptReference(rawValue: reference)!, location: task.location, lot: task.lot,
                        round: task.round), for: Waves.code, by: base.principal)
            }
            #expect(try await pick(tasks[0], "p1") == PickResult(asked: 2, found: 2, rebound: 0))
            let again = try await pick(tasks[0], "p1")
            #expect(again.isRepeated && again.found == 2)
            #expect(await failure { _ = try await pick(tasks[1], "p1") } == .notPicked(.otherUnderReference))
            #expect(await failure { _ = try await pick(tasks[0], "p2") } == .notPicked(.nothingToPick))
            #expect(try await base.pack(1) == [.refused(.notPicked)])
            #expect(try await pick(tasks[1], "p3").found == 500)
            #expect(try await base.state(of: ids[0]) == .picked)
            #expect(try await base.pack(1, 2) == [.done, .refused(.notPicked)])
            #expect(
                await failure {
                    _ = try await base.fulfilment.end(Waves.code, by: .close, base.principal)
                } == .waveStays(.hasParcels(2)))
            #expect(try await base.handOver(1) == [.done])
            #expect(try await base.state(of: ids[0]) == .shipped)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("every event in every state of a parcel does what its cell says, and what is refused changes nothing")
    func cells() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(100, rice: 100_000)
            var number = 0
            for kind in [Wave.Kind.single, .multi] {
                for state in ParcelState.allCases {
                    for event in ParcelEvent.allCases where event != .pick {
                        number += 1
                        try await cell(kind, state, event, number, base)
                    }
                }
            }
            #expect(try await base.differences().isEmpty)
        }
    }

    private func cell(
        _ kind: Wave.Kind, _ state: ParcelState, _ event: ParcelEvent, _ number: Int, _ base: TestBase
    ) async throws {
        let code = try WaveCode("C-\(number)")
        try await base.place([
            Melons.order("\(number)", melons: 1, rice: kind == .multi ? 100 : 0, recipient: Recipients.li)
        ])
        try await base.released(Waves.terms(kind), as: code)
        try await bring(code, kind, into: state, base)
        if event == .relabel {
            try await base.run(
                script: """
                    INSERT INTO recipient (order_id, version, ciphertext, key_id, mask, merge_key, region)
                    SELECT order_id, 2, ciphertext, key_id, mask, merge_key, region FROM recipient
                    WHERE order_id = (SELECT id FROM customer_order WHERE reference = '\(number)')
                    """)
        }
        let before = try await base.fulfilmentRows()
        var outcome: ParcelResult.Outcome?
        let scan = Waves.scan(1, of: code)
        let reason = await failure {
            switch event {
            case .pick: break
            case .pack: outcome = try await base.fulfilment.pack([PackScan(scan)], by: base.principal)[0].outcome
            case .handOver:
                outcome = try await base.fulfilment.handOver([scan], on: Waves.manifest, to: nil, by: base.principal)[0]
                    .outcome
            case .dissolve:
                outcome = try await base.fulfilment.change(scan, .dissolve(to: nil), by: base.principal).outcome
            case .number:
                let change = ParcelChange.number(Waves.carrier, try TrackingNumber("ZT\(number)00"))
                outcome = try await base.fulfilment.change(scan, change, by: base.principal).outcome
            case .relabel: outcome = try await base.fulfilment.change(scan, .relabel, by: base.principal).outcome
            }
        }
        let about: Comment = "\(kind) \(state) \(event)"
        switch state.after(event, in: kind) {
        case .becomes, .picksAndPacks, .changes: #expect(outcome == .done && reason == nil, about)
        case .unchanged: #expect(outcome == .repeated && reason == nil, about)
        case .refused(let expected):
            #expect(outcome == .refused(expected) || reason == .parcelStays(expected), about)
        }
        #expect(try await (base.fulfilmentRows() != before) == (outcome == .done), about)
        // Whatever it was stopped by, it is taken out of the way.
        if state != .shipped, outcome != .done || event != .handOver {
            _ = try await base.fulfilment.change(scan, .dissolve(to: nil), by: base.principal)
        }
        try await base.run(
            script: "UPDATE order_terms SET refund_lock = NULL; ")
        let order = OrderKey(source: Melons.source, reference: OrderReference(rawValue: "\(number)")!)
        if try await base.orders.details(of: .key(order))?.summary.state == .committed {
            try await base.change(.cancel, .key(order))
        }
    }

    private func bring(
        _ code: WaveCode, _ kind: Wave.Kind, into state: ParcelState, _ base: TestBase
    ) async throws {
        let scan = Waves.scan(1, of: code)
        if state == .bound { return }
        if state == .dissolved {
            _ = try await base.fulfilment.change(scan, .dissolve(to: nil), by: base.principal)
            return
        }
        for task in try await base.fulfilment.picks(of: code) {
            _ = try await base.fulfilment.pick(
                WavePick(reference: ReceiptReference(rawValue: "\(task.sku)")!, location: task.location, lot: task.lot),
                for: code, by: base.principal)
        }
        if state == .picked { return }
        _ = try await base.fulfilment.pack([PackScan(scan)], by: base.principal)
        if state == .packed { return }
        _ = try await base.fulfilment.handOver([scan], on: Waves.manifest, to: nil, by: base.principal)
    }
}
