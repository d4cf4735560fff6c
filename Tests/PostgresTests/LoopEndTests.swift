import EventLoop
import Logging
import PostgresTesting
import Testing

@testable import Postgres

@Suite("What happens to its users when a loop is shut down", .timeLimit(.minutes(1)))
struct LoopEndTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func failure(of task: Task<Void, any Error>) async -> PostgresError? {
        guard case .failure(let error) = await task.result else { return nil }
        return error as? PostgresError
    }

    @Test("a request under way fails, who waits for a connection is refused, and so is who comes later")
    func requests() async throws {
        let loop = try EventLoop.start(name: "test")
        var limits = PoolLimits()
        limits.connections = 1
        let pool = Pool(try TestServer.superuser, limits: limits, on: loop, logger: logger)
        let process = Lock<Int32>(0)
        let busy = Task {
            try await pool.withConnection { connection in
                let own = await connection.backendProcess
                process.withLock { $0 = own }
                try await connection.execute(sql: "SELECT pg_sleep(60)")
            }
        }
        try await withConnection { witness in
            let runs = try await eventually {
                try await witness.isRunning("SELECT pg_sleep(60)", in: process.withLock { $0 })
            }
            #expect(runs)
            let waiting = Task<Void, any Error> { try await pool.withConnection { _ in } }
            let waits = try await eventually { await pool.status.waiting == 1 }
            #expect(waits)
            await loop.shutDown()
            guard case .connectionLost(let reason)? = await failure(of: busy) else {
                Issue.record("the request did not fail")
                return
            }
            #expect(reason.contains("shut down"))
            for task in [waiting, Task { try await pool.withConnection { _ in } }] {
                guard case .connect(let reason)? = await failure(of: task) else {
                    Issue.record("it was not refused")
                    return
                }
                #expect(reason.kind == .stopped)
            }
            await pool.shutDown()
            _ = try await eventually { try await witness.hasGone(process.withLock { $0 }) }
        }
    }

    @Test("a script under way fails", arguments: [true, false])
    func script(isFirst: Bool) async throws {
        let loop = try EventLoop.start(name: "test")
        let connection = try await Connection.connect(try TestServer.superuser, on: loop)
        let process = await connection.backendProcess
        let running = Task {
            try await connection.run(script: "SELECT pg_sleep(60)", deadline: .now().advanced(by: .seconds(50)))
        }
        if !isFirst {
            try await withConnection { witness in
                let runs = try await eventually { try await witness.isRunning("SELECT pg_sleep(60)", in: process) }
                #expect(runs)
            }
        }
        await loop.shutDown()
        #expect(await failure(of: running) != nil)
    }

    @Test("a listener ends, whether it hears or tries to connect", arguments: [true, false])
    func listener(hears: Bool) async throws {
        let loop = try EventLoop.start(name: "test")
        let options = hears ? try TestServer.superuser : try TestServer.superuser.setting("port", to: "1")
        let events = Lock(0)
        let listener = Listener(options, channels: ["loop_end"], on: loop) { _ in events.withLock { $0 += 1 } }
        let running = Task { await listener.run() }
        let began = try await eventually { events.withLock { $0 } > 0 }
        #expect(began)
        await loop.shutDown()
        await running.value
    }
}
