import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("What has left under which manifest", .onDatabase)
struct ManifestTests {
    @Test("a parcel that has left under another manifest is refused, whether the new one is opened or not")
    func otherManifest() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(4)
            try await base.place((1...2).map { try Melons.order("\($0)", melons: 2) })
            try await base.released()
            #expect(try await base.pack(1, 2) == [.done, .done])
            #expect(try await base.handOver(1) == [.done])
            func again(_ numbers: Int..., to carrier: Carrier? = nil) async throws -> [ParcelResult.Outcome] {
                try await base.fulfilment.handOver(
                    numbers.map { Waves.scan($0) }, on: ManifestCode("JJ-2"), to: carrier, by: base.principal
                ).map(\.outcome)
            }
            #expect(try await again(1) == [.refused(.otherManifest)])
            #expect(try await again(1, to: Waves.carrier) == [.refused(.otherManifest)])
            #expect(try await base.number("SELECT count(*) FROM manifest") == 1)
            #expect(try await again(1, 2, 2) == [.refused(.otherManifest), .done, .repeated])
            #expect(try await base.handOver(1, 2) == [.repeated, .refused(.otherManifest)])
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("parcels whose COMMIT nobody answered are looked up and answered as handed over, and the boards are told")
    func lostCommit() async throws {
        try await TestBase.with { base in
            try await base.prepareWaves(10)
            try await base.place([Melons.order("1", melons: 3)])
            try await base.released()
            #expect(try await base.pack(1) == [.done])
            let proxy = try LossyProxy(before: try #require(try base.serverPort))
            let pool = try base.servicePool {
                $0.setting("host", to: "127.0.0.1").setting("port", to: "\(proxy.port)")
                    .setting("sslmode", to: "disable")
            }
            let board = StockBoard()
            try await base.withFeed([board]) { base, feed in
                let fulfilment = Fulfilment(pool: pool, timeZone: "Asia/Shanghai", feed: feed)
                proxy.loseNextCommit()
                let results = try await fulfilment.handOver(
                    [Waves.scan(1)], on: Waves.manifest, to: nil, by: base.principal)
                #expect(proxy.lost == 1 && results.map(\.outcome) == [.done])
                #expect(board.levels(of: Melons.melon).found.map(\.counters.sellable) == [7])
            }
            await pool.shutDown()
            proxy.close()
            #expect(try await base.differences().isEmpty)
        }
    }
}
