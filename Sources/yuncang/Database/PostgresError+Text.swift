internal import Postgres

extension PostgresError {
    /// What is known of the cause, for people. What PostgreSQL and libpq say is quoted: it is in their language.
    var text: Text { Text(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .connect(let failure): failure.text.zh
        case .server(let error): Text.quoted(error.description).zh
        case .connectionLost(let why): "与 PostgreSQL 的连接已断开，\(Text.quoted(why).zh)"
        case .deadlineExceeded: "PostgreSQL 没有在期限内应答"
        case .cancelled: "请求已取消"
        case .commitOutcomeUnknown(let cause): "COMMIT 已发出，但不知道是否生效：\(cause.text.zh)"
        case .rolledBack: "事务已回滚，因为其中一条语句失败"
        case .pool(let refusal): refusal.chinese
        case .decoding(let failure, let statement):
            "无法读取 \(statement) 的一行，\(Text.quoted(failure.description).zh)"
        case .misuse(let what): Text.quoted(what).zh
        }
    }
}

extension PoolRefusal {
    fileprivate var chinese: String {
        switch self {
        case .tooManyWaiters: "等待 PostgreSQL 连接的太多"
        case .deadlineExceeded(let failure?): "期限内没有连上，\(failure.text.zh)"
        case .deadlineExceeded(nil): "所有 PostgreSQL 连接在期限内都被占用"
        case .closed: "连接池已关闭"
        }
    }
}

extension ConnectFailure {
    /// What is known of the cause, for people: libpq's words, or the server's, quoted.
    var text: Text { .quoted(message) }
}
