internal import Glibc

/// Settings under a name, for somebody who works with several installations: variables of yuncang's own in the file
/// `yuncang/NAME.env` of the configuration folder. What the environment itself says goes before them.
///
///     # ~/.config/yuncang/gaoqing.env
///     YUNCANG_DATABASE_URL=postgresql://yuncang_service:…@db.example/yuncang
///     YUNCANG_BASE=gaoqing
///
/// Like libpq's password file, it must be nobody else's to read.
struct Profile: Sendable {
    /// The profile's name: 1 to 32 lower-case letters, digits and hyphens.
    let name: String
    /// Its variables.
    private(set) var variables: [String: String] = [:]

    /// The profile of that name, from its file.
    static func named(_ name: String, in environment: Environment) throws(CommandFailure) -> Profile {
        guard (1...32).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else {
            throw .invalid(
                name,
                rule: Text(
                    en: "a profile's name has 1 to 32 lower-case letters, digits and hyphens",
                    zh: "配置名是 1 到 32 个小写字母、数字或连字符"))
        }
        let path = folder(in: environment) + "/yuncang/\(name).env"
        try expectPrivate(path)
        let text: String
        do throws(SmallFile.Failure) { text = try SmallFile(path: path).text() } catch { throw .badProfile(error.text) }
        return try Profile(name: name, text: text)
    }

    /// Reads `VARIABLE=value` lines; empty ones and those that begin with `#` say nothing.
    init(name: String, text: String) throws(CommandFailure) {
        self.name = name
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let variable = EnvironmentVariable(rawValue: parts[0]), variable != .profile else {
                throw .badProfile(
                    Text(
                        en: "line \(index + 1): write one of yuncang's variables, =, and its value",
                        zh: "第 \(index + 1) 行：写成 yuncang 的变量=值"))
            }
            guard variables.updateValue(parts[1], forKey: variable.rawValue) == nil else {
                throw .badProfile(
                    Text(
                        en: "line \(index + 1): \(variable.rawValue) is there twice",
                        zh: "第 \(index + 1) 行：\(variable.rawValue) 出现了两次"))
            }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
    }

    private static func folder(in environment: Environment) -> String {
        if let folder = environment["XDG_CONFIG_HOME"], !folder.isEmpty { return folder }
        return (environment["HOME"] ?? "") + "/.config"
    }

    private static func expectPrivate(_ path: String) throws(CommandFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .badProfile(.system(errno, at: path)) }
        guard status.st_mode & 0o077 == 0 else {
            throw CommandFailure(
                .configuration,
                what: Text(en: "the profile can be read by others", zh: "配置文件可被他人读取"), why: .verbatim(path),
                next: [
                    NextStep(
                        command: "chmod 600 \(path)", purpose: Text(en: "it may hold a password", zh: "其中可能有密码"))
                ])
        }
    }
}

extension CommandFailure {
    /// A profile that is not there or cannot be read.
    fileprivate static func badProfile(_ reason: Text) -> CommandFailure {
        CommandFailure(
            .configuration, what: Text(en: "the profile cannot be used", zh: "无法使用该配置"), why: reason,
            remedy: Text(
                en: "write lines such as YUNCANG_BASE=gaoqing into it, and chmod 600",
                zh: "在其中写入 YUNCANG_BASE=gaoqing 这样的行，并执行 chmod 600"))
    }
}
