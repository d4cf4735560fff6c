internal import CloudWarehouse
internal import Glibc

/// A file that is read or written as a whole: mappings, refused rows.
struct SmallFile {
    /// More is no mapping.
    private static let bytesAtMost = 1 << 20

    let path: String

    /// The file's text, or why it cannot be had.
    func text() throws(InvalidValue) -> String {
        guard let file = fopen(path, "re") else { throw InvalidValue("\(path): \(String(cString: strerror(errno)))") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Self.bytesAtMost + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw InvalidValue("\(path): it cannot be read") }
        guard count <= Self.bytesAtMost else { throw InvalidValue("\(path): it is larger than a megabyte") }
        guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
            throw InvalidValue("\(path): it is not UTF-8")
        }
        return text
    }

    /// Writes a new file with this text; one that is there already is never overwritten.
    func create(_ text: String) throws(CommandFailure) {
        guard let file = fopen(path, "wxe") else { throw unwritable() }
        let bytes = Array(text.utf8)
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else { throw unwritable() }
    }

    private func unwritable() -> CommandFailure {
        CommandFailure(
            .outputFailed, what: Text(en: "\(path) cannot be written", zh: "无法写入 \(path)"),
            why: .verbatim(String(cString: strerror(errno))),
            remedy: Text(en: "name a file that does not exist yet", zh: "请指定一个尚不存在的文件"))
    }
}
