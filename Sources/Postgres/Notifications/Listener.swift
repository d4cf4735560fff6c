public import EventLoop

/// Listens on channels over a connection of its own, which it makes again whenever it breaks.
///
/// A notification is a hint: what was sent while the connection was down is gone. So each (re)connection says
/// ``Event/listening``, upon which everything has to be read again.
public actor Listener {
    /// What happened.
    public enum Event: Sendable {
        /// From now on nothing is missed, but anything may have been before.
        case listening
        /// Somebody sent this.
        case notified(Notification)
        /// The connection broke, or could not be made; the next ``listening`` may be long in coming.
        case lost(PostgresError)
    }

    /// The loop that the connection is on, and that the handler is called on.
    public nonisolated let loop: EventLoop
    /// The loop, as the executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// How often the server is asked for a sign of life, which a silent connection gives no other way.
    private static let heartbeat = Duration.seconds(10)
    /// How long it may take to give one.
    private static let heartbeatDeadline = Duration.seconds(5)

    private let options: ConnectionOptions
    private let channels: [String]
    private let backoff: Backoff
    private let handler: @Sendable (Event) -> Void

    /// A listener on `channels`; ``run()`` makes it begin.
    public init(
        _ options: ConnectionOptions, channels: [String], backoff: Backoff = Backoff(), on loop: EventLoop,
        handler: @escaping @Sendable (Event) -> Void
    ) {
        self.options = options
        self.channels = channels
        self.backoff = backoff
        self.loop = loop
        self.handler = handler
    }

    /// Listens until the task is cancelled, or the loop stopped.
    public func run() async {
        var failures = 0
        while !Task.isCancelled {
            do throws(PostgresError) {
                let connection = try await listen()
                failures = 0
                handler(.listening)
                let failure = await watch(connection)
                await connection.close()
                if !Task.isCancelled { handler(.lost(failure)) }
            } catch {
                if !Task.isCancelled { handler(.lost(error)) }
            }
            failures += 1
            let pause = backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1))
            do throws(EventLoopError) { try await loop.sleep(until: .now().advanced(by: pause)) } catch { return }
        }
    }

    private func listen() async throws(PostgresError) -> Connection {
        let connection = try await Connection.connect(options, on: loop)
        let handler = handler
        await connection.onNotification { handler(.notified($0)) }
        for channel in channels {
            do throws(PostgresError) {
                try await connection.execute(sql: "LISTEN \"\(channel.replacing("\"", with: "\"\""))\"")
            } catch {
                await connection.close()
                throw error
            }
        }
        return connection
    }

    /// Asks for a sign of life again and again; gives why there was none. A connection that breaks ends the pause.
    private func watch(_ connection: Connection) async -> PostgresError {
        while true {
            let pause = Task { [loop] in try? await loop.sleep(until: .now().advanced(by: Self.heartbeat)) }
            await connection.onClose { _ in pause.cancel() }
            await withTaskCancellationHandler {
                await pause.value
            } onCancel: {
                pause.cancel()
            }
            if Task.isCancelled { return .cancelled }
            do throws(PostgresError) {
                try await connection.execute(sql: "SELECT 1", deadline: .now().advanced(by: Self.heartbeatDeadline))
            } catch {
                return error
            }
        }
    }
}
