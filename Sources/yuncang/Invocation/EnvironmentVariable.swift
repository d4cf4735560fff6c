/// The environment variables that yuncang itself reads, beside the locale's and libpq's.
enum EnvironmentVariable: String, Sendable, CaseIterable {
    case databaseURL = "YUNCANG_DATABASE_URL"
    case ownerURL = "YUNCANG_OWNER_URL"
    case base = "YUNCANG_BASE"
    case token = "YUNCANG_TOKEN"
    case recipientKeys = "YUNCANG_RECIPIENT_KEYS"
    case profile = "YUNCANG_PROFILE"
    case ambiguousWidth = "YUNCANG_AMBIGUOUS_WIDTH"
    case noColour = "NO_COLOR"

    /// One line for people.
    var meaning: Text {
        switch self {
        case .databaseURL:
            Text(en: "Where PostgreSQL is; may hold the password.", zh: "PostgreSQL 的位置，可以包含密码。")
        case .ownerURL:
            Text(
                en: "The same as the schema's owner, for migrate, base create and maintain.",
                zh: "同上，但以 schema 所有者的身份，供 migrate、base create 和 maintain 使用。")
        case .base:
            Text(en: "The base to work in.", zh: "要操作的直播基地。")
        case .token:
            Text(en: "A bearer token, for commands that ask a service.", zh: "访问服务的命令所用的令牌。")
        case .recipientKeys:
            Text(
                en: "A file of key_id:base64 lines, under the last of which recipients are encrypted.",
                zh: "密钥文件，每行 key_id:base64；收件人信息用最后一行的密钥加密。")
        case .profile:
            Text(
                en: "A profile: the settings in yuncang/NAME.env of the configuration folder.",
                zh: "配置名：使用配置目录中 yuncang/NAME.env 里的设置。")
        case .ambiguousWidth:
            Text(
                en: "2 if the terminal's font draws ①, × and … two columns wide.",
                zh: "终端字体把 ①、×、… 画成两列宽时设为 2。")
        case .noColour:
            Text(en: "Set to anything to get no colours.", zh: "设为任意值即不用颜色。")
        }
    }
}

extension Environment {
    /// The variable's value; nil when it is not set or empty, which says as little.
    subscript(variable: EnvironmentVariable) -> String? {
        self[variable.rawValue].flatMap { $0.isEmpty ? nil : $0 }
    }
}
