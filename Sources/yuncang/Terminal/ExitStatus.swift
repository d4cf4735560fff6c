/// What the command's exit code tells the program that called it.
///
/// 0 to 3 are this tool's own; the others keep the meaning that sysexits(3) gives them.
enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done.
    case success = 0
    /// Not done, for a reason that has no code of its own.
    case failure = 1
    /// The command line is wrong; nothing was done.
    case usage = 2
    /// Done, and what was compared differs: `verify`, `doctor`.
    case differences = 3
    /// The input's content is wrong: a bad row in a file. EX_DATAERR.
    case badInput = 65
    /// The input file cannot be read. EX_NOINPUT.
    case noInput = 66
    /// The database or another service cannot be reached. EX_UNAVAILABLE.
    case unavailable = 69
    /// A mistake in yuncang itself. EX_SOFTWARE.
    case internalError = 70
    /// The output could not be written. EX_IOERR.
    case outputFailed = 74
    /// Not known to be done, or busy; the same command may be tried again. EX_TEMPFAIL.
    case tryAgain = 75
    /// The database user or token lacks a right. EX_NOPERM.
    case notPermitted = 77
    /// The installation is not set up: no schema, a schema from another version, a wrong setting. EX_CONFIG.
    case configuration = 78
    /// Stopped by Ctrl-C: 128 + SIGINT.
    case interrupted = 130

    /// A stable name for programs: `bad_input`.
    var name: String {
        switch self {
        case .success: "success"
        case .failure: "failure"
        case .usage: "usage"
        case .differences: "differences"
        case .badInput: "bad_input"
        case .noInput: "no_input"
        case .unavailable: "unavailable"
        case .internalError: "internal_error"
        case .outputFailed: "output_failed"
        case .tryAgain: "try_again"
        case .notPermitted: "not_permitted"
        case .configuration: "configuration"
        case .interrupted: "interrupted"
        }
    }

    /// One line for people.
    var meaning: Text {
        switch self {
        case .success: Text(en: "done", zh: "完成")
        case .failure: Text(en: "failed", zh: "失败")
        case .usage: Text(en: "wrong command line, nothing was done", zh: "命令行有误，什么都没有做")
        case .differences: Text(en: "done, and differences were found", zh: "完成，但发现差异")
        case .badInput: Text(en: "the input has wrong content", zh: "输入内容有误")
        case .noInput: Text(en: "an input file cannot be read", zh: "输入文件无法读取")
        case .unavailable: Text(en: "the database cannot be reached", zh: "数据库无法连接")
        case .internalError: Text(en: "a mistake in yuncang itself", zh: "yuncang 自身的错误")
        case .outputFailed: Text(en: "the output could not be written", zh: "输出无法写出")
        case .tryAgain: Text(en: "busy or unknown, try the same command again", zh: "繁忙或结果不明，请重试同一命令")
        case .notPermitted: Text(en: "a right is missing", zh: "权限不足")
        case .configuration: Text(en: "the installation is not set up", zh: "安装或配置不完整")
        case .interrupted: Text(en: "stopped by Ctrl-C", zh: "被 Ctrl-C 中断")
        }
    }
}
