internal import CloudWarehouse
internal import Glibc

extension RecipientKeys {
    /// The keys in the file that YUNCANG_RECIPIENT_KEYS names; nil when it names none.
    init?(in environment: Environment) throws(CommandFailure) {
        guard let path = environment[.recipientKeys] else { return nil }
        let text: String
        do throws(SmallFile.Failure) { text = try SmallFile(path: path).text() } catch {
            throw Self.unusable(path, why: error.text)
        }
        // As with a profile: whoever reads the keys reads the recipients of every copy of the database.
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.unusable(path, why: .system(errno)) }
        guard status.st_mode & 0o077 == 0 else { throw Self.open(to: status.st_mode & 0o777, at: path) }
        do throws(InvalidValue) {
            try self.init(parsing: text)
        } catch {
            throw Self.unusable(path, why: error.text)
        }
    }

    private static func open(to mode: mode_t, at path: String) -> CommandFailure {
        CommandFailure(
            .configuration,
            what: Text(en: "the recipient keys in \(path) can be read by others", zh: "\(path) 中的收件人密钥可被他人读取"),
            why: Text(en: "its mode is \(String(mode, radix: 8))", zh: "文件权限是 \(String(mode, radix: 8))"),
            remedy: Text(
                en: "let only the user that serves read it: chmod 600 \(ShellWord.quoted(path))",
                zh: "只让运行服务的用户读取：chmod 600 \(ShellWord.quoted(path))"))
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
