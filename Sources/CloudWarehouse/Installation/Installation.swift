internal import EventLoop
public import Postgres
internal import Schema

/// All that yuncang keeps in one database: the register of bases, and the bases. Its changes are the owner role's.
public struct Installation: Sendable {
    /// The role that serves; migrations grant to it, and it owns nothing.
    public static let serviceRole = "yuncang_service"
    /// The schema of the register.
    public static let schema = "yuncang"

    /// What PostgreSQL says to the name of a time zone that it does not know.
    private static let invalidParameterValue = SQLState(rawValue: "22023")

    private let connection: Connection

    /// The installation in the database of `connection`, which is the owner's for whatever changes it.
    public init(on connection: Connection) {
        self.connection = connection
    }

    /// What one call of ``migrate()`` did.
    public struct Migrated: Hashable, Sendable {
        /// The schema.
        public let schema: String
        /// The migrations that ran, in order.
        public let ran: [String]
    }

    /// Brings the register and every base up to date, and makes the partitions of the months ahead.
    public func migrate() async throws(InstallationError) -> [Migrated] {
        var report = [try await migrate(Schema.installation, in: Self.schema)]
        for base in try await bases() {
            report.append(try await migrate(Schema.base, in: base.schema))
            _ = try await maintain(base)
        }
        return report
    }

    /// All bases, in the order of their keys.
    public func bases() async throws(InstallationError) -> [Base] {
        do throws(PostgresError) { return try await connection.query(AllBases()) } catch {
            throw Self.named(error)
        }
    }

    /// The base of this key.
    public func base(_ key: BaseKey) async throws(InstallationError) -> Base {
        guard let base = try await bases().first(where: { $0.key == key }) else { throw .unknownBase(key) }
        return base
    }

    /// Makes a base: its schema, its partitions, and its place in the register.
    ///
    /// It is registered last, with the first row of its audit log, so that a call that broke off is simply repeated.
    public func createBase(
        key: BaseKey, name: Name, timeZone: String = "Asia/Shanghai", by principal: Principal
    ) async throws(InstallationError) -> Base {
        let base = Base(key: key, name: name, schema: key.schema, timeZone: timeZone)
        guard try await !bases().contains(where: { $0.key == key }) else { throw .keyTaken(key) }
        try await check(timeZone)
        _ = try await migrate(Schema.base, in: base.schema)
        _ = try await maintain(base)
        guard try await register(base, by: principal) else { throw .keyTaken(key) }
        return base
    }

    /// Makes the partitions of a base's current month and those ahead; gives the names of the new ones.
    public func maintain(_ base: Base) async throws(InstallationError) -> [String] {
        do {
            return try await connection.withTransaction { transaction in
                let connection = transaction.connection
                try await connection.execute(sql: "SET LOCAL search_path TO \(quoted(base.schema))")
                try await connection.execute(sql: "SET LOCAL lock_timeout TO '10s'")
                // Two at a time would both find a partition missing.
                try await connection.execute(sql: "LOCK TABLE migration IN EXCLUSIVE MODE")
                let months = try await connection.query(MonthsFromNow(timeZone: base.timeZone))
                let existing = Set(try await connection.query(ExistingPartitions()))
                for month in months {
                    let script = Partitions.script(for: month, existing: existing)
                    if !script.isEmpty {
                        try await connection.run(script: script, deadline: .now().advanced(by: .seconds(60)))
                    }
                }
                return Partitions.names(for: months).filter { !existing.contains($0) }
            }
        } catch let error as PostgresError {
            throw error.sqlState == Self.invalidParameterValue ? .unknownTimeZone(base.timeZone) : .database(error)
        } catch {
            throw .database(.misuse("\(error)"))
        }
    }

    /// The months, up to ``Partitions/monthsAhead`` from now, in which a base lacks partitions; the service role may ask.
    public func partitionGaps(of base: Base) async throws(InstallationError) -> [PartitionGap] {
        do {
            return try await connection.withTransaction(.readCommitted, .readOnly) { transaction in
                try await transaction.connection.execute(sql: "SET LOCAL search_path TO \(quoted(base.schema))")
                let months = try await transaction.query(MonthsFromNow(timeZone: base.timeZone))
                let existing = Set(try await transaction.query(ExistingPartitions()))
                return PartitionGap.all(in: months, existing: existing)
            }
        } catch {
            throw .database((error as? PostgresError) ?? .misuse("\(error)"))
        }
    }

    /// How the register and each base stand to this binary's migrations; the service role may ask.
    ///
    /// The register comes first. Where nothing was ever migrated, it is all there is, and everything of it is pending.
    public func conditions() async throws(InstallationError) -> [SchemaCondition] {
        let register = try await condition(of: Self.schema, list: Schema.installation)
        guard case .current = register.state else { return [register] }
        var conditions = [register]
        for base in try await bases() { conditions.append(try await condition(of: base)) }
        return conditions
    }

    /// How one base stands to this binary's migrations; the service role may ask.
    public func condition(of base: Base) async throws(InstallationError) -> SchemaCondition {
        try await condition(of: base.schema, list: Schema.base)
    }

    private func condition(of schema: String, list: [Migration]) async throws(InstallationError) -> SchemaCondition {
        do throws(MigrationFailure) {
            let pending = try await Migrator(list, of: schema, on: connection).plan()?.pending ?? list
            return SchemaCondition(schema: schema, state: pending.isEmpty ? .current : .pending(pending.map(\.name)))
        } catch .database(let cause, _) {
            throw .database(cause)
        } catch {
            return SchemaCondition(schema: schema, state: .unusable(error))
        }
    }

    /// Gives whether nobody else has registered one of this key.
    private func register(_ base: Base, by principal: Principal) async throws(InstallationError) -> Bool {
        do {
            return try await connection.withTransaction { transaction in
                let now = try await transaction.now()
                guard try await transaction.execute(InsertBase(base: base)) == 1 else { return false }
                try await transaction.connection.execute(sql: "SET LOCAL search_path TO \(quoted(base.schema))")
                var ids = IDGenerator(at: now)
                try await transaction.execute(
                    InsertAuditEntry(
                        id: ids.next(), principal: principal, action: "base.create", subject: base.key.rawValue,
                        detail: JSONB(text: "{}"), at: now))
                return true
            }
        } catch {
            throw Self.named((error as? PostgresError) ?? .misuse("\(error)"))
        }
    }

    /// Asks PostgreSQL before anything is made.
    private func check(_ timeZone: String) async throws(InstallationError) {
        do throws(PostgresError) { _ = try await connection.query(MonthsFromNow(timeZone: timeZone)) } catch {
            throw error.sqlState == Self.invalidParameterValue ? .unknownTimeZone(timeZone) : .database(error)
        }
    }

    private func migrate(_ list: [Migration], in schema: String) async throws(InstallationError) -> Migrated {
        do throws(MigrationFailure) {
            return Migrated(schema: schema, ran: try await Migrator(list, of: schema, on: connection).migrate())
        } catch {
            throw .migration(error, schema: schema)
        }
    }

    private static func named(_ error: PostgresError) -> InstallationError {
        error.sqlState == .undefinedTable || error.sqlState == .invalidSchemaName ? .notInstalled : .database(error)
    }
}
