public import EventLoop

extension Connection {
    /// Runs a script of several statements, which bind nothing and whose rows are dropped: migrations.
    ///
    /// Outside a transaction the server runs it as one. Cancellation of the task does not stop it; `deadline` does.
    public func run(script: String, deadline: MonotonicInstant) async throws {
        try await exclusively { libpq in
            guard libpq.sendScript(script) else { throw PostgresError.connectionLost(libpq.message) }
            try await finish(libpq, by: deadline)
        }
    }

    /// Loads rows by `COPY … FROM STDIN`; gives how many.
    ///
    /// - Parameters:
    ///   - sql: The COPY command, with explicit columns and format.
    ///   - source: Writes the data to the sink; if it throws, nothing is loaded and its error comes through.
    public func copyIn(_ sql: String, from source: @Sendable (CopySink) async throws -> Void) async throws -> Int {
        try await exclusively { libpq in
            guard libpq.sendScript(sql) else { throw PostgresError.connectionLost(libpq.message) }
            let first = try await nextResult(libpq, by: stall())
            guard let first, first.isCopyIn else {
                if let first, first.isError {
                    try await drain(libpq)
                    throw PostgresError.server(first.error)
                }
                try await drain(libpq)
                throw PostgresError.misuse("not a COPY … FROM STDIN: \(sql)")
            }
            do {
                try await source(CopySink(connection: self))
            } catch {
                try await end(libpq, failing: "the source of the data failed")
                try await drain(libpq)
                throw error
            }
            try await end(libpq, failing: nil)
            return try await finish(libpq, by: stall())
        }
    }

    /// Reads rows by `COPY … TO STDOUT`, calling `body` with each row's bytes.
    ///
    /// If `body` throws, the connection is closed, since the server goes on sending.
    public func copyOut(_ sql: String, to body: @Sendable ([UInt8]) throws -> Void) async throws {
        try await exclusively { libpq in
            guard libpq.sendScript(sql) else { throw PostgresError.connectionLost(libpq.message) }
            let first = try await nextResult(libpq, by: stall())
            guard let first, first.isCopyOut else {
                try await drain(libpq)
                if let first, first.isError { throw PostgresError.server(first.error) }
                throw PostgresError.misuse("not a COPY … TO STDOUT: \(sql)")
            }
            while true {
                switch libpq.getCopy() {
                case .row(let bytes):
                    do { try body(bytes) } catch {
                        close(by: .connectionLost("closed in the midst of COPY"))
                        throw error
                    }
                case .wait: try await untilReady(for: .readable, by: stall())
                case .end, .failed:
                    try await finish(libpq, by: stall())
                    return
                }
            }
        }
    }

    func write(_ bytes: [UInt8]) async throws(PostgresError) {
        let libpq = try openLibpq()
        while true {
            switch libpq.putCopy(bytes) {
            case true?: return try await flushAll(libpq, by: stall())
            case nil: try await untilReady(for: .writable, by: stall())
            case false?: throw .connectionLost(libpq.message)
            }
        }
    }

    private func stall() -> MonotonicInstant {
        loop.now.advanced(by: limits.copyStallDeadline)
    }

    private func end(_ libpq: LibpqConnection, failing reason: String?) async throws(PostgresError) {
        while true {
            switch libpq.endCopy(failing: reason) {
            case true?: return try await flushAll(libpq, by: stall())
            case nil: try await untilReady(for: .writable, by: stall())
            case false?: throw .connectionLost(libpq.message)
            }
        }
    }

    private func flushAll(_ libpq: LibpqConnection, by deadline: MonotonicInstant) async throws(PostgresError) {
        while true {
            switch libpq.flush() {
            case false?: return
            case true?: try await untilReady(for: .writable, by: deadline)
            case nil: throw .connectionLost(libpq.message)
            }
        }
    }

    private func nextResult(_ libpq: LibpqConnection, by deadline: MonotonicInstant) async throws(PostgresError)
        -> QueryResult?
    {
        try await flushAll(libpq, by: deadline)
        while libpq.isBusy { try await untilReady(for: .readable, by: deadline) }
        return libpq.nextResult()
    }

    /// Takes all results; throws the first error among them, else gives the last one's count of rows.
    @discardableResult
    private func finish(_ libpq: LibpqConnection, by deadline: MonotonicInstant) async throws(PostgresError) -> Int {
        var failure: ServerError?
        var rows = 0
        while let result = try await nextResult(libpq, by: deadline) {
            if result.isError { failure = failure ?? result.error } else { rows = result.affectedRows }
        }
        if let failure { throw .server(failure) }
        return rows
    }

    private func drain(_ libpq: LibpqConnection) async throws(PostgresError) {
        while try await nextResult(libpq, by: stall()) != nil {}
    }
}

/// Where the data of a COPY goes.
public struct CopySink: Sendable {
    let connection: Connection

    /// Sends bytes, which need not end where a row ends; suspends while the server reads slower than they come.
    public func write(_ bytes: [UInt8]) async throws(PostgresError) {
        try await connection.write(bytes)
    }
}
