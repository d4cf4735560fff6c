internal import CloudWarehouse
internal import Glibc
internal import Postgres

extension CommandFailure {
    /// An argument that breaks a rule.
    static func invalid(_ text: String, rule: Text) -> CommandFailure {
        var failure = CommandFailure(
            .usage, what: Text(en: "'\(text)' is not valid here", zh: "“\(text)”在这里无效"), remedy: rule)
        failure.typed = text
        return failure
    }

    /// A page that is too long, or none.
    static func limit(_ limit: Int32, atMost: Int32) -> CommandFailure {
        invalid("\(limit)", rule: Text(en: "--limit is from 1 to \(atMost)", zh: "--limit 取 1 到 \(atMost)"))
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

extension Price {
    /// Takes an argument such as `39.9/500g`, for goods that are counted in `unit`.
    init(argument text: String, in unit: BaseUnit) throws(CommandFailure) {
        do throws(InvalidValue) {
            self = try PriceText(text).price(in: unit)
        } catch {
            throw .invalid(text, rule: error.text)
        }
    }
}

extension Quantity {
    /// Takes an argument such as `25斤`, for goods that are counted in `unit`.
    init(argument text: String, in unit: BaseUnit) throws(CommandFailure) {
        do throws(InvalidValue) {
            self = try QuantityText(text).quantity(in: unit)
        } catch {
            throw .invalid(text, rule: error.text)
        }
    }
}

extension CalendarDate {
    /// Takes an argument such as `2026-11-23`.
    init(argument text: String) throws(CommandFailure) {
        guard let date = CalendarDate(text) else {
            throw .invalid(text, rule: Text(en: "a day is written 2026-11-23", zh: "日期写成 2026-11-23"))
        }
        self = date
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
