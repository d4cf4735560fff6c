internal import CloudWarehouse
internal import FoundationEssentials

extension RecipientKeys {
    /// The keys in the file that YUNCANG_RECIPIENT_KEYS names; nil when it names none.
    init?(in environment: Environment) throws(CommandFailure) {
        guard let path = environment[.recipientKeys] else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Self.unusable(path, why: Text(en: "the file cannot be read", zh: "无法读取文件"))
        }
        do throws(InvalidValue) {
            try self.init(parsing: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Self.unusable(path, why: .verbatim(error.description))
        }
    }

    private static func unusable(_ path: String, why: Text) -> CommandFailure {
        CommandFailure(
            .configuration,
            what: Text(en: "there are no usable keys in \(path)", zh: "\(path) 中没有可用的密钥"), why: why,
            remedy: Text(
                en: """
                    let YUNCANG_RECIPIENT_KEYS name a file that yuncang may read, with lines key_id:base64 of 32 bytes, as \
                    made by: echo "2026-11:$(openssl rand -base64 32)"
                    """,
                zh: """
                    让 YUNCANG_RECIPIENT_KEYS 指向 yuncang 可读的文件，每行为 key_id:base64（32 字节），可用以下命令生成：\
                    echo "2026-11:$(openssl rand -base64 32)"
                    """))
    }
}
