import EventLoop
import Logging
import Postgres
import Synchronization
import WarehouseTesting

@testable import CloudWarehouse

/// An authenticator over a base of its own, with a clock that only the test moves.
struct Gatehouse: Sendable {
    let base: TestBase
    let authenticator: Authenticator
    let clock: TestClock
    let log: TestLog

    static func with(
        connections: Int = 2, limits: AuthenticatorLimits = AuthenticatorLimits(),
        _ body: (Gatehouse) async throws -> Void
    ) async throws {
        try await TestBase.with(connections: connections) { base in
            let (clock, log) = (TestClock(), TestLog())
            let authenticator = Authenticator(
                pool: base.pool, base: TestBase.key, limits: limits,
                logger: Logger(label: "test", factory: { _ in log }), clock: { clock.now })
            try await body(Gatehouse(base: base, authenticator: authenticator, clock: clock, log: log))
        }
    }

    /// Asks on the loop's thread, as the server does.
    func caller(showing token: TokenText, as kind: TokenKind = .program) async throws -> Caller {
        try await Task(executorPreference: base.pool.loop) {
            try await authenticator.caller(showing: Array(token.revealed.utf8)[...], as: kind)
        }.value
    }

    /// Whether this is known as a token without being hashed.
    func isKnownAgain(_ text: String) async -> Bool {
        await Task(executorPreference: base.pool.loop) {
            authenticator.callerShowing(again: Array(text.utf8)[...]) != nil
        }.value
    }

    /// Whether this is refused as no good token, and for no other reason; asked from another thread.
    func refuses(_ text: String?, as kind: TokenKind = .program) async -> Bool {
        do throws(AuthenticationError) {
            _ = try await authenticator.caller(showing: text.map { Array($0.utf8)[...] }, as: kind)
            return false
        } catch .refused {
            return true
        } catch {
            return false
        }
    }

    /// Waits until no use is left to be noted.
    func noted() async {
        while await authenticator.isNoting { await Task.yield() }
    }

    /// When the database says that it was last used, once that is as expected.
    func lastUse(of token: TokenText, until isExpected: (Timestamp?) -> Bool) async throws -> Timestamp? {
        while true {
            let listed = try await base.tokens.list().first { $0.prefix == token.prefix }
            if isExpected(listed?.lastUsedAt) { return listed?.lastUsedAt }
            await Task.yield()
        }
    }
}

/// A monotonic clock that stands until it is moved.
final class TestClock: Sendable {
    private let instant = Mutex(MonotonicInstant(nanoseconds: 1_000_000_000_000))

    var now: MonotonicInstant { instant.withLock { $0 } }

    func advance(by duration: Duration) {
        instant.withLock { $0 = $0.advanced(by: duration) }
    }
}

/// Keeps what is logged.
final class TestLog: LogHandler, Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    func log(event: LogEvent) {
        lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
}
