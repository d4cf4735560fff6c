public import EventLoop
internal import Glibc
public import Logging

/// An HTTP/1.1 origin server on one event loop.
///
/// The server, its connections and its handlers all run on the loop's thread: a handler that does not suspend is answered
/// in the turn in which its request arrived, and all answers of a turn leave in one write per connection.
/// To use several cores, start one server per loop on the same address with `sharesPort`.
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

    /// Renders what the server itself answers; the error is what a handler threw, for ``Refusal/handlerFailed``.
    public typealias RefusalRenderer = @Sendable (Refusal, (any Error)?) -> Response

    /// Where the server listens, with the port that the kernel chose if 0 was asked for.
    public nonisolated let address: SocketAddress

    nonisolated let loop: EventLoop
    let handler: Handler
    let rules: ConnectionRules
    let logger: Logger
    let readBuffer = ReadBuffer()
    var connections: [ObjectIdentifier: Connection] = [:]
    var unflushed: [Connection] = []
    var listenerRegistration: Registration?
    private var listener: Socket?
    private var hasRun = false
    private var isDraining = false
    /// Resumed when a drain has closed the last connection.
    private var end: CheckedContinuation<Void, Never>?
    private var date = HTTPDate(unixSeconds: 0)

    /// Binds and listens; clients can connect from now on, and are served once ``run()`` is called.
    ///
    /// - Parameters:
    ///   - sharesPort: whether servers on other loops listen at the same address (SO_REUSEPORT).
    ///   - trust: which proxies are believed when they say whom they forward a request for.
    ///   - refusalResponse: renders the server's own answers; plain text if none is given.
    /// - Throws: ``HTTPServerError/addressInUse(_:)``, ``HTTPServerError/malformedAddress(_:)`` or the system's refusal.
    public init(
        at address: SocketAddress, on loop: EventLoop, sharesPort: Bool = false, limits: Limits = Limits(),
        trust: ProxyTrust = .none, logger: Logger,
        refusalResponse: @escaping RefusalRenderer = { refusal, _ in refusal.plainResponse },
        handler: @escaping Handler
    ) throws(HTTPServerError) {
        precondition(limits.areSane, "every limit must be positive and of a sane size")
        let socket = try Socket.listening(at: address, sharesPort: sharesPort, backlog: limits.backlog)
        self.address = SocketAddress(host: address.host, port: try socket.boundPort())
        self.loop = loop
        self.handler = handler
        self.logger = logger
        rules = ConnectionRules(limits: limits, trust: trust, refusalResponse: refusalResponse)
        listener = consume socket
    }

    /// The loop, on which all of this actor's code runs.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    /// How many clients are connected now, those that are being let go included.
    public var connectionCount: Int { connections.count }

    /// Serves until the task is cancelled or ``drain()`` is called, and then until the last connection is closed, which
    /// ``Limits/drainMilliseconds`` bounds.
    public func run() async throws(HTTPServerError) {
        guard !hasRun else { throw .alreadyRun }
        hasRun = true
        // Drained before it ran.
        guard let descriptor = listener?.descriptor else { return }
        try startAccepting(on: descriptor)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                end = continuation
                finishIfDrained()
            }
        } onCancel: {
            drain()
        }
    }

    /// Stops accepting, closes idle connections and lets requests in flight finish with `Connection: close`; from any
    /// thread, and harmless when repeated or called before ``run()``.
    public nonisolated func drain() {
        loop.execute { self.assumeIsolated { $0.beginDrain() } }
    }

    private func startAccepting(on descriptor: Int32) throws(HTTPServerError) {
        do throws(EventLoopError) {
            listenerRegistration = try loop.register(descriptor, for: .readable) { _ in self.acceptWaiting() }
        } catch {
            throw .loop(error)
        }
    }

    private func beginDrain() {
        guard !isDraining else { return }
        isDraining = true
        listenerRegistration?.cancel()
        listenerRegistration = nil
        listener = nil
        for connection in connections.values {
            connection.machine.drain()
            advance(connection)
        }
        if connections.isEmpty {
            finishIfDrained()
        } else {
            loop.schedule(at: moment().after(milliseconds: rules.limits.drainMilliseconds)) { self.cutConnections() }
        }
    }

    private func cutConnections() {
        for connection in connections.values {
            connection.machine.lost()
            advance(connection)
        }
    }

    /// Ends ``run()`` once a drain has closed the last connection.
    func finishIfDrained() {
        guard isDraining, connections.isEmpty else { return }
        end?.resume()
        end = nil
    }

    /// The next connection's descriptor, or the errno that says why there is none.
    func acceptNext() -> Socket.Accepted {
        listener?.accept() ?? .none(EBADF)
    }

    /// The time of this turn; the date is rendered anew when the second has changed.
    func moment() -> Moment {
        date.advance(to: Int64(time(nil)))
        return Moment(now: loop.now, date: date)
    }
}
