internal import HTTPTypes
internal import Postgres

extension Problem {
    /// A database that cannot be asked now: the same request may succeed later. What it said goes to the log, not out.
    init(database error: PostgresError) {
        self.init(
            .unavailable, "The database cannot be asked now; send the request again.", fields: [(.retryAfter, "1")])
        cause = error
    }
}
