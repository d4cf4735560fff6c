/// What an answer to COMMIT means.
enum CommitVerdict {
    /// An answer that looks like success: `nil` if it is one.
    ///
    /// A cancel or a shutdown during the wait for a synchronous standby ends in success with a warning ("committed
    /// locally, but might not have been replicated"): the commit may be lost in a failover, so it is not to be
    /// acknowledged. PostgreSQL gives that warning no code of its own, so every one of these classes counts.
    static func of(tag: String, notices: [ServerError]) -> PostgresError? {
        if tag == "ROLLBACK" { return .rolledBack }
        let doubt = notices.first { notice in
            notice.severity == .warning && (notice.sqlState.rawValue == "01000" || notice.sqlState.category == "57")
        }
        return doubt.map { .commitOutcomeUnknown(cause: .server($0)) }
    }

    /// No success: rolled back for certain if the server said so and the session lives, else unknown.
    static func of(failure: PostgresError) -> PostgresError {
        switch failure {
        case .server(let error) where error.severity == .error && error.sqlState.category != "57": failure
        case .misuse: failure
        default: .commitOutcomeUnknown(cause: failure)
        }
    }
}
