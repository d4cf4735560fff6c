public import CloudWarehouse
internal import EventLoop
public import HTTPServer
public import Postgres
public import Prometheus

/// Asks everything that serves how it is doing, whenever somebody wants to know; nothing is published in between.
public final class ServiceMetrics: Sendable {
    /// One loop, with its server and what is noted of it.
    public struct Serving: Sendable {
        let name: String
        let server: HTTPServer
        let observation: LoopObservation
        let routes: RouteNames

        /// A loop by its parts.
        public init(name: String, server: HTTPServer, observation: LoopObservation, routes: RouteNames) {
            self.name = name
            self.server = server
            self.observation = observation
            self.routes = routes
        }
    }

    /// What is there once a base is served.
    public struct OpenBase: Sendable {
        let pools: [Pool]
        let intake: OrderIntake
        let board: StockBoard
        let backlog: OutboxWatch

        /// An open base by its parts.
        public init(pools: [Pool], intake: OrderIntake, board: StockBoard, backlog: OutboxWatch) {
            self.pools = pools
            self.intake = intake
            self.board = board
            self.backlog = backlog
        }
    }

    private let loops: [Serving]
    private let rates: RateLimiter
    private let accessLog: AccessLog?
    private let registry: PrometheusRegistry
    private let base = Lock<OpenBase?>(nil)

    /// The metrics of these loops, and of what measures through the registry.
    public init(loops: [Serving], rates: RateLimiter, accessLog: AccessLog?, registry: PrometheusRegistry) {
        self.loops = loops
        self.rates = rates
        self.accessLog = accessLog
        self.registry = registry
    }

    /// Tells of this base too from now on.
    public func open(_ base: OpenBase) {
        self.base.withLock { $0 = base }
    }

    /// All metrics, as they are now.
    public func families() async -> [MetricFamily] {
        var families = registry.families() + ProcessMetrics.families()
        families += await ofLoops()
        var limited = MetricFamily(
            "yuncang_rate_limited_total", .counter, help: "Requests answered 429, by what there were too many of.")
        for (kind, count) in rates.limited { limited.add(count, MetricFamily.Label("kind", "\(kind)")) }
        families.append(limited)
        if let base = base.withLock({ $0 }) { families += await Self.families(of: base) }
        if let accessLog {
            families.append(
                MetricFamily(
                    "yuncang_access_log_dropped_lines_total", .counter,
                    help: "Lines that were not written, because nobody kept up with them or the disk was full.",
                    value: accessLog.droppedLines))
        }
        return families
    }

    private func ofLoops() async -> [MetricFamily] {
        var requests = RequestStatistics()
        var open = MetricFamily("yuncang_http_connections", .gauge, help: "Connections of clients, open now.")
        var accepted = MetricFamily("yuncang_http_connections_total", .counter, help: "Connections of clients.")
        var refused = MetricFamily(
            "yuncang_http_connections_refused_total", .counter, help: "Connections answered 503, or closed, for number."
        )
        var pauses = MetricFamily(
            "yuncang_http_accept_pauses_total", .counter, help: "Times that descriptors or memory had run out.")
        var turns = MetricFamily(
            "yuncang_loop_turn_seconds", .histogram,
            help: "Length of a loop's turns: the most that anything ready had to wait.")
        let bounds = TurnStatistics.bounds.map { Double($0) / 1e9 }
        for serving in loops {
            let snapshot = await serving.observation.snapshot()
            let counts = await serving.server.connectionCounts
            let loop = MetricFamily.Label("loop", serving.name)
            requests.add(snapshot.requests)
            open.add(counts.open, loop)
            accepted.add(counts.accepted, loop)
            refused.add(counts.refused + counts.dropped, loop)
            pauses.add(counts.pauses, loop)
            turns.add(
                bounds: bounds, counts: snapshot.turns.counts, sum: Double(snapshot.turns.total) / 1e9, [loop])
        }
        let routes = loops.first?.routes.all ?? []
        return requests.families(routes: routes) + [open, accepted, refused, pauses, turns]
    }

    private static func families(of base: OpenBase) async -> [MetricFamily] {
        var connections = MetricFamily(
            "yuncang_pool_connections", .gauge, help: "Connections to PostgreSQL, by whether somebody has them.")
        var waiting = MetricFamily("yuncang_pool_waiting", .gauge, help: "Tasks that wait for a connection.")
        for (index, pool) in base.pools.enumerated() {
            let status = await pool.status
            let loop = MetricFamily.Label("loop", "serve-\(index + 1)")
            connections.add(status.leased, loop, MetricFamily.Label("state", "leased"))
            connections.add(status.connected - status.leased, loop, MetricFamily.Label("state", "idle"))
            waiting.add(status.waiting, loop)
        }
        let freshness = base.board.freshness
        var families = [
            connections, waiting,
            MetricFamily(
                "yuncang_intake_queued_orders", .gauge, help: "Orders that wait for a batch.",
                value: await base.intake.queued),
            MetricFamily(
                "yuncang_board_read", .gauge, help: "1 once the stock board has been read.",
                value: freshness == .unread ? 0 : 1),
            MetricFamily(
                "yuncang_board_stale_seconds", .gauge,
                help: "For how long the stock board may have missed changes; 0 while it is current.",
                value: freshness.age(at: .now()).map { $0 / .seconds(1) } ?? 0),
        ]
        if let backlog = await base.backlog.look() {
            families += [
                MetricFamily(
                    "yuncang_outbox_unnumbered_events", .gauge, help: "Committed events that no consumer can see yet.",
                    value: backlog.events),
                MetricFamily(
                    "yuncang_outbox_lag_seconds", .gauge, help: "Age of the oldest of them.",
                    value: Double(backlog.lagMicroseconds) / 1e6),
            ]
        }
        return families
    }
}
