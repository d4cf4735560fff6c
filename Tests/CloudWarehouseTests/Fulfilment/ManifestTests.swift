import Postgres
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
}
