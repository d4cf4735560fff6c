import Postgres

/// An error of a service: one of its own reasons, or the database's.
protocol DomainError: Error {
    /// The database failed, or refused what the service took to be right.
    static func database(_ error: PostgresError) -> Self
}

extension Pool {
    /// Runs `body` in a transaction; it throws the service's own error or the database's.
    nonisolated func transaction<Value, Failure: DomainError>(
        throwing failure: Failure.Type, _ isolation: Isolation = .readCommitted, _ access: Access = .readWrite,
        _ body: (Transaction) async throws -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await withTransaction(isolation, access, body)
        } catch let error as Failure {
            throw error
        } catch let error as PostgresError {
            throw .database(error)
        } catch {
            preconditionFailure("a transaction threw \(error), which is neither the service's nor the database's")
        }
    }

    /// Runs one statement; it throws the service's error.
    nonisolated func rows<S: Statement, Failure: DomainError>(
        of statement: S, throwing failure: Failure.Type
    ) async throws(Failure) -> [S.Row] {
        do throws(PostgresError) {
            return try await query(statement)
        } catch {
            throw .database(error)
        }
    }
}
