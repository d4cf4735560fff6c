internal import CloudWarehouse
internal import Glibc

extension CommandFailure {
    /// An argument that breaks a rule.
    static func invalid(_ text: String, rule: Text) -> CommandFailure {
        CommandFailure(
            .usage, what: Text(en: "'\(text)' is not valid here", zh: "“\(text)”在这里无效"), remedy: rule)
    }

    /// A text that is no key of a base.
    static func invalidBaseKey(_ text: String) -> CommandFailure {
        invalid(
            text,
            rule: Text(
                en: "a base's key has a lower-case letter, then up to 31 lower-case letters, digits and hyphens",
                zh: "直播基地的键以小写字母开头，后面最多 31 个小写字母、数字或连字符"))
    }
}

extension BaseKey {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let key = BaseKey(rawValue: text) else { throw .invalidBaseKey(text) }
        self = key
    }
}

extension Code {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let code = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a code has 1 to 64 printable ASCII characters without spaces",
                    zh: "编码是 1 到 64 个可打印的 ASCII 字符，不含空格"))
        }
        self = code
    }
}

extension Name {
    /// Takes an argument.
    init(argument text: String) throws(CommandFailure) {
        guard let name = Self(rawValue: text) else {
            throw .invalid(
                text,
                rule: Text(
                    en: "a name has 1 to 200 characters and no control characters",
                    zh: "名称是 1 到 200 个字符，不含控制字符"))
        }
        self = name
    }
}

extension Principal {
    /// The person at this terminal, as the audit log records it: the user's name, and the machine's.
    static func atTerminal(_ environment: Environment) -> Principal {
        let candidates = [environment["USER"], environment["LOGNAME"], "uid-\(getuid())"]
        let origin = hostName()
        return candidates.lazy.compactMap { $0 }.compactMap { try? Principal(name: $0, origin: origin) }.first
            ?? unknown
    }

    /// For a machine whose name the audit log would not take.
    private static var unknown: Principal {
        guard let principal = try? Principal(name: "uid-\(getuid())", origin: "terminal") else {
            preconditionFailure("a plain name is refused")
        }
        return principal
    }

    private static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "terminal" }
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return name.isEmpty ? "terminal" : name
    }
}
