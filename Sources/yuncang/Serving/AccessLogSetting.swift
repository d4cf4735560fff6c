internal import Glibc
internal import Logging
internal import WarehouseAPI

/// Where the lines about exchanges go, as the command line says it.
struct AccessLogSetting: Sendable {
    /// Standard output, unless the command says otherwise.
    static let usual = "-"

    /// Nil: nowhere.
    var destination: AccessLog.Destination?
    /// How lines are written.
    var format = AccessLogFormat.json

    /// No log.
    static let off = AccessLogSetting(destination: nil)

    /// Reads a path, `-` for standard output, or `off`.
    init(argument text: String, format: String) throws(CommandFailure) {
        guard let format = AccessLogFormat(rawValue: format) else {
            throw .invalid(
                format,
                rule: Text(en: "--access-log-format is json or logfmt", zh: "--access-log-format 为 json 或 logfmt"))
        }
        guard !text.isEmpty else {
            throw .invalid(
                text,
                rule: Text(
                    en: "--access-log takes a file, - for standard output, or off",
                    zh: "--access-log 要文件名、-（标准输出）或 off"))
        }
        self.init(
            destination: text == "off" ? nil : text == Self.usual ? .standardOutput : .file(text), format: format)
    }

    private init(destination: AccessLog.Destination?, format: AccessLogFormat = .json) {
        self.destination = destination
        self.format = format
    }

    /// Opens it.
    func opened(logger: Logger) throws -> AccessLog? {
        guard let destination else { return nil }
        do {
            return try AccessLog(to: destination, format: format, logger: logger)
        } catch let failure as AccessLog.OpenFailure {
            throw CommandFailure(
                .configuration,
                what: Text(en: "the access log cannot be opened", zh: "无法打开访问日志"),
                why: .verbatim("\(failure.path): \(String(cString: strerror(failure.code)))"),
                remedy: Text(
                    en: "let this user write there, or choose another file with --access-log",
                    zh: "给当前用户写权限，或用 --access-log 换一个文件"))
        }
    }
}
