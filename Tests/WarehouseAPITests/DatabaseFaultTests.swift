import HTTPTypes
import Postgres
import Testing

@testable import WarehouseAPI

@Suite("What is said of the database's errors")
struct DatabaseFaultTests {
    @Test(
        "what passes is to be asked again, and what does not is our own failure",
        arguments: [
            ("08006", true), ("40001", true), ("40P01", true), ("53100", true), ("53300", true), ("55P03", true),
            ("57014", true), ("57P01", true), ("58030", true), ("25006", true), ("25P03", true), ("0A000", true),
            ("22003", false), ("23505", false), ("23514", false), ("25P02", false), ("42501", false), ("42P01", false),
            ("XX000", false),
        ])
    func states(code: String, passes: Bool) {
        let error = PostgresError.server(ServerError(sqlState: SQLState(rawValue: code), message: "geheim"))
        let problem = Problem(database: error)
        #expect(problem.code == (passes ? .unavailable : .internalError))
        #expect(problem.status == (passes ? .serviceUnavailable : .internalServerError))
        #expect(problem.fields.contains { $0.name == .retryAfter } == passes)
        #expect(!problem.detail.contains("geheim"))
        #expect(problem.cause?.sqlState?.rawValue == code)
    }

    @Test("a database that does not answer passes, what cannot be read does not, and a lost COMMIT is not known")
    func others() {
        let passing: [PostgresError] = [
            .connectionLost(""), .deadlineExceeded, .cancelled, .pool(.closed),
            .connect(ConnectFailure(kind: .unreachable, message: "")),
        ]
        for error in passing { #expect(Problem(database: error).code == .unavailable) }
        let ours: [PostgresError] = [.rolledBack, .misuse(""), .decoding(.unexpectedNull, statement: "")]
        for error in ours { #expect(Problem(database: error).code == .internalError) }
        #expect(Problem(database: .commitOutcomeUnknown(cause: .deadlineExceeded)).code == .outcomeUnknown)
    }
}
