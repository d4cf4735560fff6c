internal import CloudWarehouse
internal import EventLoop
internal import Postgres

/// The way to the database for one command: connections on a loop, all closed at its end.
struct DatabaseAccess: Sendable {
    /// How it is reached.
    let options: ConnectionOptions
    private let loop: EventLoop
    /// The oldest server, and how long things may take.
    private let limits: ConnectionLimits

    /// Runs `body` with access to the database at `location`.
    static func at<Value>(
        _ location: DatabaseLocation, limits: ConnectionLimits = ConnectionLimits(),
        _ body: (DatabaseAccess) async throws -> Value
    ) async throws -> Value {
        let options = try location.connectionOptions()
        let loop = try EventLoop.start(name: "yuncang")
        do {
            let value = try await body(DatabaseAccess(options: options, loop: loop, limits: limits))
            await loop.shutDown()
            return value
        } catch {
            await loop.shutDown()
            throw error
        }
    }

    /// Lends one connection.
    func withConnection<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let connection = try await Connection.connect(options, limits: limits, on: loop)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Lends the installation.
    func withInstallation<Value>(_ body: (Installation) async throws -> Value) async throws -> Value {
        try await withConnection { try await body(Installation(on: $0)) }
    }

    /// Lends the base of that key, or the only one.
    func withBase<Value>(_ key: String?, _ body: (OpenBase) async throws -> Value) async throws -> Value {
        // A connection first, whose refusal is told at once; the pool would go on trying until its deadline.
        let base = try await withInstallation { installation in
            let base = try await BaseChoice(key: key).chosen(from: installation.bases())
            try CommandFailure.refuse(unlessCurrent: await installation.condition(of: base))
            return base
        }
        var poolLimits = PoolLimits()
        // They are made when needed. An intake that waits for somebody's lock needs a second one.
        poolLimits.connections = 2
        // Whoever has typed a command would rather wait than type it again.
        poolLimits.leaseDeadline = .seconds(30)
        let pool = Pool(
            options.inside(base), limits: poolLimits, connectionLimits: limits, on: loop,
            logger: CommandLog.current)
        do {
            let value = try await body(OpenBase(base: base, pool: pool))
            await pool.shutDown()
            return value
        } catch {
            await pool.shutDown()
            throw error
        }
    }
}

/// A base and the services that work in it.
struct OpenBase: Sendable {
    /// The base.
    let base: Base
    /// Connections to it.
    let pool: Pool
    /// What is sold.
    var catalog: Catalog { Catalog(pool: pool) }
    /// Where it stands.
    var stock: Stock { Stock(pool: pool, timeZone: base.timeZone) }
    /// Whose goods an order gets.
    var sourcing: Sourcing { Sourcing(pool: pool) }
    /// Who may ask for it.
    var tokens: Tokens { Tokens(pool: pool, base: base.key, timeZone: base.timeZone) }
    /// Who bought it.
    var orders: Orders { Orders(pool: pool) }
    /// Who signs in with a browser.
    var signIn: SignIn { SignIn(pool: pool, base: base.key, timeZone: base.timeZone) }
    /// How the files of its order sources are to be read.
    var mappings: SheetMappings { SheetMappings(pool: pool) }
    /// Under which numbers its orders were sent.
    var shipments: Shipments { Shipments(pool: pool, timeZone: base.timeZone) }
    /// How they get to the truck.
    var fulfilment: Fulfilment { Fulfilment(pool: pool, timeZone: base.timeZone) }
    /// What streams show of it.
    var overlays: Overlays { Overlays(pool: pool, base: base.key, timeZone: base.timeZone) }

    /// What the base's clocks show at these instants, for people.
    func times(of instants: [Timestamp]) async throws(PostgresError) -> LocalTimes {
        try await base.localTimes(of: instants, through: pool)
    }
}

extension DatabaseLocation {
    /// As libpq reads it.
    func connectionOptions() throws(CommandFailure) -> ConnectionOptions {
        do throws(ConnectFailure) {
            return try ConnectionOptions(connectionString)
        } catch {
            throw error.commandFailure
        }
    }
}

extension DatabaseOptions {
    /// Lends the base that these options choose.
    func withBase<Value>(
        in context: CommandContext, _ body: (OpenBase) async throws -> Value
    ) async throws -> Value {
        try await DatabaseAccess.at(location(in: context.environment)) { access in
            try await access.withBase(baseName(in: context.environment), body)
        }
    }
}
