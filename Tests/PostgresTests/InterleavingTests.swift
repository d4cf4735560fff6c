import EventLoop
import Logging
import PostgresTesting
import Testing

@testable import Postgres

/// What may come in between at an `await` within an actor on a loop, at each of the steps at which it can.
@Suite struct InterleavingTests {
    private static let steps = -48...48

    private static func pool(on loop: EventLoop) throws -> Pool {
        var limits = PoolLimits()
        limits.connections = 1
        return Pool(
            try TestServer.superuser, limits: limits, on: loop,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test("a pool that is shut down in whatever moment of its last connection's return says that it is down")
    func shutDown() async throws {
        try await withLoop { loop in
            for round in 0..<100 {
                let pool = try Self.pool(on: loop)
                let stage = Stage(on: loop)
                let lending = Task { try await pool.withConnection { _ in await stage.hold() } }
                let lent = try await eventually { await stage.isHolding }
                try #require(lent)
                let isDown = Shared(Lock(false))
                // On other threads, so that the one comes in between the other's steps.
                Task {
                    for _ in 0..<round % 20 { await Task.yield() }
                    await pool.shutDown()
                    isDown.lock.withLock { $0 = true }
                }
                await stage.release()
                let ended = try await eventually { isDown.lock.withLock { $0 } }
                try #require(ended, "in round \(round)")
                try await lending.value
            }
        }
    }

    @Test("a lease that is cancelled in whatever moment before it is there ends, and takes no connection")
    func cancelledLease() async throws {
        try await withLoop { loop in
            let pool = try Self.pool(on: loop)
            let stage = Stage(on: loop)
            let lending = await stage.play { try? await pool.withConnection { _ in await stage.hold() } }
            let lent = try await eventually { await stage.isHolding }
            try #require(lent)
            for steps in Self.steps {
                let outcome = Shared(Lock<PostgresError?>(nil))
                await stage.play(
                    {
                        do {
                            // Nobody gives the connection back, and the time is longer than the test has patience.
                            try await pool.withConnection(deadline: .now().advanced(by: .seconds(600))) { _ in }
                        } catch {
                            outcome.lock.withLock { $0 = error as? PostgresError }
                        }
                    }, cancelledAfter: steps)
                let ended = try await eventually { outcome.lock.withLock { $0 != nil } }
                #expect(ended, "cancelled \(steps) steps later")
                guard ended else { break }
                let isCancelled = if case .cancelled? = outcome.lock.withLock({ $0 }) { true } else { false }
                #expect(isCancelled)
            }
            #expect(await pool.status.waiting == 0)
            await stage.release()
            await lending.value
            try await pool.withConnection { _ = try await $0.execute(sql: "SELECT 1") }
            await pool.shutDown()
        }
    }

    @Test("a connection that is closed in whatever moment of a script ends the wait for its answer")
    func closedDuringScript() async throws {
        try await withLoop { loop in
            for steps in Self.steps {
                let connection = try await Connection.connect(TestServer.superuser, on: loop)
                let outcome = Shared(Lock<Result<Void, any Error>?>(nil))
                await Stage(on: loop).play(
                    {
                        do {
                            try await connection.run(
                                script: "SELECT pg_sleep(1)", deadline: .now().advanced(by: .seconds(600)))
                            outcome.lock.withLock { $0 = .success(()) }
                        } catch {
                            outcome.lock.withLock { $0 = .failure(error) }
                        }
                    }, and: steps
                ) { await connection.close() }
                let ended = try await eventually { outcome.lock.withLock { $0 != nil } }
                try #require(ended, "closed \(steps) steps later")
                #expect(throws: PostgresError.self) { try outcome.lock.withLock { $0 }?.get() }
            }
        }
    }
}

/// A lock that several tasks hold on to.
private final class Shared<State>: Sendable {
    let lock: Lock<State>

    init(_ lock: consuming Lock<State>) {
        self.lock = lock
    }
}
