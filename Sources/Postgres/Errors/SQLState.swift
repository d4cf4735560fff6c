/// The five-character code by which PostgreSQL tells its errors apart (its manual, appendix A).
public struct SQLState: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
    /// The five characters.
    public let rawValue: String

    /// The code `rawValue`.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The code itself.
    public var description: String { rawValue }

    /// The first two characters: the class of the error.
    public var category: Substring { rawValue.prefix(2) }

    /// 40001: repeat the transaction.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// 40P01: repeat the transaction.
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// 23505
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// 23514
    public static let checkViolation = SQLState(rawValue: "23514")
    /// 23503
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// 22003: a number is larger than its type.
    public static let numericValueOutOfRange = SQLState(rawValue: "22003")
    /// 25006: a write on a standby, or in a read-only transaction.
    public static let readOnlyTransaction = SQLState(rawValue: "25006")
    /// 25P03: the transaction was open for too long with nothing under way, and the session is ended.
    public static let idleInTransaction = SQLState(rawValue: "25P03")
    /// 26000: the prepared statement is gone.
    public static let invalidStatementName = SQLState(rawValue: "26000")
    /// 0A000, among others "cached plan must not change result type".
    public static let featureNotSupported = SQLState(rawValue: "0A000")
    /// 28P01: wrong password.
    public static let invalidPassword = SQLState(rawValue: "28P01")
    /// 28000: no such role, or the server's pg_hba.conf does not admit it.
    public static let invalidAuthorization = SQLState(rawValue: "28000")
    /// 3D000: no such database.
    public static let invalidCatalogName = SQLState(rawValue: "3D000")
    /// 3F000: no such schema.
    public static let invalidSchemaName = SQLState(rawValue: "3F000")
    /// 42501
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    /// 42P01
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// 53100
    public static let diskFull = SQLState(rawValue: "53100")
    /// 53300
    public static let tooManyConnections = SQLState(rawValue: "53300")
    /// 55P03: a lock was not to be had in time.
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// 57014: statement timeout, or cancelled by request.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// 57P01: the administrator ended the backend.
    public static let adminShutdown = SQLState(rawValue: "57P01")
    /// 57P02: another backend crashed.
    public static let crashShutdown = SQLState(rawValue: "57P02")
    /// 57P03: starting up, or shutting down.
    public static let cannotConnectNow = SQLState(rawValue: "57P03")

    /// Whether the transaction as a whole may simply be run again.
    public var isRetryable: Bool {
        self == .serializationFailure || self == .deadlockDetected
    }
}
