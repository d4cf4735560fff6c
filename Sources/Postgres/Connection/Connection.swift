internal import DequeModule
public import EventLoop

/// One session with PostgreSQL: an actor on a loop, over libpq in pipeline mode.
///
/// Requests of concurrent tasks are pipelined: each goes out at the end of the turn in which it was made, and fails or
/// succeeds on its own. Statements are prepared on first use. Every request has a deadline on the client's own clock,
/// and one that passes closes the connection, since a stopped server keeps its sockets open and says nothing.
public actor Connection {
    /// The loop that this connection's socket is on.
    public nonisolated let loop: EventLoop
    /// The bounds that it keeps.
    public nonisolated let limits: ConnectionLimits
    /// The loop, as the executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// What libpq's connection is used for.
    private enum Mode {
        case pipeline
        /// One script or COPY at a time.
        case exclusive
    }

    private(set) var libpq: LibpqConnection?
    private var mode = Mode.pipeline
    private var machine = PipelineMachine()
    private var requests = Deque<Request>()
    private var statements = StatementNames()
    private var plans = PlanAge()
    private var registration: Registration?
    /// What closes it when its loop stops, since nobody would tell of answers or deadlines any more.
    private var ending: Ending?
    private var flushAsked = false
    private var readinessWaiter: CheckedContinuation<PostgresError?, Never>?
    private var closingHandler: (@Sendable (PostgresError) -> Void)?
    private var notificationHandler: (@Sendable (Notification) -> Void)?

    /// Why the connection is closed; `nil` while it is open.
    public private(set) var closedBy: PostgresError?

    init(loop: EventLoop, limits: ConnectionLimits) {
        self.loop = loop
        self.limits = limits
    }

    /// The server's process for this session; 0 once closed.
    public var backendProcess: Int32 { libpq?.backendProcess ?? 0 }

    /// How many requests are under way.
    public var depth: Int { machine.depth }

    /// Whether nothing is under way.
    public var isIdle: Bool { machine.depth == 0 && mode == .pipeline }

    /// Takes over a connected `libpq`.
    func adopt(_ libpq: LibpqConnection) throws(PostgresError) {
        do throws(EventLoopError) {
            registration = try loop.register(libpq.socket, for: .readable, isPrompt: true) { [weak self] readiness in
                self?.assumeIsolated { $0.becameReady(readiness) }
            }
        } catch {
            throw .connect(ConnectFailure(kind: .stopped, message: "\(error)"))
        }
        self.libpq = libpq
        ending = loop.whenStopped { [weak self] in
            self?.assumeIsolated { $0.close(by: .connectionLost("the event loop was shut down")) }
        }
    }

    /// Calls `handler` on the loop when the connection closes, for whatever reason; at once if it is closed.
    func onClose(_ handler: @escaping @Sendable (PostgresError) -> Void) {
        if let closedBy { return handler(closedBy) }
        closingHandler = handler
    }

    /// Calls `handler` on the loop for each notification.
    func onNotification(_ handler: @escaping @Sendable (Notification) -> Void) {
        notificationHandler = handler
    }

    /// Ends the session; requests under way fail with ``PostgresError/connectionLost(_:)``.
    public func close() {
        close(by: .connectionLost("closed by the service"))
    }

    func close(by error: PostgresError) {
        guard closedBy == nil else { return }
        closedBy = error
        registration?.cancel()
        registration = nil
        if let ending { loop.cancel(ending) }
        ending = nil
        libpq = nil
        for request in requests { request.finish(.failure(error)) }
        requests.removeAll()
        readinessWaiter?.resume(returning: error)
        readinessWaiter = nil
        closingHandler?(error)
        closingHandler = nil
    }

    // MARK: Requests

    /// Sends one group of commands with its sync, and waits for its outcome.
    ///
    /// A request that is not `cancellable` waits for its answer even if the task is cancelled: COMMIT does.
    func perform(
        _ commands: [PipelinedCommand], deadline: MonotonicInstant?, cancellable: Bool = true
    ) async throws(PostgresError) -> Request.Answer {
        if cancellable, Task.isCancelled { throw .cancelled }
        if plans.isOld, isIdle, libpq?.isInTransaction == false {
            plans.renew()
            // Nobody waits for its answer.
            _ = try send([PipelinedCommand(DiscardPlans())])
        }
        let request = try send(commands)
        request.expire(at: deadline ?? loop.now.advanced(by: limits.queryDeadline)) { [weak self] in
            self?.assumeIsolated { $0.deadlinePassed(request) }
        }
        let loop = loop
        let outcome = await withTaskCancellationHandler {
            // Through a method of the actor: a closure that does not capture `self` is not isolated to it, and would
            // run on another thread.
            await withCheckedContinuation { suspend(request, $0) }
        } onCancel: {
            if cancellable { loop.execute { request.finish(.failure(.cancelled)) } }
        }
        return try outcome.get()
    }

    private func suspend(_ request: Request, _ continuation: CheckedContinuation<Request.Outcome, Never>) {
        request.wait(continuation)
    }

    private func send(_ commands: [PipelinedCommand]) throws(PostgresError) -> Request {
        let libpq = try openLibpq()
        guard mode == .pipeline else { throw .misuse("a script or COPY is under way on this connection") }
        guard machine.depth < limits.pipelineDepth else {
            throw .misuse("more than \(limits.pipelineDepth) requests under way on one connection")
        }
        var steps: [PipelineMachine.Step] = []
        var sent = true
        for command in commands where sent {
            let (name, isNew) = statements.name(of: command)
            if isNew {
                sent = libpq.sendPrepare(name: name, sql: command.sql, types: command.parameters.types)
                steps.append(.prepare(name: name))
            }
            switch command.kind {
            case .execute: sent = sent && libpq.sendExecute(name: name, command.parameters)
            case .describe: sent = sent && libpq.sendDescribe(name: name)
            }
            steps.append(.command)
        }
        guard sent, libpq.sendSync() else {
            let error = PostgresError.connectionLost(libpq.message)
            close(by: error)
            throw error
        }
        machine.sent(steps)
        let request = Request(loop: loop)
        requests.append(request)
        askForFlush()
        return request
    }

    func openLibpq() throws(PostgresError) -> LibpqConnection {
        guard let libpq else { throw closedBy ?? .misuse("the connection was never opened") }
        return libpq
    }

    /// Waits for what cancelled tasks have left under way, so that nobody queues behind it: for a moment, after which the
    /// server is asked to stop it and the connection is closed.
    ///
    /// - Returns: Whether the connection is open, with nothing under way.
    func settle() async -> Bool {
        if closedBy == nil, !isIdle {
            let deadline = loop.now.advanced(by: limits.abandonedDeadline)
            // A sync of its own, which is answered after everything before it.
            do throws(PostgresError) { _ = try await perform([], deadline: deadline, cancellable: false) } catch {
                close(by: error)
            }
        }
        return closedBy == nil && isIdle
    }

    private func deadlinePassed(_ request: Request) {
        // The server may only be slow: ask it to stop. It may also be stopped, so do not wait for that to help.
        if let cancellation = libpq?.cancellation() { Detour.start("pg-cancel", cancellation) }
        request.finish(.failure(.deadlineExceeded))
        close(by: .connectionLost("closed, because a request on it had no answer within its deadline"))
    }

    // MARK: The socket

    private func askForFlush() {
        guard !flushAsked else { return }
        flushAsked = true
        loop.atEndOfTurn { [weak self] in self?.assumeIsolated { $0.flush() } }
    }

    private func flush() {
        flushAsked = false
        guard let libpq else { return }
        switch libpq.flush() {
        case false?: registration?.update(.readable)
        case true?: registration?.update([.readable, .writable])
        case nil: close(by: .connectionLost(libpq.message))
        }
    }

    private func becameReady(_ readiness: Readiness) {
        guard let libpq else { return }
        let alive = readiness.isDisjoint(with: [.readable, .hangUp, .failed]) || libpq.consumeInput()
        if mode == .pipeline { receive(from: libpq) }
        receiveNotifications(from: libpq)
        if !alive {
            close(by: .connectionLost(libpq.message))
        } else if mode == .exclusive {
            readinessWaiter?.resume(returning: nil)
            readinessWaiter = nil
        } else if readiness.contains(.writable) || registration?.interest.contains(.writable) == true {
            flush()
        }
    }

    private func receiveNotifications(from libpq: LibpqConnection) {
        while let notification = libpq.nextNotification() { notificationHandler?(notification) }
    }

    private func receive(from libpq: LibpqConnection) {
        var silent = 0
        // Two NULLs that move nothing: libpq waits for input, though it does not say that it is busy.
        while machine.depth > 0, silent < 2, !libpq.isBusy {
            let result = libpq.nextResult()
            let answer = result.map(\.answer) ?? .end
            silent = answer == .end ? silent + 1 : 0
            requests.first?.note(libpq.takeNotices())
            carryOut(machine.received(answer), with: result)
        }
    }

    private func carryOut(_ action: PipelineMachine.Action, with result: QueryResult?) {
        switch action {
        case .nothing: break
        case .keep:
            guard let result else { return }
            plans.note(inserted: result.insertedRows)
            requests.first?.keep(result)
        case .fail:
            guard let error = result?.error else { return }
            if error.sqlState == .invalidStatementName || error.sqlState == .featureNotSupported {
                statements.forgetAll()
            }
            requests.first?.fail(error)
        case .failPreparing(let name):
            statements.forget(name)
            if let error = result?.error { requests.first?.fail(error) }
        case .forget(let name): statements.forget(name)
        case .complete: requests.popFirst()?.complete()
        case .end: close(by: .connectionLost(result?.error.description ?? "the server ended the session"))
        case .violation(let what): close(by: .connectionLost("libpq and the service disagree: \(what)"))
        }
    }

    // MARK: Scripts and COPY

    /// Leaves pipeline mode for `body`, which has libpq to itself.
    func exclusively<Value>(_ body: (LibpqConnection) async throws -> Value) async throws -> Value {
        let libpq = try openLibpq()
        guard isIdle, libpq.leavePipeline() else {
            throw PostgresError.misuse("requests are under way on this connection")
        }
        mode = .exclusive
        defer {
            mode = .pipeline
            registration?.update(.readable)
            if closedBy == nil, !libpq.enterPipeline() { close(by: .connectionLost(libpq.message)) }
        }
        return try await body(libpq)
    }

    /// Suspends until the socket is ready; the connection is closed when `deadline` passes first.
    func untilReady(for interest: Interest, by deadline: MonotonicInstant) async throws(PostgresError) {
        let timer = loop.schedule(at: deadline) { [weak self] in
            self?.assumeIsolated { $0.close(by: .deadlineExceeded) }
        }
        let failure = await withCheckedContinuation { wait(for: interest, $0) }
        loop.cancel(timer)
        if let failure { throw failure }
    }

    private func wait(for interest: Interest, _ continuation: CheckedContinuation<PostgresError?, Never>) {
        if let closedBy { return continuation.resume(returning: closedBy) }
        registration?.update(interest.union(.readable))
        readinessWaiter = continuation
    }
}
