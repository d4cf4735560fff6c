import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Partitions")
struct PartitionsTests {
    private let november = Partitions.Month(
        year: 2026, month: 11, start: Timestamp(microsecondsSince1970: 1_793_462_400_000_000),
        end: Timestamp(microsecondsSince1970: 1_796_054_400_000_000))

    @Test("a month's script makes and attaches every table's partition, bounded by ids of the month's instants")
    func script() {
        let script = Partitions.script(for: november, existing: [])
        for table in ["movement", "outbox", "audit"] {
            #expect(script.contains("CREATE TABLE \(table)_2026_11 (LIKE \(table) INCLUDING ALL);"))
            #expect(script.contains("ALTER TABLE \(table) ATTACH PARTITION \(table)_2026_11"))
        }
        #expect(
            script.contains(
                "FOR VALUES FROM ('01a192b0-7400-0000-0000-000000000000') TO ('01a22d2f-3c00-0000-0000-000000000000')"))
        #expect(!script.contains("DEFAULT"))
    }

    @Test("what exists is not made again")
    func existing() {
        #expect(
            Partitions.script(for: november, existing: ["movement_2026_11", "outbox_2026_11", "audit_2026_11"]) == "")
        let script = Partitions.script(for: november, existing: ["movement_2026_11"])
        #expect(!script.contains("movement"))
        #expect(script.contains("outbox_2026_11"))
    }

    @Test("months of one digit are named with two")
    func names() {
        let march = Partitions.Month(year: 2027, month: 3, start: november.start, end: november.end)
        #expect(Partitions.names(for: [march]) == ["movement_2027_03", "outbox_2027_03", "audit_2027_03"])
    }

    @Test("a base has the current month and the next three, each beginning at midnight in its time zone", .onDatabase)
    func onDatabase() async throws {
        try await TestBase.with { base in
            let months = try await base.owner.query(MonthsFromNow(timeZone: "Asia/Shanghai"))
            #expect(months.count == 4)
            for (month, next) in zip(months, months.dropFirst()) {
                #expect(month.end == next.start)
                #expect(month.start.description.hasSuffix("T16:00:00.000000Z"))
            }
            let existing = try await base.owner.query(ExistingPartitions())
            #expect(existing.sorted() == Partitions.names(for: months).sorted())
            let late = try #require(months.last).end
            var ids = IDGenerator(at: late)
            let principal = base.principal
            let entry = InsertAuditEntry(
                id: ids.next(), principal: principal, action: "test", subject: "x", detail: JSONB(text: "{}"), at: late)
            await #expect(throws: PostgresError.self) { try await base.pool.query(entry) }
        }
    }
}
