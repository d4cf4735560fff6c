import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Times in the base's zone", .onDatabase)
struct LocalTimesTests {
    /// 2026-07-01T00:30:00.5Z and 2026-12-01T00:30:00.999999Z.
    private static let summer = Timestamp(microsecondsSince1970: 1_782_865_800_500_000)
    private static let winter = Timestamp(microsecondsSince1970: 1_796_085_000_999_999)

    @Test(
        "an instant is told to the second, as the zone's clocks showed it, in summer and in winter",
        arguments: [
            ("Asia/Shanghai", "2026-07-01 08:30:00", "2026-12-01 08:30:00"),
            ("Europe/Berlin", "2026-07-01 02:30:00", "2026-12-01 01:30:00"),
            ("America/New_York", "2026-06-30 20:30:00", "2026-11-30 19:30:00"),
            ("UTC", "2026-07-01 00:30:00", "2026-12-01 00:30:00"),
        ])
    func zones(zone: String, summer: String, winter: String) async throws {
        try await TestBase.with { base in
            let rows = try await base.pool.query(ZoneOffsets(instants: [Self.summer, Self.winter], timeZone: zone))
            let times = LocalTimes(offsets: Dictionary(rows, uniquingKeysWith: { first, _ in first }))
            #expect(times.text(Self.summer) == summer)
            #expect(times.text(Self.winter) == winter)
        }
    }

    @Test("an instant that was not asked for is told in UTC, and says so")
    func unknown() {
        #expect(LocalTimes.utc.text(Self.summer) == "2026-07-01 00:30:00Z")
    }
}
