/// The head of an answer, as far as replay needs it: whatever a strange server sends, it is a head, a part of one or an error.
struct AnswerHead: Equatable {
    /// What came is no answer of a yuncang.
    struct Malformed: Error {}

    /// Bytes of the longest head that is read.
    static let longest = 16_384
    /// Bytes of the longest content that is read: more than any page that replay asks for.
    static let longestContent = 16 << 20

    /// The status code.
    let status: Int
    /// Bytes of the content that follows.
    let contentLength: Int
    /// Its own length, the empty line included.
    let byteCount: Int

    /// nil while the head is not complete.
    init?(of bytes: [UInt8]) throws(Malformed) {
        let end = Array("\r\n\r\n".utf8)
        let beginning = bytes.prefix(Self.longest)
        guard let start = beginning.indices.first(where: { beginning[$0...].starts(with: end) }) else {
            if bytes.count >= Self.longest { throw Malformed() }
            return nil
        }
        let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
        guard let first = lines.first, first.hasPrefix("HTTP/1."),
            let status = Int(first.dropFirst(9).prefix(3)), (100...599).contains(status)
        else { throw Malformed() }
        let fields = lines.dropFirst().filter { $0.lowercased().hasPrefix("content-length:") }
        guard fields.count <= 1 else { throw Malformed() }
        let text = fields.first?.drop { $0 != ":" }.dropFirst().filter { $0 != " " } ?? "0"
        guard let length = Int(text), (0...Self.longestContent).contains(length) else { throw Malformed() }
        self.status = status
        contentLength = length
        byteCount = start + end.count
    }
}
