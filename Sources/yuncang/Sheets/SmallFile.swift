internal import CloudWarehouse
internal import Glibc

/// A file that is read or written as a whole: mappings, refused rows.
struct SmallFile {
    /// More is no mapping.
    private static let bytesAtMost = 1 << 20

    let path: String

    /// Why the file's text cannot be had.
    enum Failure: Error, Hashable {
        case unreadable(path: String, code: CInt)
        case tooLarge(path: String)
        case notUTF8(path: String)
    }

    /// The file's text, or why it cannot be had.
    func text() throws(Failure) -> String {
        guard let file = fopen(path, "re") else { throw .unreadable(path: path, code: errno) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Self.bytesAtMost + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw .unreadable(path: path, code: errno) }
        guard count <= Self.bytesAtMost else { throw .tooLarge(path: path) }
        guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
            throw .notUTF8(path: path)
        }
        return text
    }

    /// Writes a new file with this text; one that is there already is never overwritten.
    func create(_ text: String) throws(CommandFailure) {
        try create(Array(text.utf8))
    }

    /// Writes a new file of these bytes; one that is there already is never overwritten.
    func create(_ bytes: [UInt8]) throws(CommandFailure) {
        guard let file = fopen(path, "wxe") else { throw unwritable() }
        let isWritten =
            fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0 && fsync(fileno(file)) == 0
        let code = errno
        let isClosed = fclose(file) == 0
        guard isWritten, isClosed else {
            // Half a file is nobody's.
            unlink(path)
            errno = isWritten ? errno : code
            throw unwritable()
        }
    }

    /// Refuses a file that is there already, before anything is done of which it would tell.
    func requireAbsent() throws(CommandFailure) {
        guard access(path, F_OK) != 0 else {
            errno = EEXIST
            throw unwritable()
        }
    }

    private func unwritable() -> CommandFailure {
        CommandFailure(
            .outputFailed, what: Text(en: "\(path) cannot be written", zh: "无法写入 \(path)"),
            why: .system(errno),
            remedy: Text(en: "name a file that does not exist yet", zh: "请指定一个尚不存在的文件"))
    }
}

extension SmallFile.Failure {
    /// The same, for people.
    var text: Text {
        switch self {
        case .unreadable(let path, let code): .system(code, at: path)
        case .tooLarge(let path): Text(en: "\(path): it is larger than a megabyte", zh: "\(path)：超过 1 MB")
        case .notUTF8(let path): Text(en: "\(path): it is not UTF-8", zh: "\(path)：不是 UTF-8 编码")
        }
    }
}
