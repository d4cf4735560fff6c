import EventLoop
import Glibc
import PostgresTesting
import Testing

@testable import Postgres

/// Faults that are really injected, on servers of the tests' own.
@Suite(.serialized) struct FaultTests {
    @Test("a stopped backend is noticed by the client's own deadline, and by nothing else")
    func stoppedBackend() async throws {
        try await PrivateCluster.with { cluster in
            try await withConnection(to: ConnectionOptions(cluster.url)) { connection in
                let process = await connection.backendProcess
                kill(process, SIGSTOP)
                let asking = Task {
                    try await connection.execute(sql: "SELECT 1", deadline: .now().advanced(by: .milliseconds(200)))
                }
                let noticed = try await eventually { await connection.closedBy != nil }
                #expect(noticed)
                // Only now, so that whoever waits without a deadline fails here and does not hang.
                kill(process, SIGCONT)
                await #expect {
                    _ = try await asking.value
                } throws: {
                    if case PostgresError.deadlineExceeded = $0 { true } else { false }
                }
                let closed = await connection.closedBy
                #expect(closed != nil)
            }
        }
    }

    @Test("a backend killed by SIGKILL in the midst of a query: the query's outcome is unknown, the pool goes on")
    func killedBackend() async throws {
        try await PrivateCluster.with { cluster in
            try await withPool(to: ConnectionOptions(cluster.url)) { pool in
                let sleeping = Task {
                    try await pool.withConnection { connection in
                        kill(await connection.backendProcess, SIGKILL)
                        _ = try await connection.execute(sql: "SELECT pg_sleep(60)")
                    }
                }
                do {
                    try await sleeping.value
                    Issue.record("the killed backend answered")
                } catch let error as PostgresError {
                    #expect(error.isLossOfConnection, "\(error)")
                }
                let recovered = try await eventually { await answers(pool) }
                #expect(recovered)
            }
        }
    }

    @Test("a restart breaks what was under way, and the pool heals by itself", arguments: ["fast", "immediate"])
    func restart(mode: String) async throws {
        try await PrivateCluster.with { cluster in
            try await withPool(to: ConnectionOptions(cluster.url)) { pool in
                #expect(await answers(pool))
                try await cluster.stop(mode: mode)
                do {
                    try await pool.withConnection(deadline: .now().advanced(by: .milliseconds(200))) { _ in }
                    Issue.record("a stopped server gave a connection")
                } catch PostgresError.pool(.deadlineExceeded(let last)) {
                    #expect(last?.canHeal == true)
                }
                let status = await pool.status
                #expect(status.connected == 0)
                #expect(status.lastFailure != nil)
                let waiting = Task { await answers(pool) }
                try await cluster.start()
                #expect(await waiting.value, "who waited through the restart is served after it")
            }
        }
    }

    @Test("the postmaster killed by SIGKILL: nothing hangs, and after its restart the pool answers again")
    func killedPostmaster() async throws {
        try await PrivateCluster.with { cluster in
            try await withPool(to: ConnectionOptions(cluster.url)) { pool in
                let sleeping = Task {
                    try await pool.withConnection { try await $0.execute(sql: "SELECT pg_sleep(60)") }
                }
                let busy = try await eventually { await pool.status.connected == 1 }
                #expect(busy)
                try cluster.signalPostmaster(SIGKILL)
                await #expect(throws: PostgresError.self) { _ = try await sleeping.value }
                // Backends notice their parent's death; until then the data folder is taken.
                let restarted = try await eventually { (try? await cluster.start()) != nil }
                #expect(restarted)
                let recovered = try await eventually { await answers(pool) }
                #expect(recovered)
            }
        }
    }

    @Test("a commit whose wait for the synchronous standby was cut short is there, and yet not acknowledged")
    func standbyWaitCancelled() async throws {
        try await PrivateCluster.with(settings: ["synchronous_standby_names = 'nobody'"]) { cluster in
            let options = try ConnectionOptions(cluster.url)
            try await withConnection(to: options.session("synchronous_commit", "local")) { watcher in
                try await watcher.execute(sql: "CREATE TABLE crate (n int8)")
                try await withConnection(to: options) { connection in
                    var process = Parameters()
                    process.append(await connection.backendProcess)
                    let committing = Task {
                        try await connection.withTransaction { tx in
                            _ = try await tx.connection.execute(sql: "INSERT INTO crate VALUES (1)")
                        }
                    }
                    let waits = try await eventually {
                        try await watcher.value(
                            "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'SyncRep'", process
                        ) as Int64 == 1
                    }
                    #expect(waits)
                    try await watcher.execute(sql: "SELECT pg_cancel_backend($1)", process)
                    await #expect { try await committing.value } throws: {
                        if case PostgresError.commitOutcomeUnknown(cause: .server) = $0 { true } else { false }
                    }
                    let count: Int64 = try await watcher.value("SELECT count(*) FROM crate")
                    #expect(count == 1, "committed here, and on no standby")
                    #expect(await connection.closedBy == nil)
                }
            }
        }
    }

    @Test("a listener loses its connection, says so, and says when it listens again; what comes then is heard")
    func listenerReconnects() async throws {
        try await PrivateCluster.with { cluster in
            try await withLoop { loop in
                let events = Lock<[String]>([])
                let listener = Listener(
                    try ConnectionOptions(cluster.url), channels: ["stock \"quoted\""], on: loop
                ) { event in
                    let text =
                        switch event {
                        case .listening: "listening"
                        case .notified(let notification): "heard \(notification.payload)"
                        case .lost: "lost"
                        }
                    events.withLock { if $0.last != text { $0.append(text) } }
                }
                let running = Task { await listener.run() }
                func heard(_ text: String) async throws -> Bool {
                    try await eventually { events.withLock { $0.last == text } }
                }
                func notify(_ payload: String) async throws {
                    try await withConnection(to: ConnectionOptions(cluster.url)) { connection in
                        try await connection.execute(sql: "SELECT pg_notify('stock \"quoted\"', '\(payload)')")
                    }
                }
                #expect(try await heard("listening"))
                try await notify("melon")
                #expect(try await heard("heard melon"))
                try await cluster.stop(mode: "immediate")
                #expect(try await heard("lost"))
                try await cluster.start()
                #expect(try await heard("listening"))
                try await notify("taro")
                #expect(try await heard("heard taro"))
                running.cancel()
                await running.value
                #expect(events.withLock { $0 } == ["listening", "heard melon", "lost", "listening", "heard taro"])
            }
        }
    }

    private func answers(_ pool: Pool) async -> Bool {
        (try? await pool.withConnection { try await $0.execute(sql: "SELECT 1") }) == 1
    }
}

extension PostgresError {
    fileprivate var isLossOfConnection: Bool {
        switch self {
        case .connectionLost: true
        case .server(let error): error.sqlState == .crashShutdown || error.sqlState == .adminShutdown
        default: false
        }
    }
}
