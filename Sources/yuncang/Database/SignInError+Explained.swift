internal import CloudWarehouse

extension SignInError: ExplainedFailure {
    /// Why a code was not made or called off, or a session not ended, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .refused:
            CommandFailure(.failure, what: Text(en: "the code is good for nothing", zh: "登录码无效"))
        case .unknownOwner(let code): TokenError.unknownOwner(code).commandFailure
        case .unknownCode(let handle):
            CommandFailure(
                .failure, what: Text(en: "there is no code '\(handle)…'", zh: "没有登录码“\(handle)…”"),
                next: [.listSignIns])
        case .unknownSession(let prefix):
            CommandFailure(
                .failure, what: Text(en: "there is no session '\(prefix)'", zh: "没有会话“\(prefix)”"),
                next: [.listSignIns])
        case .expiryNotAhead:
            CommandFailure(
                .usage, what: Text(en: "the browser would be signed out already", zh: "浏览器会立即退出"),
                remedy: Text(en: "give a day that is not over yet", zh: "请写一个尚未结束的日期"))
        case .tooManyCodes(let most):
            CommandFailure(
                .tryAgain, what: Text(en: "\(most) codes are waiting to be used", zh: "有 \(most) 个登录码尚未使用"),
                remedy: Text(en: "call some of them off, or wait until they expire", zh: "请取消其中一些，或等待它们过期"),
                next: [.listSignIns])
        case .crowded:
            CommandFailure(
                .tryAgain, what: Text(en: "too many codes are waiting to be used", zh: "等待使用的登录码太多"),
                remedy: Text(en: "try again in a minute", zh: "一分钟后重试"))
        case .database(let error): TokenError.database(error).commandFailure
        }
    }
}

extension OverlayError: ExplainedFailure {
    /// Why a key was not made or ended, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownSKU(let code):
            CommandFailure(
                .failure, what: Text(en: "there is no SKU '\(code)' to show", zh: "没有可显示的单品“\(code)”"))
        case .unknownOwner(let code): TokenError.unknownOwner(code).commandFailure
        case .unknownKey(let prefix):
            CommandFailure(
                .failure, what: Text(en: "there is no overlay '\(prefix)'", zh: "没有叠加“\(prefix)”"),
                next: [
                    NextStep(
                        command: "yuncang overlay list",
                        purpose: Text(en: "the overlays that there are", zh: "查看现有的叠加"))
                ])
        case .unfitSKUs:
            CommandFailure(
                .usage,
                what: Text(
                    en: "an overlay shows 1 to \(OverlayKey.skusAtMost) SKUs, each once",
                    zh: "一个叠加显示 1 到 \(OverlayKey.skusAtMost) 个单品，每个一次"))
        case .expiryNotAhead: TokenError.expiryNotAhead.commandFailure
        case .database(let error): TokenError.database(error).commandFailure
        }
    }
}

extension CommandFailure {
    /// What was given is neither a code's handle nor a session's prefix. It is not repeated: it may be a whole code.
    static var noSignIn: CommandFailure {
        CommandFailure(
            .usage, what: Text(en: "this is neither a code's beginning nor a session", zh: "这既不是登录码的开头，也不是会话"),
            remedy: Text(
                en: "give the code's first 4 characters, or the session's 12, as they are listed",
                zh: "写出列表中登录码的前 4 个字符，或会话的 12 个字符"),
            next: [.listSignIns])
    }
}

extension NextStep {
    /// `yuncang signin code`
    static var makeSignInCode: NextStep {
        NextStep(
            command: "yuncang signin code --role ROLE --for NAME",
            purpose: Text(en: "let somebody sign in", zh: "让别人登录"))
    }

    /// `yuncang signin list`
    static var listSignIns: NextStep {
        NextStep(
            command: "yuncang signin list",
            purpose: Text(en: "the codes and sessions that there are", zh: "查看现有的登录码和会话"))
    }
}
