public import EventLoop
internal import Glibc
public import Logging

/// An HTTP/1.1 origin server on one event loop.
///
/// The server, its connections and its handlers all run on the loop's thread: a handler that does not suspend is answered
/// in the turn in which its request arrived, and all answers of a turn leave in one write per connection.
/// To use several cores, start one server per loop on the same address with `sharesPort`; what comes over a Unix-domain
/// socket, which cannot be shared, one of them deals out by ``shareLocalConnections(with:)``.
///
/// ```swift
/// let server = try HTTPServer(at: .loopback(port: 8080), on: loop, logger: logger) { request in
///     Response(status: .ok, body: Array(request.path.utf8))
/// }
/// try await server.run()  // until the task is cancelled or drain() is called
/// ```
public actor HTTPServer {
    /// Answers a request. An error that it throws is answered 500.
    public typealias Handler = @Sendable (Request) async throws -> Response

    /// Answers a request that needs to wait for nothing, on the loop's thread; nil for any other, which the ``Handler`` gets.
    public typealias ImmediateHandler = @Sendable (Request) -> Response?

    /// Renders what the server itself answers to the request of that name; the error is what a handler threw, for
    /// ``Refusal/handlerFailed``.
    public typealias RefusalRenderer = @Sendable (Refusal, (any Error)?, RequestID) -> Response

    /// Is told, on the loop's thread, of every exchange that is over, those that the server refused included.
    public typealias Observer = @Sendable (Exchange) -> Void

    /// Says how the content of a request is to reach its handler, from the request's head; asked where there is content.
    public typealias BodyRule = @Sendable (Request) -> BodyDelivery

    /// Where the server listens, with the ports that the kernel chose where 0 was asked for.
    public nonisolated let endpoints: [Endpoint]

    nonisolated let loop: EventLoop
    let handler: Handler
    let immediateHandler: ImmediateHandler?
    let rules: ConnectionRules
    let logger: Logger
    let readBuffer = ReadBuffer()
    let gzipPlaces: GzipPlaces
    var connections: [ObjectIdentifier: Connection] = [:]
    var unflushed: [Connection] = []
    var listeners: [Listener]
    var admission: Admission
    /// Where the requests of the next connection begin to be numbered.
    var seeds = RequestNumbers(seed: .random(in: .min ... .max))
    /// What was counted since the start.
    var counts = ConnectionCounts()
    var spare = SpareDescriptor()
    var shortages = Complaints()
    var failedStreams = Complaints()
    /// Those that connections over Unix-domain sockets are shared with, and whose turn it is; 0 is this server's own.
    var companions: [HTTPServer] = []
    var companionOnTurn = 0
    var isDraining = false
    private(set) var hasRun = false
    /// Resumed when a drain has closed the last connection, or the loop has stopped.
    private var end: CheckedContinuation<HTTPServerError?, Never>?
    private var date = HTTPDate(unixSeconds: 0)

    /// Binds and listens; clients can connect from now on, and are served once ``run()`` is called.
    ///
    /// - Parameters:
    ///   - endpoints: where to listen; a server without any serves what another one shares with it.
    ///   - sharesPort: whether servers on other loops listen at the same addresses (SO_REUSEPORT).
    ///   - trust: which proxies are believed when they say whom they forward a request for.
    ///   - observer: is told of every exchange.
    ///   - addresses: counts connections per address; given to all servers among which one address is to be counted once.
    ///   - bodyRule: how the content of each request reaches the handler; collected, up to ``Limits/bodyBytes``, without one.
    ///   - refusalResponse: renders the server's own answers; plain text if none is given.
    ///   - immediateHandler: is asked first, and costs no task.
    /// - Throws: ``HTTPServerError/addressInUse(_:)``, ``HTTPServerError/malformedAddress(_:)`` or the system's refusal.
    public init(
        at endpoints: [Endpoint], on loop: EventLoop, sharesPort: Bool = false, limits: Limits = Limits(),
        trust: ProxyTrust = .none, addresses: AddressCounts = AddressCounts(), logger: Logger,
        observer: Observer? = nil, bodyRule: BodyRule? = nil,
        refusalResponse: @escaping RefusalRenderer = { refusal, _, _ in refusal.plainResponse },
        immediateHandler: ImmediateHandler? = nil, handler: @escaping Handler
    ) throws(HTTPServerError) {
        precondition(limits.areSane, "every limit must be positive and of a sane size")
        var listeners: [Listener] = []
        for endpoint in endpoints {
            listeners.append(try Listener(at: endpoint, sharesPort: sharesPort, backlog: limits.backlog))
        }
        self.endpoints = listeners.map(\.endpoint)
        self.listeners = listeners
        self.loop = loop
        self.handler = handler
        self.immediateHandler = immediateHandler
        self.logger = logger
        rules = ConnectionRules(
            limits: limits, trust: trust, observer: observer, bodyRule: bodyRule, refusalResponse: refusalResponse)
        gzipPlaces = GzipPlaces(limits.gzipStreams)
        admission = Admission(limits: limits, trust: trust, addresses: addresses)
    }

    /// The same, at one address.
    public init(
        at address: SocketAddress, on loop: EventLoop, sharesPort: Bool = false, limits: Limits = Limits(),
        trust: ProxyTrust = .none, logger: Logger, observer: Observer? = nil, bodyRule: BodyRule? = nil,
        refusalResponse: @escaping RefusalRenderer = { refusal, _, _ in refusal.plainResponse },
        immediateHandler: ImmediateHandler? = nil, handler: @escaping Handler
    ) throws(HTTPServerError) {
        try self.init(
            at: [.internet(address)], on: loop, sharesPort: sharesPort, limits: limits, trust: trust, logger: logger,
            observer: observer, bodyRule: bodyRule, refusalResponse: refusalResponse,
            immediateHandler: immediateHandler, handler: handler)
    }

    /// The first address that the server listens at; it must have one.
    public nonisolated var address: SocketAddress {
        for case .internet(let address) in endpoints { return address }
        preconditionFailure("a server without an address")
    }

    /// The loop, on which all of this actor's code runs.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    /// How many clients are connected now, those that are being let go included.
    public var connectionCount: Int { connections.count }

    /// How many connections there are and were.
    public var connectionCounts: ConnectionCounts {
        var counts = counts
        counts.open = connections.count
        return counts
    }

    /// Serves until the task is cancelled or ``drain()`` is called, and then until the last connection is closed, which
    /// ``Limits/drainMilliseconds`` bounds.
    ///
    /// - Throws: ``HTTPServerError/loop(_:)`` when the loop stops first; every connection is cut then.
    public func run() async throws(HTTPServerError) {
        guard !hasRun else { throw .alreadyRun }
        hasRun = true
        // Drained before it ran.
        guard !isDraining else { return }
        do throws(HTTPServerError) {
            for listener in listeners { try startAccepting(on: listener) }
        } catch {
            // Nobody would answer at those that are watched already.
            closeListeners()
            throw error
        }
        let ending = loop.whenStopped { self.loopStopped() }
        let failure = await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            drain()
        }
        loop.cancel(ending)
        if let failure { throw failure }
    }

    private func wait(_ continuation: CheckedContinuation<HTTPServerError?, Never>) {
        // It may have stopped on the way here.
        if loop.hasStopped { return continuation.resume(returning: .loop(.stopped)) }
        end = continuation
        finishIfDrained()
    }

    private func loopStopped() {
        isDraining = true
        closeListeners()
        cutConnections()
        end?.resume(returning: .loop(.stopped))
        end = nil
    }

    /// Ends ``run()`` once a drain has closed the last connection.
    func finishIfDrained() {
        guard isDraining, connections.isEmpty, !loop.hasStopped else { return }
        end?.resume(returning: nil)
        end = nil
    }

    /// The time of this turn; the date is rendered anew when the second has changed.
    func moment() -> Moment {
        date.advance(to: Int64(time(nil)))
        return Moment(now: loop.now, date: date)
    }
}
