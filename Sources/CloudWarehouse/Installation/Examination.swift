internal import EventLoop
internal import Glibc
public import Postgres

/// Looks at everything that an installation stands on, and changes nothing. Any role may run it and sees what it may see.
public struct Examination: Sendable {
    private let connection: Connection
    private let wantedConnections: Int64

    /// An examination through `connection` for a service that wants so many connections.
    public init(on connection: Connection, wantedConnections: Int) {
        self.connection = connection
        self.wantedConnections = Int64(wantedConnections)
    }

    /// What was found, the ground first: the server, its settings, the roles, the schemas, the partitions.
    public func run() async throws(InstallationError) -> [Finding] {
        do throws(PostgresError) {
            return try await server() + roles() + installation() + operation()
        } catch {
            throw .database(error)
        }
    }

    /// How another connection, which is to migrate what this one serves, stands to it.
    public func run(owner: Connection) async throws(InstallationError) -> Finding {
        do throws(PostgresError) {
            let ours = try await one(DatabaseIdentity())
            guard let theirs = try await owner.query(DatabaseIdentity()).first else {
                throw .misuse("the database has no identity")
            }
            return .ownerSession(
                OwnerSession(
                    role: theirs.role, owner: theirs.owner, isOwner: theirs.isOwner,
                    isSameDatabase: ours.serverStart == theirs.serverStart && ours.database == theirs.database))
        } catch {
            throw .database(error)
        }
    }

    private func server() async throws(PostgresError) -> [Finding] {
        let facts = try await one(ServerFacts())
        return [
            .version(facts.version, oldest: connection.limits.oldestServer), .transport(facts.transport),
            .text(encoding: facts.encoding, collation: facts.collation, characterType: facts.characterType),
            facts.durability,
        ]
    }

    private func roles() async throws(PostgresError) -> [Finding] {
        let session = try await one(SessionFacts())
        let rights = try await connection.query(ServiceRightsOf(role: Installation.serviceRole)).first
        return [
            .session(role: session.role, isSuperuser: session.isSuperuser),
            .owner(role: session.owner, mayCreate: session.ownerMayCreate), .service(rights),
        ]
    }

    private func installation() async throws(PostgresError) -> [Finding] {
        let installation = Installation(on: connection)
        var findings: [Finding] = []
        do throws(InstallationError) {
            let conditions = try await installation.conditions()
            findings += conditions.map { .schema($0) }
            guard let register = conditions.first, case .current = register.state else { return findings }
            let bases = try await installation.bases()
            findings.append(.bases(bases.map(\.key)))
            for base in bases {
                guard case .current? = conditions.first(where: { $0.schema == base.schema })?.state else { continue }
                findings.append(.partitions(base: base.key, gaps: try await installation.partitionGaps(of: base)))
            }
            return findings
        } catch {
            guard case .database(let cause) = error else { return findings }
            guard cause.sqlState == .insufficientPrivilege else { throw cause }
            return findings + [.hidden(schema: Installation.schema)]
        }
    }

    private func operation() async throws(PostgresError) -> [Finding] {
        let load = try await one(LoadFacts())
        let before = MonotonicInstant.now()
        let theirs = try await one(DatabaseClock()).millisecondsSince1970
        let roundTrip = (MonotonicInstant.now() - before) / .milliseconds(1)
        let ours = Self.wallClockMilliseconds() - Int64(roundTrip / 2)
        return [
            .connections(limit: load.connectionLimit, used: load.connections, wanted: wantedConnections),
            .clock(aheadMilliseconds: ours - theirs, roundTripMilliseconds: Int64(roundTrip)),
            .size(bytes: load.databaseBytes), .vacuum(prepared: load.prepared, oldestSeconds: load.oldestSeconds),
        ]
    }

    private func one<S: Statement>(_ statement: S) async throws(PostgresError) -> S.Row {
        guard let row = try await connection.query(statement).first else { throw .misuse("\(S.self) gave no row") }
        return row
    }

    private static func wallClockMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
