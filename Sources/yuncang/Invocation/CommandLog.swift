internal import Logging

/// What a command logs beside what it shows: nothing, unless `--verbose` asks for it.
///
/// A task-local value, as the language is: what is logged is nobody's result, and would be passed through every call.
enum CommandLog {
    /// Where the current invocation logs to.
    @TaskLocal static var current = Logger(label: "yuncang") { _ in SwiftLogNoOpLogHandler() }

    /// A log that is written to the channel, a line each.
    static func written(to channel: Channel) -> Logger {
        Logger(label: "yuncang") { _ in ChannelLogHandler(channel: channel) }
    }
}

/// Writes what is logged to a channel: level, message, and what belongs to it; passwords hidden, nothing in it steers.
private struct ChannelLogHandler: LogHandler {
    let channel: Channel
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }.joined()
        let line = Redaction.redacted("\(event.level): \(event.message)\(facts)")
        channel.write(ControlCharacters.neutralised(line) + "\n")
    }
}
