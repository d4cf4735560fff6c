internal import CloudWarehouse
internal import HTTPServer
internal import Postgres
internal import Prometheus
internal import WarehouseAPI

/// How a base is to be served.
struct ServiceSettings: Sendable {
    /// The most loops; more than there are processors gain nothing.
    static let loopsAtMost = 256
    /// The most connections; PostgreSQL's own bound is reached long before.
    static let connectionsAtMost = 10_000
    /// The most connections of one address; that many a server has in all.
    static let connectionsPerAddressAtMost = HTTPServer.Limits().connections
    /// The longest that ending may take, in seconds.
    static let drainSecondsAtMost: Int64 = 3_600
    /// Where to listen unless the command says otherwise: what this machine alone reaches.
    static let usualAddress = "127.0.0.1:8080"
    /// Connections unless the command says otherwise: the intake's, and some for readers.
    static let usualConnections = 8
    /// What the intake may use at once: one for its batches, and one for those that wait for a lock meanwhile.
    private static let intakeConnections = 2

    /// Where HTTP is served; at least one.
    var endpoints: [Endpoint]
    /// The base's key; nil for the only one.
    var base: String?
    /// Threads that serve.
    var loops: Int
    /// Connections to the database, of all loops together: from ``connectionsAtLeast(loops:)`` to ``connectionsAtMost``.
    var connections: Int
    /// Where the database is.
    var database: ConnectionOptions
    /// What recipients are encrypted under; nil: no recipients are taken.
    var recipientKeys: RecipientKeys?
    /// The oldest server, and how long things may take.
    var limits = ConnectionLimits()
    /// How long sessions may hold what others wait for.
    var sessions = SessionLimits()
    /// How often the audit log is sealed, and what of it.
    var seals = AuditSealLimits()
    /// How often whoever asks may ask.
    var rates = RateLimits.usual
    /// Keeps what the library measures.
    var registry = PrometheusRegistry.ofService()
    /// Where metrics are served; nil: nowhere.
    var metricsAddress: SocketAddress?
    /// Where lines about exchanges go.
    var accessLog = AccessLogSetting.off
    /// How holds are ended.
    var holds = HoldLimits()
    /// The bounds of HTTP.
    var http = HTTPServer.Limits()
    /// Which proxies are believed.
    var trust = ProxyTrust.none
    /// For how long `/readyz` says that it ends before the listeners close, for those who ask now and then.
    var drainDelay: Duration = .zero

    /// The fewest connections: one for each loop, and the intake's.
    static func connectionsAtLeast(loops: Int) -> Int { loops + intakeConnections }

    /// How many connections each loop has: evenly, but those of the intake, which are the first loop's beside its own, as is
    /// what is left over.
    var connectionsPerLoop: [Int] {
        let each = (connections - Self.intakeConnections) / loops
        return [connections - each * (loops - 1)] + Array(repeating: each, count: loops - 1)
    }

    /// The sessions of a base that is served.
    func sessions(of base: Base) -> ConnectionOptions {
        database.bounded(by: sessions).inside(base)
    }

    /// Fails unless the numbers make sense together.
    func check() throws(CommandFailure) {
        guard (1...Self.loopsAtMost).contains(loops) else {
            throw .invalid(
                "\(loops)",
                rule: Text(en: "--loops is from 1 to \(Self.loopsAtMost)", zh: "--loops 取 1 到 \(Self.loopsAtMost)"))
        }
        guard 1...Self.connectionsPerAddressAtMost ~= http.connectionsPerAddress else {
            throw .invalid(
                "\(http.connectionsPerAddress)",
                rule: Text(
                    en: "--connections-per-address is from 1 to \(Self.connectionsPerAddressAtMost)",
                    zh: "--connections-per-address 取 1 到 \(Self.connectionsPerAddressAtMost)"))
        }
        guard 0...Self.drainSecondsAtMost ~= drainDelay.components.seconds,
            1...Self.drainSecondsAtMost ~= Int64(http.drainMilliseconds / 1_000)
        else {
            throw .invalid(
                "\(drainDelay.components.seconds)/\(http.drainMilliseconds / 1_000)",
                rule: Text(
                    en: "--drain-delay is from 0 and --drain-limit from 1 to \(Self.drainSecondsAtMost) seconds",
                    zh:
                        "--drain-delay 取 0 到 \(Self.drainSecondsAtMost) 秒，--drain-limit 取 1 到 \(Self.drainSecondsAtMost) 秒"
                ))
        }
        guard (Self.connectionsAtLeast(loops: loops)...Self.connectionsAtMost).contains(connections) else {
            throw Self.wrongConnections(connections)
        }
    }

    /// A rate of requests a second; nil for 0, which is no limit.
    static func rate(perSecond number: Int, option: String) throws(CommandFailure) -> Rate? {
        guard (0...1_000_000).contains(number) else {
            throw .invalid(
                "\(number)",
                rule: Text(
                    en: "\(option) is from 1 to 1000000 a second, or 0 for no limit",
                    zh: "\(option) 取每秒 1 到 1000000，0 表示不限"))
        }
        return number == 0 ? nil : .perSecond(number)
    }

    /// A rate of requests without a good token, with some at once for whoever mistypes; nil for 0, which is no limit.
    static func failures(perMinute number: Int) throws(CommandFailure) -> Rate? {
        guard (0...1_000_000).contains(number) else {
            throw .invalid(
                "\(number)",
                rule: Text(
                    en: "--failed-sign-ins is from 1 to 1000000 a minute, or 0 for no limit",
                    zh: "--failed-sign-ins 取每分钟 1 到 1000000，0 表示不限"))
        }
        return number == 0 ? nil : Rate(perMinute: number, burst: 5 * number)
    }

    /// Too few or too many.
    static func wrongConnections(_ number: Int) -> CommandFailure {
        .invalid(
            "\(number)",
            rule: Text(
                en: "--connections is at least 1 per loop and 2 for orders, and at most \(connectionsAtMost)",
                zh: "--connections 至少每个 loop 一个、另加订单用的 2 个，最多 \(connectionsAtMost)"))
    }
}
