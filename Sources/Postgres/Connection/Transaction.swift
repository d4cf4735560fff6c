public import EventLoop

/// How a transaction sees others' changes.
public enum Isolation: String, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first.
    case repeatableRead = "REPEATABLE READ"
    /// As if one transaction ran after another; fails with 40001 where that cannot be.
    case serializable = "SERIALIZABLE"
}

/// Whether a transaction may write.
public enum Access: String, Sendable {
    /// It may.
    case readWrite = "READ WRITE"
    /// The server refuses its writes with 25006.
    case readOnly = "READ ONLY"
}

/// A transaction under way on a connection that it has to itself.
public struct Transaction: Sendable {
    /// The connection; statements run directly on it are part of the transaction as well.
    public let connection: Connection

    /// Runs a statement and reads all of its rows.
    public func query<S: Statement>(_ statement: S, deadline: MonotonicInstant? = nil) async throws(PostgresError) -> [S
        .Row]
    {
        try await connection.query(statement, deadline: deadline)
    }

    /// Runs a statement and says how many rows it wrote.
    @discardableResult
    public func execute<S: Statement>(_ statement: S, deadline: MonotonicInstant? = nil) async throws(PostgresError)
        -> Int
    {
        try await connection.execute(statement, deadline: deadline)
    }

    /// Runs several statements in one round trip.
    public func batch<each S: Statement>(
        _ statement: repeat each S, deadline: MonotonicInstant? = nil
    ) async throws(PostgresError) -> (repeat [(each S).Row]) {
        try await connection.batch(repeat each statement, deadline: deadline)
    }
}

extension Connection {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// - Throws: What `body` threw, once rolled back; a ``PostgresError`` of BEGIN or COMMIT;
    ///   ``PostgresError/commitOutcomeUnknown(cause:)`` when COMMIT was sent and no trustworthy answer came.
    ///   If the rollback fails too, the connection is closed, which rolls back as well.
    public nonisolated func withTransaction<Value>(
        _ isolation: Isolation = .readCommitted, _ access: Access = .readWrite,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        try await begin(isolation, access)
        let value: Value
        do {
            value = try await body(Transaction(connection: self))
        } catch {
            await rollBack()
            throw error
        }
        try await commit()
        return value
    }

    private func begin(_ isolation: Isolation, _ access: Access) async throws(PostgresError) {
        let begin = PipelinedCommand(sql: "BEGIN ISOLATION LEVEL \(isolation.rawValue) \(access.rawValue)")
        do throws(PostgresError) {
            _ = try await perform([begin], deadline: nil)
        } catch .cancelled {
            // Given up while under way: what it began must not become part of what comes next.
            await rollBack()
            throw .cancelled
        }
    }

    func rollBack() async {
        // Closing it rolls back as well.
        guard await settle() else { return }
        do throws(PostgresError) {
            _ = try await perform([PipelinedCommand(sql: "ROLLBACK")], deadline: nil, cancellable: false)
        } catch {
            close(by: .connectionLost("closed, because ROLLBACK failed: \(error)"))
        }
    }

    private func commit() async throws(PostgresError) {
        let answer: Request.Answer
        do throws(PostgresError) {
            answer = try await perform([PipelinedCommand(sql: "COMMIT")], deadline: nil, cancellable: false)
        } catch {
            throw CommitVerdict.of(failure: error)
        }
        if let error = CommitVerdict.of(tag: answer.results[0].commandTag, notices: answer.notices) { throw error }
    }
}
