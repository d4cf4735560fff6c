import EventLoop
import PostgresTesting
import Testing

@testable import Postgres

@Suite("The bounds of a session")
struct SessionLimitTests {
    @Test("the server keeps every bound, and statements end before the client's own deadline passes")
    func settings() async throws {
        let limits = SessionLimits()
        let options = try TestServer.superuser.bounded(by: limits)
        try await withConnection(to: options) { connection in
            let names = [
                ("statement_timeout", "25s"), ("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "10s"),
                ("tcp_user_timeout", "10000"), ("tcp_keepalives_idle", "10"), ("tcp_keepalives_interval", "3"),
                ("tcp_keepalives_count", "3"),
            ]
            for (name, expected) in names {
                var parameters = Parameters()
                parameters.append(name)
                let found: String = try await connection.value("SELECT current_setting($1)", parameters)
                #expect(found == expected, "\(name)")
            }
        }
        #expect(.milliseconds(limits.statementMilliseconds) < ConnectionLimits().queryDeadline)
        #expect(options.effectiveValue(of: "tcp_user_timeout") == "10000")
        #expect(options.effectiveValue(of: "keepalives_idle") == "10")
    }

    @Test("what the connection string says of the client's keepalive stays")
    func given() throws {
        let options = try ConnectionOptions("host=here keepalives_idle=77").bounded(by: SessionLimits())
        #expect(options.effectiveValue(of: "keepalives_idle") == "77")
        #expect(options.effectiveValue(of: "keepalives_interval") == "3")
    }

    @Test("a lock that is not to be had, and a statement without end, fail each by its own code")
    func statements() async throws {
        var limits = SessionLimits()
        limits.lockMilliseconds = 20
        limits.statementMilliseconds = 2_000
        try await withConnection { holder in
            try await holder.execute(sql: "SELECT pg_advisory_lock(20261125)")
            try await withConnection(to: TestServer.superuser.bounded(by: limits)) { connection in
                let lock = await sqlState { try await connection.execute(sql: "SELECT pg_advisory_lock(20261125)") }
                #expect(lock == .lockNotAvailable)
                let sleep = await sqlState { try await connection.execute(sql: "SELECT pg_sleep(60)") }
                #expect(sleep == .queryCanceled)
                #expect(await connection.closedBy == nil)
            }
        }
    }

    @Test("a client that stops in the middle of a transaction loses its session and its locks")
    func abandonedTransaction() async throws {
        var limits = SessionLimits()
        limits.idleInTransactionMilliseconds = 50
        try await withConnection(to: TestServer.superuser.bounded(by: limits)) { sleeper in
            try await sleeper.execute(sql: "BEGIN")
            try await sleeper.execute(sql: "SELECT pg_advisory_xact_lock(20261126)")
            try await withConnection { next in
                // Waits for the lock, which nobody gives back.
                try await next.execute(
                    sql: "SELECT pg_advisory_xact_lock(20261126)", deadline: .now().advanced(by: .seconds(20)))
            }
            #expect(try await eventually { await sleeper.closedBy != nil })
        }
    }
}
