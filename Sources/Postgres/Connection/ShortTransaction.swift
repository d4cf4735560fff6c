public import EventLoop

/// Prepared like any other statement, so that it is not parsed each time.
private struct Begin: Command {
    static let sql = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

    func bind(to parameters: inout Parameters) {}
}

private struct Commit: Command {
    static let sql = "COMMIT"

    func bind(to parameters: inout Parameters) {}
}

extension Connection {
    /// Runs a transaction of two round trips: BEGIN with what is read first, and what is written with COMMIT.
    ///
    /// - Parameters:
    ///   - opening: What is read first, under READ COMMITTED.
    ///   - body: Makes of what was read a value, and what is to be written. It may ask more in between.
    /// - Throws: What `body` threw, once rolled back; what the server refused, once rolled back;
    ///   ``PostgresError/commitOutcomeUnknown(cause:)`` when COMMIT was sent and no trustworthy answer came.
    public nonisolated func withShortTransaction<Value>(
        opening: Pipeline, _ body: (Transaction, Pipeline.Answers) async throws -> (Value, closing: Pipeline)
    ) async throws -> Value {
        var commands = [PipelinedCommand(Begin())]
        commands.append(contentsOf: opening.commands)
        let value: Value
        let closing: Pipeline
        do {
            let answer = try await perform(commands, deadline: nil)
            (value, closing) = try await body(
                Transaction(connection: self), Pipeline.Answers(results: answer.results.dropFirst()))
        } catch {
            await rollBack()
            throw error
        }
        try await commit(after: closing)
        return value
    }

    private func commit(after closing: Pipeline) async throws(PostgresError) {
        let answer: Request.Answer
        do throws(PostgresError) {
            answer = try await perform(
                closing.commands + [PipelinedCommand(Commit())], deadline: nil, cancellable: false)
        } catch {
            let verdict = CommitVerdict.of(failure: error)
            // What was refused may have been a statement before COMMIT: then the transaction is still open.
            if case .commitOutcomeUnknown = verdict {} else { await rollBack() }
            throw verdict
        }
        guard let result = answer.results.last else { throw .misuse("COMMIT gave no result") }
        if let error = CommitVerdict.of(tag: result.commandTag, notices: answer.notices) { throw error }
    }
}

extension Pool {
    /// Runs a transaction of two round trips on a connection of its own, as
    /// ``Connection/withShortTransaction(opening:_:)`` does; again if it failed by 40001 or 40P01.
    public nonisolated func withShortTransaction<Value>(
        opening: Pipeline, deadline: MonotonicInstant? = nil,
        _ body: (Transaction, Pipeline.Answers) async throws -> (Value, closing: Pipeline)
    ) async throws -> Value {
        try await withConnection(deadline: deadline) { connection in
            try await retryingTransactions { try await connection.withShortTransaction(opening: opening, body) }
        }
    }
}
