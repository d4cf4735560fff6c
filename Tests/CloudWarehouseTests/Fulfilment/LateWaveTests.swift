import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Waves whose day is over", .onDatabase)
struct LateWaveTests {
    @Test("nothing is planned for a day that is over, and a plan that was made in time is answered again")
    func past() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(5)
            try await base.place([Melons.order("1", melons: 1)])
            let today = try await base.stock.today()
            let yesterday = today.advanced(byDays: -1)
            var terms = Waves.terms()
            terms.shipOn = yesterday
            let refused = FulfilmentError.dayIsOver(yesterday, today: today)
            #expect(await failure { _ = try await base.fulfilment.preview(terms) } == refused)
            func plan() async throws -> WaveProgress {
                try await base.fulfilment.plan(Waves.code, terms, by: base.principal)
            }
            #expect(await failure { _ = try await plan() } == refused)
            #expect(try await base.number("SELECT count(*) FROM wave") == 0)
            terms.shipOn = today
            #expect(try await !plan().isRepeated)
            // A day goes by.
            terms.shipOn = yesterday
            let digest = terms.fingerprint.rawValue.bytes.map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            try await base.run(script: "UPDATE wave SET ship_on = ship_on - 1, fingerprint = '\\x\(digest)'")
            #expect(try await plan().isRepeated)
        }
    }

    @Test("a wave that is released or picked after its day binds nothing that has expired meanwhile")
    func expired() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(0)
            let old = try await base.receiveMelons("RK-1", 3, goodFor: 4)
            let good = try await base.receiveMelons("RK-2", 1, goodFor: 9, at: Waves.shelf)
            try await base.place((1...2).map { try Melons.order("\($0)", melons: 1) })
            _ = try await base.fulfilment.plan(Waves.code, Waves.terms(), by: base.principal)
            try await base.run(
                script: """
                    UPDATE wave SET ship_on = ship_on - 10;
                    UPDATE lot SET expires_on = expires_on - 5 WHERE id = '\(old)';
                    """)
            let progress = try await base.fulfilment.release(Waves.code, by: base.principal)
            #expect(progress.bound == 1 && progress.short == 1)
            #expect(try await base.lotsInParcels() == [good])
            let pick = WavePick(reference: .sample, location: Waves.shelf, lot: good, found: .zero)
            #expect(try await base.fulfilment.pick(pick, for: Waves.code, by: base.principal).rebound == 0)
        }
    }
}
