internal import EventLoop
public import Postgres
public import Schema

/// Brings one PostgreSQL schema up to date: one migration, one transaction, one runner at a time.
///
/// The record stands in the table `migration` of the schema itself. A runner locks it before it reads what is pending,
/// so that two runners share the work instead of doing it twice.
public struct Migrator: Sendable {
    /// How long a migration waits for a lock before it gives up, so that it does not queue before the service's statements.
    private static let lockTimeout = "10s"
    /// How often what collides with another runner is tried.
    private static let attempts = 5
    /// What "IF NOT EXISTS" and GRANT say when two runners do it in the same moment: the second attempt finds it done.
    private static let collisions: Set<String> = ["23505", "42P06", "42P07", "XX000"]
    /// What GRANT in a migration says when another runner has just granted on the same schema.
    private static let concurrentUpdate = SQLState(rawValue: "XX000")

    private let connection: Connection
    private let schema: String
    private let list: [Migration]
    private let deadline: Duration

    /// A migrator of `schema` on the owner's connection; one migration may take `deadline`.
    public init(_ list: [Migration], of schema: String, on connection: Connection, deadline: Duration = .seconds(600)) {
        self.list = list
        self.schema = schema
        self.connection = connection
        self.deadline = deadline
    }

    /// Runs what is pending; gives the names of what ran.
    public func migrate() async throws(MigrationFailure) -> [String] {
        try await prepare()
        var ran: [String] = []
        while let name = try await runNext() { ran.append(name) }
        return ran
    }

    /// Says what is pending without running it; `nil` when the schema has no record, so nothing has ever run.
    public func plan() async throws(MigrationFailure) -> MigrationPlan? {
        let recorded: [MigrationPlan.Recorded]
        do throws(PostgresError) {
            recorded = try await connection.query(sql: Self.select(in: schema), decode: Self.record)
        } catch {
            if error.sqlState == .undefinedTable || error.sqlState == .invalidSchemaName { return nil }
            throw .database(error, migration: nil)
        }
        return try MigrationPlan(list: list, recorded: recorded)
    }

    /// Makes the schema and its record, all of it or nothing: who may look at the schema may look at its record.
    private func prepare() async throws(MigrationFailure) {
        let name = quoted(schema)
        let script = """
            CREATE SCHEMA IF NOT EXISTS \(name);
            CREATE TABLE IF NOT EXISTS \(name).migration (
                position integer PRIMARY KEY CHECK (position > 0),
                name text NOT NULL UNIQUE,
                checksum bytea NOT NULL CHECK (octet_length(checksum) = 32),
                applied_at timestamptz NOT NULL
            );
            GRANT USAGE ON SCHEMA \(name) TO \(Installation.serviceRole);
            GRANT SELECT ON \(name).migration TO \(Installation.serviceRole);
            """
        for attempt in 1... {
            do {
                return try await connection.run(script: script, deadline: .now().advanced(by: deadline))
            } catch {
                let failure = (error as? PostgresError) ?? .misuse("\(error)")
                if failure.sqlState == SQLState(rawValue: "42704") { throw .missingRole(Installation.serviceRole) }
                let isCollision = failure.sqlState.map { Self.collisions.contains($0.rawValue) } ?? false
                guard isCollision, attempt < Self.attempts else { throw .database(failure, migration: nil) }
            }
        }
    }

    /// Runs the first pending migration, again if it collided with another runner; `nil` when there is none.
    private func runNext() async throws(MigrationFailure) -> String? {
        var attempts = 0
        while true {
            do throws(MigrationFailure) { return try await attemptNext() } catch {
                attempts += 1
                guard case .database(let cause, _) = error, cause.sqlState == Self.concurrentUpdate,
                    attempts < Self.attempts
                else { throw error }
            }
        }
    }

    private func attemptNext() async throws(MigrationFailure) -> String? {
        var current: String?
        do {
            return try await connection.withTransaction { transaction in
                let connection = transaction.connection
                try await connection.execute(sql: "SET LOCAL search_path TO \(quoted(schema))")
                try await connection.execute(sql: "SET LOCAL lock_timeout TO '\(Self.lockTimeout)'")
                try await connection.execute(sql: "SET LOCAL statement_timeout TO 0")
                // Not an advisory lock: this one is part of what a standby or another node sees.
                try await connection.execute(
                    sql: "LOCK TABLE migration IN EXCLUSIVE MODE", deadline: .now().advanced(by: deadline))
                let recorded = try await connection.query(sql: Self.select(in: schema), decode: Self.record)
                guard let next = try MigrationPlan(list: list, recorded: recorded).pending.first else { return nil }
                current = next.name
                try await connection.run(script: next.sql, deadline: .now().advanced(by: deadline))
                try await connection.execute(
                    RecordMigration(position: Int32(recorded.count + 1), name: next.name, checksum: next.checksum))
                return next.name
            }
        } catch let failure as MigrationFailure {
            throw failure
        } catch let error as PostgresError {
            throw error.sqlState == .lockNotAvailable
                ? .locked(migration: current ?? "(any)") : .database(error, migration: current)
        } catch {
            throw .database(.misuse("\(error)"), migration: current)
        }
    }

    private static func select(in schema: String) -> String {
        "SELECT name, checksum FROM \(quoted(schema)).migration ORDER BY position"
    }

    @Sendable private static func record(_ row: inout RowDecoder) throws(DecodingFailure) -> MigrationPlan.Recorded {
        MigrationPlan.Recorded(name: try row.next(), checksum: try row.next())
    }
}

/// Writes down that a migration has run.
private struct RecordMigration: Command {
    let position: Int32
    let name: String
    let checksum: Bytea

    static let sql = """
        INSERT INTO migration (position, name, checksum, applied_at)
        VALUES ($1, $2, $3, now())
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(position)
        parameters.append(name)
        parameters.append(checksum)
    }
}

/// An identifier as SQL takes it literally; schema names come from the register, whose CHECK admits only plain ones.
func quoted(_ identifier: String) -> String {
    "\"\(identifier.replacing("\"", with: "\"\""))\""
}
