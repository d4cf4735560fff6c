import CloudWarehouse
import EventLoop
import JSON
import Logging
import Postgres
import PostgresTesting
import Testing
import WarehouseTesting

@testable import yuncang

/// A PostgreSQL of a test's own, with the roles and the database that yuncang expects, to be broken and healed.
struct PrivateInstallation: Sendable {
    /// The password of every role; it must never be shown.
    static let secret = "geheim-0815"

    let cluster: PrivateCluster

    /// Starts one for `body`; nothing is migrated yet.
    static func with(settings: [String] = [], _ body: (PrivateInstallation) async throws -> Void) async throws {
        try await PrivateCluster.with(settings: ["fsync = on", "synchronous_commit = on"] + settings) { cluster in
            let installation = PrivateInstallation(cluster: cluster)
            for role in ["yuncang_owner", "yuncang_service"] {
                try await installation.sql("CREATE ROLE \(role) LOGIN PASSWORD '\(secret)'", in: "postgres")
            }
            try await installation.makeDatabase()
            try await body(installation)
        }
    }

    /// Starts one for `body`, with a base in it.
    static func withBase(settings: [String] = [], _ body: (PrivateInstallation) async throws -> Void) async throws {
        try await with(settings: settings) { installation in
            try await installation.install()
            try await body(installation)
        }
    }

    func makeDatabase() async throws {
        try await sql("CREATE DATABASE yuncang OWNER yuncang_owner", in: "postgres")
    }

    /// Migrates, and makes the base `gaoqing`.
    func install() async throws {
        #expect(await yuncang("migrate").status == .success)
        #expect(await yuncang("base", "create", "gaoqing", "--name", "高青基地").status == .success)
    }

    func url(_ role: String, database: String = "yuncang", password: String = secret) -> String {
        "postgresql://\(role):\(password)@127.0.0.1:\(cluster.port)/\(database)"
    }

    var environment: [String: String] {
        ["YUNCANG_DATABASE_URL": url("yuncang_service"), "YUNCANG_OWNER_URL": url("yuncang_owner")]
    }

    /// Runs yuncang in this process; no call may show the password.
    func yuncang(_ arguments: String..., with changes: [String: String] = [:]) async -> Call {
        let environment = environment.merging(changes) { $1 }
        let call = await Call.make(arguments, of: Yuncang.self, environment: environment)
        #expect(!(call.output + call.error).contains(Self.secret))
        return call
    }

    /// Runs a script as the superuser.
    func sql(_ script: String, in database: String = "yuncang") async throws {
        try await withConnection(to: database) {
            try await $0.run(script: script, deadline: .now().advanced(by: .seconds(30)))
        }
    }

    /// One number that a query gives the superuser.
    func number(_ sql: String) async throws -> Int64 {
        let rows = try await withConnection(to: "yuncang") { connection in
            try await connection.query(sql: sql) { row throws(DecodingFailure) in try row.next(Int64.self) }
        }
        return try #require(rows.first)
    }

    /// What a schema's record says has run, in order.
    func record(of schema: String) async throws -> [(name: String, checksum: [UInt8])] {
        try await withConnection(to: "yuncang") { connection in
            let sql = "SELECT name, checksum FROM \(schema).migration ORDER BY position"
            return try await connection.query(sql: sql) { row throws(DecodingFailure) in
                (name: try row.next(String.self), checksum: try row.next(Bytea.self).bytes)
            }
        }
    }

    /// A token of role operator, issued by the command.
    func token() async throws -> String {
        let issued = await yuncang("token", "create", "--role", "operator", "--name", "test", "--json")
        guard case .string(let text)? = try JSONType<JSONValue>.any.read(Array(issued.output.utf8))["token"] else {
            throw NoToken()
        }
        return text
    }

    /// `token create` printed none.
    struct NoToken: Error {}

    /// A warehouse, an owner, and so many melons received in the base `gaoqing`.
    func stockMelons(_ melons: Int64) async throws {
        try await withPool { pool in
            let principal = try Principal(name: "tester", origin: "here")
            let (stock, catalog) = (CloudWarehouse.Stock(pool: pool, timeZone: "Asia/Shanghai"), Catalog(pool: pool))
            _ = try await stock.addWarehouse(code: Melons.warehouse, name: Name("主仓"), by: principal)
            _ = try await stock.addLocation(
                code: Melons.location, in: Melons.warehouse, storageClass: .chilled, by: principal)
            _ = try await catalog.addOwner(code: Melons.owner, name: Name("合作社"), kind: .cooperative, by: principal)
            _ = try await catalog.importEntries(Melons.entries, of: Melons.owner, by: principal)
            _ = try await stock.receive(Melons.receipt(melons: melons), by: principal)
        }
    }

    /// What `verify` would name in the base `gaoqing`.
    func differences() async throws -> [Difference] {
        try await withPool { try await Verification(pool: $0).run().differences }
    }

    /// Runs `body` with connections of the service to the base `gaoqing`.
    func withPool<Value: Sendable>(_ body: (Pool) async throws -> Value) async throws -> Value {
        let loop = try EventLoop.start(name: "test")
        let options = try ConnectionOptions(url("yuncang_service")).session("search_path", "base_gaoqing")
        let pool = Pool(options, on: loop, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        do {
            let value = try await body(pool)
            await pool.shutDown()
            await loop.shutDown()
            return value
        } catch {
            await pool.shutDown()
            await loop.shutDown()
            throw error
        }
    }

    /// Holds the row locks of `sql` for as long as `body` runs.
    func whileLocking(_ sql: String, _ body: () async throws -> Void) async throws {
        try await withConnection(to: "yuncang") { connection in
            try await connection.withTransaction { transaction in
                try await transaction.connection.execute(sql: sql)
                try await body()
            }
        }
    }

    /// Runs `body` with a connection of the superuser, who finds the tables of `schema` without naming it.
    func withConnection<Value: Sendable>(
        to database: String, schema: String = "public", _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let loop = try EventLoop.start(name: "test")
        do {
            let options = try ConnectionOptions(cluster.url).setting("dbname", to: database)
                .session("search_path", schema)
            let connection = try await Connection.connect(options, on: loop)
            let value = try await body(connection)
            await connection.close()
            await loop.shutDown()
            return value
        } catch {
            await loop.shutDown()
            throw error
        }
    }
}
