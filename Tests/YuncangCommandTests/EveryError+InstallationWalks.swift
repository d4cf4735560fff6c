import EventLoop
import Postgres

@testable import CloudWarehouse
@testable import HTTPServer
@testable import yuncang

// One walk for each error: the case after a case, and the first one after none.

extension ColumnMapping.Failure {
    static func after(_ failure: Self?) -> Self? {
        switch failure {
        case nil: .notAPair("x")
        case .notAPair: .unknownColumn("colour")
        case .unknownColumn: .repeated("x")
        case .repeated: nil
        }
    }
}

extension SmallFile.Failure {
    static func after(_ failure: Self?) -> Self? {
        switch failure {
        case nil: .unreadable(path: "/x", code: 2)
        case .unreadable: .tooLarge(path: "/x")
        case .tooLarge: .notUTF8(path: "/x")
        case .notUTF8: nil
        }
    }
}

extension InstallationError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .migration(.locked(migration: "m0001_places"), schema: "base_x")
        case .migration: .notInstalled
        case .notInstalled: .keyTaken(.sample)
        case .keyTaken: .unknownBase(.sample)
        case .unknownBase: .unknownTimeZone("Asia/Gaoqing")
        case .unknownTimeZone: .database(.deadlineExceeded)
        case .database: nil
        }
    }
}

extension MigrationFailure {
    static func after(_ failure: Self?) -> Self? {
        switch failure {
        case nil: .changed("m0001_places")
        case .changed: .missing("m0001_places")
        case .missing: .outOfOrder("m0001_places")
        case .outOfOrder: .newerThanBinary("m0099_x")
        case .newerThanBinary: .missingRole("yuncang_service")
        case .missingRole: .locked(migration: "m0001_places")
        case .locked: .database(.deadlineExceeded, migration: "m0001_places")
        case .database(_, _?): .database(.deadlineExceeded, migration: nil)
        case .database(_, nil): nil
        }
    }
}

extension PostgresError {
    static func after(_ error: Self?) -> Self? {
        let connect = ConnectFailure(kind: .unreachable, message: "connection refused by the server")
        let server = { (state: SQLState) in
            PostgresError.server(ServerError(sqlState: state, message: "something is not as it should be"))
        }
        return switch error {
        case nil: .connect(connect)
        case .connect: server(.insufficientPrivilege)
        case .server(let error): serverErrors[error.sqlState].map(server) ?? .connectionLost("the server went away")
        case .connectionLost: .deadlineExceeded
        case .deadlineExceeded: .cancelled
        case .cancelled: .commitOutcomeUnknown(cause: .connectionLost("the server went away"))
        case .commitOutcomeUnknown: .rolledBack
        case .rolledBack: .pool(.tooManyWaiters)
        case .pool(.tooManyWaiters): .pool(.deadlineExceeded(lastFailure: connect))
        case .pool(.deadlineExceeded(lastFailure: _?)): .pool(.deadlineExceeded(lastFailure: nil))
        case .pool(.deadlineExceeded(lastFailure: nil)): .pool(.closed)
        case .pool(.closed): .decoding(.unexpectedNull, statement: "X")
        case .decoding: .misuse("a day does not begin")
        case .misuse: nil
        }
    }

    /// The code after a code, for those that have an explanation of their own.
    private static var serverErrors: [SQLState: SQLState] {
        [
            .insufficientPrivilege: .diskFull, .diskFull: .readOnlyTransaction,
            .readOnlyTransaction: .lockNotAvailable, .lockNotAvailable: .undefinedTable,
            .undefinedTable: .invalidSchemaName, .invalidSchemaName: .uniqueViolation,
        ]
    }
}

extension ConnectFailure.Kind {
    static func after(_ kind: Self?) -> Self? {
        switch kind {
        case nil: .badOptions
        case .badOptions: .unknownHost
        case .unknownHost: .unreachable
        case .unreachable: .refused
        case .refused: .deadlineExceeded
        case .deadlineExceeded: .wrongVersion
        case .wrongVersion: .stopped
        case .stopped: nil
        }
    }
}

extension BaseChoice.Refusal {
    static func after(_ refusal: Self?) -> Self? {
        switch refusal {
        case nil: .malformed("X Y")
        case .malformed: .unknown(.sample, known: [.sample])
        case .unknown: BaseChoice.Refusal.none
        case .some(.none): .ambiguous([.sample])
        case .ambiguous: nil
        }
    }
}

extension HTTPServerError {
    static func after(_ error: Self?) -> Self? {
        switch error {
        case nil: .addressInUse(.loopback(port: 1))
        case .addressInUse: .socketInUse(UnixAddress(path: "/x"))
        case .socketInUse: .pathTaken(UnixAddress(path: "/x"))
        case .pathTaken: .malformedAddress("x")
        case .malformedAddress: .system(call: "bind", code: 13)
        case .system: .loop(.stopped)
        case .loop: .alreadyRun
        case .alreadyRun: nil
        }
    }
}

extension ServiceConnection.Failure {
    static func after(_ failure: Self?) -> Self? {
        switch failure {
        case nil: .unreachable("connection refused by the server")
        case .unreachable: .broken
        case .broken: .late
        case .late: nil
        }
    }
}
