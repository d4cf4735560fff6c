internal import Logging

/// A log in which nothing steers a terminal or forges a line: what is logged may come from clients or the database.
struct NeutralLogHandler: LogHandler {
    private var inner: StreamLogHandler

    /// The same log, with its texts made harmless.
    init(_ inner: StreamLogHandler) {
        self.inner = inner
    }

    var metadata: Logger.Metadata {
        get { inner.metadata }
        set { inner.metadata = newValue }
    }

    var logLevel: Logger.Level {
        get { inner.logLevel }
        set { inner.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { inner[metadataKey: key] }
        set { inner[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        inner.log(event: Self.neutral(event))
    }

    static func neutral(_ event: LogEvent) -> LogEvent {
        var event = event
        event.message = "\(ControlCharacters.neutralised("\(event.message)"))"
        event.metadata = event.metadata?.mapValues { .string(ControlCharacters.neutralised("\($0)")) }
        return event
    }
}
