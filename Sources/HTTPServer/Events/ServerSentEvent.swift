/// One event as `text/event-stream` carries it (WHATWG HTML, 9.2), rendered once for all who watch.
///
/// Nothing in an id, a name or the data can end its line early and so become a field or an event of its own.
public struct ServerSentEvent: Hashable, Sendable {
    /// `id: …`, or nothing.
    private let idLine: [UInt8]
    /// The other lines, and the empty one that ends the event.
    private let lines: [UInt8]

    /// An event.
    ///
    /// - Parameters:
    ///   - id: What the client says in `Last-Event-ID` when it comes again; line ends and NUL in it become spaces.
    ///   - name: What kind of event it is; without one a browser calls it `message`. The same happens to line ends.
    ///   - data: UTF-8 text of any number of lines, however they end.
    public init(id: String? = nil, name: String? = nil, data: some Sequence<UInt8>) {
        idLine = id.map { Self.line("id: ", $0) } ?? []
        var lines = name.map { Self.line("event: ", $0) } ?? []
        Self.append(data, to: &lines)
        lines.append(ASCII.lineFeed)
        self.lines = lines
    }

    /// An event whose data is text.
    public init(id: String? = nil, name: String? = nil, data: String) {
        self.init(id: id, name: name, data: data.utf8)
    }

    /// The event as it is sent; without its id, the client's last one stays what it is.
    public func bytes(withID: Bool = true) -> [UInt8] {
        withID && !idLine.isEmpty ? idLine + lines : lines
    }

    private static func line(_ field: String, _ value: String) -> [UInt8] {
        let safe = value.utf8.map { byte in
            byte == ASCII.lineFeed || byte == ASCII.carriageReturn || byte == 0 ? ASCII.space : byte
        }
        return Array(field.utf8) + safe + [ASCII.lineFeed]
    }

    /// A `data` field for each line: CR LF, CR and LF all end one.
    private static func append(_ data: some Sequence<UInt8>, to lines: inout [UInt8]) {
        let field = Array("data: ".utf8)
        lines += field
        var followsReturn = false
        for byte in data {
            let isEnd = byte == ASCII.carriageReturn || byte == ASCII.lineFeed && !followsReturn
            if isEnd {
                lines.append(ASCII.lineFeed)
                lines += field
            } else if byte != ASCII.lineFeed {
                lines.append(byte)
            }
            followsReturn = byte == ASCII.carriageReturn
        }
        lines.append(ASCII.lineFeed)
    }
}
