public import EventLoop
public import Postgres

/// Asks, through the connections that serve a base, whether it can go on being served.
public struct BaseProbe: Sendable {
    /// What is known of a base's schema.
    public struct Inspection: Sendable {
        /// How it stands to this binary's migrations.
        public let condition: SchemaCondition
        /// The partitions that it lacks.
        public let gaps: [PartitionGap]

        /// What was found.
        public init(condition: SchemaCondition, gaps: [PartitionGap]) {
            self.condition = condition
            self.gaps = gaps
        }
    }

    private let base: Base
    private let pool: Pool

    /// A probe of `base` through `pool`.
    public init(of base: Base, through pool: Pool) {
        self.base = base
        self.pool = pool
    }

    /// Asks the database for its time, which touches no table.
    public func ping(deadline: MonotonicInstant) async throws(PostgresError) {
        _ = try await pool.query(DatabaseClock(), deadline: deadline)
    }

    /// Looks at the record of migrations and at the partitions.
    public func inspect(deadline: MonotonicInstant) async throws(InstallationError) -> Inspection {
        do {
            return try await pool.withConnection(deadline: deadline) { connection in
                let installation = Installation(on: connection)
                return Inspection(
                    condition: try await installation.condition(of: base),
                    gaps: try await installation.partitionGaps(of: base))
            }
        } catch let error as InstallationError {
            throw error
        } catch {
            throw .database((error as? PostgresError) ?? .misuse("\(error)"))
        }
    }
}
