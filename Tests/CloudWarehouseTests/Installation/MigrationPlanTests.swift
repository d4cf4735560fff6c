import CloudWarehouse
import Postgres
import Schema
import Testing

@Suite("What a record of migrations says of a list")
struct MigrationPlanTests {
    private static let list = ["a", "b", "c"].map { Migration(name: $0, sql: "SELECT '\($0)'") }

    private static func recorded(_ migrations: [Migration]) -> [MigrationPlan.Recorded] {
        migrations.map { MigrationPlan.Recorded(name: $0.name, checksum: $0.checksum) }
    }

    @Test("what is recorded has run, and the rest is pending in the list's order", arguments: 0...3)
    func pending(count: Int) throws {
        let plan = try MigrationPlan(list: Self.list, recorded: Self.recorded(Array(Self.list.prefix(count))))
        #expect(plan.pending == Array(Self.list.dropFirst(count)))
    }

    @Test("a migration whose text has changed since it ran is named, though only a space was added")
    func changed() {
        var other = Self.list
        other[1] = Migration(name: "b", sql: other[1].sql + " ")
        #expect {
            try MigrationPlan(list: other, recorded: Self.recorded(Array(Self.list.prefix(2))))
        } throws: {
            if case MigrationFailure.changed("b") = $0 { true } else { false }
        }
    }

    @Test("a migration that has run and is not in the list is named")
    func missing() {
        #expect {
            try MigrationPlan(list: [Self.list[0], Self.list[2]], recorded: Self.recorded(Self.list))
        } throws: {
            if case MigrationFailure.missing("b") = $0 { true } else { false }
        }
    }

    @Test("migrations that have run in another order are named")
    func outOfOrder() {
        #expect {
            try MigrationPlan(
                list: Self.list, recorded: Self.recorded([Self.list[0], Self.list[2], Self.list[1]]))
        } throws: {
            if case MigrationFailure.outOfOrder("c") = $0 { true } else { false }
        }
    }

    @Test("a schema that has more than the list knows is newer than the binary")
    func newer() {
        #expect {
            try MigrationPlan(list: Array(Self.list.prefix(2)), recorded: Self.recorded(Self.list))
        } throws: {
            if case MigrationFailure.newerThanBinary("c") = $0 { true } else { false }
        }
    }
}
