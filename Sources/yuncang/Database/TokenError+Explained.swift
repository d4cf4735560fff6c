internal import CloudWarehouse
internal import Postgres

extension TokenError: ExplainedFailure {
    /// Why a token was not issued, listed or revoked, and what to do.
    var commandFailure: CommandFailure {
        switch self {
        case .unknownOwner(let code):
            CommandFailure(.failure, what: Text(en: "there is no owner '\(code)'", zh: "没有货主“\(code)”"))
        case .unknownToken(let prefix):
            CommandFailure(
                .failure, what: Text(en: "there is no token '\(prefix)'", zh: "没有令牌“\(prefix)”"), next: [.listTokens])
        case .expiryNotAhead:
            CommandFailure(
                .usage, what: Text(en: "the token would have expired already", zh: "令牌会立即过期"),
                remedy: Text(en: "give a day that is not over yet", zh: "请写一个尚未结束的日期"))
        case .database(.commitOutcomeUnknown(let cause)): Self.outcomeUnknown(cause)
        case .database(let error): error.commandFailure
        }
    }

    /// Issuing twice makes two tokens, of which nobody has the first one's text.
    private static func outcomeUnknown(_ cause: PostgresError) -> CommandFailure {
        CommandFailure(
            .tryAgain, what: Text(en: "whether it took effect is not known", zh: "不知道是否已经生效"),
            why: cause.text,
            remedy: Text(
                en: "look at the list: revoke a token that was issued and not shown; revoking again changes nothing",
                zh: "查看列表：吊销已签发但未显示的令牌；重复吊销没有影响"),
            next: [.listTokens])
    }
}

extension NextStep {
    /// `yuncang token create`
    static var createToken: NextStep {
        NextStep(
            command: "yuncang token create --role ROLE --name NAME",
            purpose: Text(en: "let somebody use the API", zh: "让别人使用接口"))
    }

    /// `yuncang token list`
    static var listTokens: NextStep {
        NextStep(command: "yuncang token list", purpose: Text(en: "the tokens that there are", zh: "查看现有的令牌"))
    }
}
