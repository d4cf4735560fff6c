import EventLoop
import Glibc

/// A `yuncang serve` that is started again whenever it has ended.
final class RestartedServer: Sendable {
    private struct State {
        var process: ServeProcess?
        var port: UInt16?
        var starts = 0
        var isOver = false
    }

    private let state = Lock(State())

    /// How often it was started.
    var starts: Int { state.withLock { $0.starts } }
    /// Whether it listens.
    var listens: Bool { state.withLock { $0.port } != nil }

    /// Keeps one running until ``end()``.
    ///
    /// - Parameter databaseURL: Where it finds the database.
    func run(_ installation: PrivateInstallation, databaseURL: String) async throws {
        while !state.withLock({ $0.isOver }), !Task.isCancelled {
            try await ServeProcess.with(
                installation, arguments: ["--connections", "4"], changes: ["YUNCANG_DATABASE_URL": databaseURL]
            ) { process in
                let port = try await process.port()
                state.withLock {
                    $0.process = process
                    $0.port = port
                    $0.starts += 1
                }
                while process.isRunning, !state.withLock({ $0.isOver }) { try await Task.sleep(for: .milliseconds(2)) }
                state.withLock { $0.port = nil }
            }
        }
    }

    /// Does not start it again.
    func end() { state.withLock { $0.isOver = true } }

    /// Ends it without a word: kill -9.
    func kill() {
        let process = state.withLock { state in
            state.port = nil
            return state.process
        }
        process?.signal(SIGKILL)
    }

    /// Asks it; nil when it is not there, or ends without an answer.
    func ask(_ method: String, _ path: String, body: String, token: String) async -> (status: Int, body: String)? {
        guard let port = state.withLock({ $0.port }) else { return nil }
        return await HTTPExchange(port: port, token: token).ask(method, path, body: body)
    }
}
