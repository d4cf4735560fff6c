public import HTTPTypes

/// A complete request: method, target, fields and body, all within the server's ``HTTPServer/Limits``.
public struct Request: Sendable {
    let head: RequestHead

    /// The content, after transfer decoding; none where it comes as a ``stream``.
    public let body: [UInt8]

    /// The content while it arrives, where the server was told to let the handler have it so.
    public internal(set) var stream: RequestStream?

    init(head: RequestHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }

    /// The request of a head that nobody has yet.
    init(head: RequestHead, body: [UInt8], id: RequestID = RequestID(number: 0), client: Client) {
        head.belongs(to: client, as: id)
        self.init(head: head, body: body)
    }

    /// A request as a test would send it, parsed as strictly as one that came over a socket.
    ///
    /// A Host field is added if there is none, and Content-Length for a body.
    /// - Throws: what the server would answer to it.
    public init(
        method: HTTPRequest.Method = .get, target: String, fields: [(name: HTTPField.Name, value: String)] = [],
        body: [UInt8] = [], from address: ClientAddress = .local, limits: HTTPServer.Limits = HTTPServer.Limits()
    ) throws(Refusal) {
        var text = "\(method.rawValue) \(target) HTTP/1.1\r\n"
        if !fields.contains(where: { $0.name.canonicalName == "host" }) { text += "Host: localhost\r\n" }
        for (name, value) in fields { text += "\(name.rawName): \(value)\r\n" }
        if !body.isEmpty { text += "Content-Length: \(body.count)\r\n" }
        let bytes = Array((text + "\r\n").utf8)
        var parser = RequestParser(limits: limits)
        var consumed = 0
        switch parser.next(in: bytes, consumed: &consumed) {
        case .head(let head):
            let id = RequestID(of: head, orNumber: 0)
            self.init(head: head, body: body, id: id, client: Client(address: address))
        case .refused(let refusal): throw refusal
        case .needsMore, .body, .end: throw .malformedField
        }
        if case .refused(let refusal) = parser.next(in: body, consumed: &consumed) { throw refusal }
    }

    /// What it is called in its answer and in logs.
    public var id: RequestID { head.id }

    /// The method; names are case-sensitive, and unknown ones are left to the handler.
    public var method: HTTPRequest.Method { head.method }

    /// The version that the client speaks.
    public var version: HTTPVersion { head.version }

    /// The header fields. Those of framing were heeded already.
    public var fields: RequestFields { RequestFields(of: head) }

    /// The target as it came.
    public var target: String { String(decoding: head.bytes[head.target], as: UTF8.self) }

    /// The path as it came, percent escapes and all; `*` for a request about the server itself.
    public var path: String { String(decoding: pathBytes, as: UTF8.self) }

    /// The bytes of ``path``, without a copy, for routers.
    public var pathBytes: ArraySlice<UInt8> {
        if head.path.isEmpty { return [method == .options ? ASCII.asterisk : ASCII.slash] }
        return head.bytes[head.path]
    }

    /// What follows the first "?" of the target, as it came; nil without one.
    public var query: String? { head.query.map { String(decoding: head.bytes[$0], as: UTF8.self) } }

    /// The host and port that the client means: what a trusted proxy says, else the target's in absolute form, else the
    /// Host field's.
    public var authority: String {
        String(decoding: head.bytes[head.client.authority ?? head.authority], as: UTF8.self)
    }

    /// Where the client is: what trusted proxies say, else whoever connected.
    public var clientAddress: ClientAddress { head.client.address }

    /// How the client speaks to the outermost server: what a trusted proxy says, else in clear.
    public var scheme: Scheme { head.client.scheme }

    /// The path's segments with their escapes decoded: `/a/b%2Fc` has `a` and `b/c`.
    ///
    /// - Throws: ``Refusal/malformedTarget`` if one is not UTF-8 or holds a control character.
    public func pathSegments() throws(Refusal) -> [String] {
        var segments: [String] = []
        for segment in pathBytes.dropFirst().split(separator: ASCII.slash, omittingEmptySubsequences: false) {
            segments.append(try PercentEncoding.decode(segment, plusIsSpace: false))
        }
        return segments
    }

    /// One segment of a path with its escapes decoded.
    ///
    /// - Throws: ``Refusal/malformedTarget`` if it is not UTF-8 or holds a control character.
    public static func decodedSegment(_ segment: ArraySlice<UInt8>) throws(Refusal) -> String {
        try PercentEncoding.decode(segment, plusIsSpace: false)
    }

    /// The query's `name=value` pairs in order, decoded as forms are: "+" is a space.
    ///
    /// - Throws: ``Refusal/malformedTarget`` if one is not UTF-8 or holds a control character.
    public func queryItems() throws(Refusal) -> [(name: String, value: String)] {
        guard let query = head.query else { return [] }
        var items: [(name: String, value: String)] = []
        for pair in head.bytes[query].split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: ASCII.equals) ?? pair.endIndex
            let name = try PercentEncoding.decode(pair[..<equals], plusIsSpace: true)
            let value = try PercentEncoding.decode(pair[equals...].dropFirst(), plusIsSpace: true)
            items.append((name, value))
        }
        return items
    }
}
