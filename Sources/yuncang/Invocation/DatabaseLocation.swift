/// Where the database is and who said so. Shows itself without the password.
struct DatabaseLocation: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Who said where the database is.
    enum Source: Sendable, Equatable {
        /// `--database`.
        case option
        /// This variable.
        case environment(EnvironmentVariable)
        /// PG* variables, the service file, or libpq's defaults.
        case libpq
    }

    /// For libpq: a URL, key=value settings, or empty for libpq's own sources. May hold a password.
    let connectionString: String
    /// Who said so.
    let source: Source

    /// With the password hidden.
    var description: String {
        connectionString.isEmpty
            ? Text(en: "by libpq's PG* variables and defaults", zh: "由 libpq 的 PG* 变量和默认值决定").current
            : Redaction.redacted(connectionString)
    }

    /// The same, so that no dump shows the password.
    var debugDescription: String { description }

    /// Nothing to look into: `dump` and test failures would print the password.
    var customMirror: Mirror { Mirror(self, children: ["location": description]) }
}
