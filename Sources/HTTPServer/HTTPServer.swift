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

    private enum State {
        case listening
        case running(CheckedContinuation<Void, Never>)
        case draining(CheckedContinuation<Void, Never>)
        case finished
    }

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
    private var state = State.listening
    private var date = HTTPDate(unixSeconds: 0)

    /// Binds and listens; clients can connect from now on, and are served once ``run()`` is called.
    ///
    /// - Parameters:
    ///   - sharesPort: whether servers on other loops listen at the same address (SO_REUSEPORT).
    ///   - refusalResponse: renders the server's own answers; plain text if none is given.
    /// - Throws: ``HTTPServerError/addressInUse(_:)``, ``HTTPServerError/malformedAddress(_:)`` or the system's refusal.
    public init(
        at address: SocketAddress, on loop: EventLoop, sharesPort: Bool = false, limits: Limits = Limits(), logger: Logger,
        refusalResponse: @escaping RefusalRenderer = { refusal, _ in refusal.plainResponse },
        handler: @escaping Handler
    ) throws(HTTPServerError) {
        precondition(limits.areSane, "every limit must be positive and of a sane size")
        let socket = try Socket.listening(at: address, sharesPort: sharesPort, backlog: limits.backlog)
        self.address = SocketAddress(host: address.host, port: try socket.boundPort())
        self.loop = loop
        self.handler = handler
        self.logger = logger
        rules = ConnectionRules(limits: limits, refusalResponse: refusalResponse)
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
        guard case .listening = state else { throw .alreadyRun }
        try startAccepting()
        await withTaskCancellationHandler {
            await withCheckedContinuation { state = .running($0) }
        } onCancel: {
            drain()
        }
    }

    /// Stops accepting, closes idle connections and lets requests in flight finish with `Connection: close`; from any
    /// thread, and harmless when repeated or called before ``run()``.
    public nonisolated func drain() {
        loop.execute { self.assumeIsolated { $0.beginDrain() } }
    }

    private func startAccepting() throws(HTTPServerError) {
        guard let descriptor = listener?.descriptor else { throw .alreadyRun }
        do throws(EventLoopError) {
            listenerRegistration = try loop.register(descriptor, for: .readable) { _ in self.acceptWaiting() }
        } catch {
            throw .loop(error)
        }
    }

    private func beginDrain() {
        listenerRegistration?.cancel()
        listenerRegistration = nil
        listener = nil
        switch state {
        case .listening: state = .finished
        case .draining, .finished: return
        case .running(let continuation):
            state = .draining(continuation)
            loop.schedule(at: moment().after(milliseconds: rules.limits.drainMilliseconds)) { self.cutConnections() }
            for connection in connections.values {
                connection.machine.drain()
                advance(connection)
            }
            finishIfDrained()
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
        guard case .draining(let continuation) = state, connections.isEmpty else { return }
        state = .finished
        continuation.resume()
    }

    /// The next connection's descriptor, or the errno that says why there is none.
    func acceptNext() -> (socket: Int32, code: Int32) {
        listener?.accept() ?? (-1, EBADF)
    }

    /// The time of this turn; the date is rendered anew when the second has changed.
    func moment() -> Moment {
        date.advance(to: Int64(time(nil)))
        return Moment(now: loop.now, date: date)
    }
}
