/// How a line of the access log is written.
public enum AccessLogFormat: String, CaseIterable, Sendable {
    /// A JSON object per line.
    case json
    /// `name=value` pairs, quoted where they have to be.
    case logfmt
}
