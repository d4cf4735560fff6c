internal import HTTPTypes
internal import Postgres

extension Problem {
    /// A database that cannot be asked now: the same request may succeed later. Or one that did not say whether it has
    /// committed. What it said goes to the log, not out.
    init(database error: PostgresError) {
        if case .commitOutcomeUnknown = error {
            self.init(
                .outcomeUnknown, "Whether it took effect is not known: send it again, nothing is done twice.",
                fields: [(.retryAfter, "1")])
            cause = error
            return
        }
        self.init(
            .unavailable, "The database cannot be asked now; send the request again.", fields: [(.retryAfter, "1")])
        cause = error
    }
}
