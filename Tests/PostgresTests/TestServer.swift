import EventLoop
import Glibc
import Logging

@testable import Postgres

/// The throwaway server that `scripts/test` starts, and ways to be its guest.
enum TestServer {
    /// The role that owns the test database.
    static var owner: ConnectionOptions { get throws { try options("YUNCANG_TEST_OWNER_URL") } }
    /// The superuser.
    static var superuser: ConnectionOptions { get throws { try options("YUNCANG_TEST_SUPERUSER_URL") } }

    struct Missing: Error, CustomStringConvertible {
        let variable: String
        var description: String {
            "\(variable) is not set: scripts/test sets it, and starts a PostgreSQL for these tests"
        }
    }

    static func options(_ variable: String) throws -> ConnectionOptions {
        guard let url = getenv(variable) else {
            throw Missing(variable: variable)
        }
        return try ConnectionOptions(String(cString: url))
    }
}

func withLoop<Value>(_ body: (EventLoop) async throws -> Value) async throws -> Value {
    let loop = try EventLoop.start(name: "test")
    do {
        let value = try await body(loop)
        await loop.shutDown()
        return value
    } catch {
        await loop.shutDown()
        throw error
    }
}

@discardableResult
func withConnection<Value>(
    to options: ConnectionOptions? = nil, limits: ConnectionLimits = ConnectionLimits(),
    _ body: (Connection) async throws -> Value
) async throws -> Value {
    try await withLoop { loop in
        let connection = try await Connection.connect(options ?? TestServer.superuser, limits: limits, on: loop)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}

@discardableResult
func withPool<Value>(
    to options: ConnectionOptions? = nil, limits: PoolLimits = PoolLimits(),
    connectionLimits: ConnectionLimits = ConnectionLimits(), _ body: (Pool) async throws -> Value
) async throws -> Value {
    try await withLoop { loop in
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let pool = try Pool(
            options ?? TestServer.superuser, limits: limits, connectionLimits: connectionLimits, on: loop,
            logger: logger)
        do {
            let value = try await body(pool)
            await pool.shutDown()
            return value
        } catch {
            // Not waited for: a test that has lost a connection shall fail, and not hang.
            Task { await pool.shutDown() }
            throw error
        }
    }
}

extension Connection {
    /// The only column of the only row.
    func value<Value: PostgresDecodable>(_ sql: String, _ parameters: Parameters = Parameters()) async throws -> Value {
        let rows = try await query(sql: sql, parameters) { row throws(DecodingFailure) in try row.next(Value.self) }
        precondition(rows.count == 1, "\(rows.count) rows of \(sql)")
        return rows[0]
    }
}

extension Connection {
    /// Whether the server's process runs that statement.
    func isRunning(_ sql: String, in process: Int32) async throws -> Bool {
        var parameters = Parameters()
        parameters.append(process)
        parameters.append(sql)
        let count: Int64 = try await value(
            "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND query = $2 AND state = 'active'", parameters)
        return count == 1
    }

    /// Whether the server's process has ended.
    func hasGone(_ process: Int32) async throws -> Bool {
        var parameters = Parameters()
        parameters.append(process)
        return try await value("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", parameters) as Int64 == 0
    }
}

/// The code of the server's error that `body` throws; fails if it throws none.
func sqlState(of body: () async throws -> Void) async -> SQLState? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? PostgresError)?.sqlState
    }
}
