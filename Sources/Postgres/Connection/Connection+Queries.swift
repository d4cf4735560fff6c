public import EventLoop

extension Connection {
    /// Runs a statement and reads all of its rows.
    ///
    /// - Parameter deadline: On the client's clock; ``ConnectionLimits/queryDeadline`` from now unless given.
    public func query<S: Statement>(
        _ statement: S, deadline: MonotonicInstant? = nil
    ) async throws(PostgresError) -> [S.Row] {
        let answer = try await perform([PipelinedCommand(statement)], deadline: deadline)
        return try Self.rows(of: S.self, in: answer.results[0])
    }

    /// Runs a statement and says how many rows it wrote or read.
    @discardableResult
    public func execute<S: Statement>(_ statement: S, deadline: MonotonicInstant? = nil) async throws(PostgresError)
        -> Int
    {
        try await perform([PipelinedCommand(statement)], deadline: deadline).results[0].affectedRows
    }

    /// Runs several statements in one round trip; the first that fails keeps the later ones from running.
    ///
    /// They are atomic only inside a transaction.
    public nonisolated func batch<each S: Statement>(
        _ statement: repeat each S, deadline: MonotonicInstant? = nil
    ) async throws(PostgresError) -> (repeat [(each S).Row]) {
        var commands: [PipelinedCommand] = []
        for command in repeat PipelinedCommand(each statement) { commands.append(command) }
        let answer = try await perform(commands, deadline: deadline)
        var results = answer.results.makeIterator()
        return try (repeat Self.rows(of: (each S).self, in: results.next()!))
    }

    /// Runs a text that is no ``Statement``, for tools and tests; values are still bound, never written into it.
    @discardableResult
    public func query<Row: Sendable>(
        sql: String, _ parameters: Parameters = Parameters(), deadline: MonotonicInstant? = nil,
        decode: @Sendable (inout RowDecoder) throws(DecodingFailure) -> Row
    ) async throws(PostgresError) -> [Row] {
        let answer = try await perform([PipelinedCommand(sql: sql, parameters: parameters)], deadline: deadline)
        do throws(DecodingFailure) { return try answer.results[0].rows(decode) } catch {
            throw .decoding(error, statement: sql)
        }
    }

    /// Runs a text that is no ``Statement`` and says how many rows it wrote or read.
    @discardableResult
    public func execute(
        sql: String, _ parameters: Parameters = Parameters(), deadline: MonotonicInstant? = nil
    ) async throws(PostgresError) -> Int {
        try await perform([PipelinedCommand(sql: sql, parameters: parameters)], deadline: deadline).results[0]
            .affectedRows
    }

    /// Asks the server for the types of a statement's parameters and columns, without running it.
    public func describe<S: Statement>(_ statement: S) async throws(PostgresError) -> (
        parameters: [UInt32], columns: [UInt32]
    ) {
        let answer = try await perform([PipelinedCommand(statement, kind: .describe)], deadline: nil)
        return (answer.results[0].parameterTypes, answer.results[0].columnTypes)
    }

    private static func rows<S: Statement>(of statement: S.Type, in result: QueryResult) throws(PostgresError) -> [S
        .Row]
    {
        do throws(DecodingFailure) { return try result.rows(S.decode) } catch {
            throw .decoding(error, statement: "\(S.self)")
        }
    }
}
