internal import HTTPTypes

/// A request's line and fields: the bytes as they came, and where in them things stand.
///
/// One object that all share who pass the request on, up to the line about it in a log: to copy so much costs more than to
/// read it.
final class RequestHead: Sendable {
    /// How the length of the body is known (RFC 9112, 6.3).
    enum Framing: Hashable, Sendable {
        case empty
        case sized(Int)
        case chunked
    }

    /// What arrived with the head, which is somewhere in it: heads that came together share it, and nothing is copied.
    let bytes: [UInt8]
    /// Bytes of the head itself.
    let byteCount: Int
    let method: HTTPRequest.Method
    let version: HTTPVersion
    let target: Range<Int>
    /// Empty for an absolute form without a path, which means "/" (or "*" for OPTIONS).
    let path: Range<Int>
    let query: Range<Int>?
    /// The target's authority in absolute form, else the Host field's value.
    let authority: Range<Int>
    let fields: FieldList
    let framing: Framing
    /// Whether the client means to send another request on this connection.
    let persists: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    let expectsContinue: Bool

    init(
        bytes: [UInt8], byteCount: Int, method: HTTPRequest.Method, version: HTTPVersion, target: Range<Int>,
        path: Range<Int>, query: Range<Int>?, authority: Range<Int>, fields: FieldList, framing: Framing,
        persists: Bool, expectsContinue: Bool
    ) {
        self.bytes = bytes
        self.byteCount = byteCount
        self.method = method
        self.version = version
        self.target = target
        self.path = path
        self.query = query
        self.authority = authority
        self.fields = fields
        self.framing = framing
        self.persists = persists
        self.expectsContinue = expectsContinue
    }

    var hasBody: Bool { framing != .empty }
}
