/// What PostgreSQL answered instead of a result.
public struct ServerError: Error, Hashable, Sendable {
    /// How bad it is, never translated.
    public enum Severity: String, Sendable {
        /// The statement failed.
        case error = "ERROR"
        /// The connection is ended.
        case fatal = "FATAL"
        /// The server restarts all its processes.
        case panic = "PANIC"
        /// A message that accompanies a success.
        case warning = "WARNING"
        /// Anything below a warning.
        case notice = "NOTICE"
    }

    /// The code to tell errors apart by.
    public var sqlState: SQLState
    /// How bad it is.
    public var severity: Severity
    /// The primary message, in the server's language.
    public var message: String
    /// More about it; may quote values of rows, so it does not belong in an answer to a client.
    public var detail: String?
    /// What the server suggests.
    public var hint: String?
    /// The constraint that was violated; good for a log, not for decisions, since names change.
    public var constraint: String?
    /// The table that it is about.
    public var table: String?

    /// An error with these fields.
    public init(
        sqlState: SQLState, severity: Severity = .error, message: String, detail: String? = nil, hint: String? = nil,
        constraint: String? = nil, table: String? = nil
    ) {
        self.sqlState = sqlState
        self.severity = severity
        self.message = message
        self.detail = detail
        self.hint = hint
        self.constraint = constraint
        self.table = table
    }
}

extension ServerError: CustomStringConvertible {
    /// Severity, code and message; without the detail, which may quote rows.
    public var description: String {
        "\(severity.rawValue) \(sqlState): \(message)" + (constraint.map { " (constraint \($0))" } ?? "")
    }
}
