/// What `doctor` looks at, in the order in which it is told: this machine, the way to the database, and what is in it.
enum Check: String, Sendable, CaseIterable {
    case openFiles = "open_files"
    case recipientKeys = "recipient_keys"
    case listener
    case connection
    case version
    case transport
    case text
    case durability
    case session
    case owner
    case service
    case schema
    case bases
    case partitions
    case connections
    case clock
    case size
    case vacuum
    case ownerConnection = "owner_connection"

    /// What needs a connection to the database.
    static let inDatabase: [Check] = [
        .version, .transport, .text, .durability, .session, .owner, .service, .schema, .bases, .partitions,
        .connections, .clock, .size, .vacuum,
    ]

    /// Its name for people.
    var name: Text {
        switch self {
        case .openFiles: Text(en: "open files", zh: "打开文件数")
        case .recipientKeys: Text(en: "recipient keys", zh: "收件人密钥")
        case .listener: Text(en: "port", zh: "端口")
        case .connection: Text(en: "connection", zh: "连接")
        case .version: Text(en: "server version", zh: "服务器版本")
        case .transport: Text(en: "transport", zh: "传输")
        case .text: Text(en: "text", zh: "文本")
        case .durability: Text(en: "durability", zh: "持久性")
        case .session: Text(en: "role", zh: "角色")
        case .owner: Text(en: "owner", zh: "所有者")
        case .service: Text(en: "service role", zh: "服务角色")
        case .schema: Text(en: "migrations", zh: "迁移")
        case .bases: Text(en: "bases", zh: "直播基地")
        case .partitions: Text(en: "partitions", zh: "分区")
        case .connections: Text(en: "connections", zh: "连接数")
        case .clock: Text(en: "clock", zh: "时钟")
        case .size: Text(en: "size", zh: "大小")
        case .vacuum: Text(en: "vacuum", zh: "清理（vacuum）")
        case .ownerConnection: Text(en: "owner's connection", zh: "所有者的连接")
        }
    }
}
