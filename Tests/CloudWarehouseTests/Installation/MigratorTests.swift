import CloudWarehouse
import EventLoop
import FoundationEssentials
import Postgres
import Schema
import Testing
import WarehouseTesting

@Suite("Migrating a schema", .onDatabase)
struct MigratorTests {
    /// A schema that nothing has run in, and two connections of its owner.
    private struct Ground: Sendable {
        let schema: String
        let first: Connection
        let second: Connection

        static func with(_ body: (Ground) async throws -> Void) async throws {
            let loop = try EventLoop.start(name: "test")
            let options = try TestDatabase.ownerOptions()
            let ground = Ground(
                schema: "test_" + UUID().uuidString.lowercased().replacing("-", with: ""),
                first: try await Connection.connect(options, on: loop),
                second: try await Connection.connect(options, on: loop))
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(ground)) } catch { outcome = .failure(error) }
            try await ground.first.execute(sql: "DROP SCHEMA IF EXISTS \(ground.schema) CASCADE")
            await ground.first.close()
            await ground.second.close()
            await loop.shutDown()
            try outcome.get()
        }

        func count(_ what: String) async throws -> Int64 {
            try await first.query(sql: "SELECT count(*) \(what)") { row throws(DecodingFailure) in try row.next() }[0]
        }

        func hasTable(_ name: String) async throws -> Bool {
            try await count("FROM pg_tables WHERE schemaname = '\(schema)' AND tablename = '\(name)'") == 1
        }
    }

    @Test("two runners at once share the work: every migration runs once, and neither runner fails")
    func twoRunners() async throws {
        try await Ground.with { ground in
            let list = (1...30).map { Migration(name: "x\($0)", sql: "CREATE TABLE t\($0) (id uuid PRIMARY KEY);") }
            async let some = Migrator(list, of: ground.schema, on: ground.first).migrate()
            async let others = Migrator(list, of: ground.schema, on: ground.second).migrate()
            let ran = try await [some, others]
            #expect(ran.joined().sorted() == list.map(\.name).sorted())
            for part in ran { #expect(part == list.map(\.name).filter(part.contains), "in the list's order") }
            #expect(try await ground.count("FROM \(ground.schema).migration") == 30)
            #expect(try await Migrator(list, of: ground.schema, on: ground.first).migrate().isEmpty)
        }
    }

    @Test("a migration that fails leaves nothing of itself, and what ran before it stays")
    func failing() async throws {
        try await Ground.with { ground in
            let list = [
                Migration(name: "x1", sql: "CREATE TABLE good (id uuid PRIMARY KEY);"),
                Migration(name: "x2", sql: "CREATE TABLE half (id uuid PRIMARY KEY); SELECT 1 / 0;"),
                Migration(name: "x3", sql: "CREATE TABLE never (id uuid PRIMARY KEY);"),
            ]
            await #expect {
                _ = try await Migrator(list, of: ground.schema, on: ground.first).migrate()
            } throws: {
                if case MigrationFailure.database(_, migration: "x2") = $0 { true } else { false }
            }
            #expect(try await ground.hasTable("good"))
            #expect(try await !ground.hasTable("half"))
            #expect(try await !ground.hasTable("never"))
            let plan = try await Migrator(list, of: ground.schema, on: ground.first).plan()
            #expect(plan?.pending.map(\.name) == ["x2", "x3"])
        }
    }

    @Test("a migration that cannot be recorded has not run either: text and record are one transaction")
    func unrecorded() async throws {
        try await Ground.with { ground in
            let list = [
                Migration(
                    name: "x1",
                    sql: "CREATE TABLE half (id uuid PRIMARY KEY); ALTER TABLE migration ADD CHECK (name <> 'x1');")
            ]
            await #expect {
                _ = try await Migrator(list, of: ground.schema, on: ground.first).migrate()
            } throws: {
                if case MigrationFailure.database(_, migration: "x1") = $0 { true } else { false }
            }
            let (half, records) = try await (ground.hasTable("half"), ground.count("FROM \(ground.schema).migration"))
            #expect(!half)
            #expect(records == 0)
        }
    }

    @Test("a migration that was changed after it ran stops the runner before anything else runs")
    func changed() async throws {
        try await Ground.with { ground in
            var list = [Migration(name: "x1", sql: "CREATE TABLE one (id uuid PRIMARY KEY);")]
            let ran = try await Migrator(list, of: ground.schema, on: ground.first).migrate()
            #expect(ran == ["x1"])
            list[0] = Migration(name: "x1", sql: "CREATE TABLE one (id uuid);")
            list.append(Migration(name: "x2", sql: "CREATE TABLE two (id uuid PRIMARY KEY);"))
            await #expect {
                _ = try await Migrator(list, of: ground.schema, on: ground.first).migrate()
            } throws: {
                if case MigrationFailure.changed("x1") = $0 { true } else { false }
            }
            let two = try await ground.hasTable("two")
            #expect(!two)
        }
    }
}
