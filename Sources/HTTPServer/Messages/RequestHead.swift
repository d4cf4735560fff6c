internal import HTTPTypes

/// A request's line and fields: the bytes as they came, and where in them things stand.
struct RequestHead: Sendable {
    /// How the length of the body is known (RFC 9112, 6.3).
    enum Framing: Hashable, Sendable {
        case empty
        case sized(Int)
        case chunked
    }

    let bytes: [UInt8]
    let method: HTTPRequest.Method
    let version: HTTPVersion
    let target: Range<Int>
    /// Empty for an absolute form without a path, which means "/" (or "*" for OPTIONS).
    let path: Range<Int>
    let query: Range<Int>?
    /// The target's authority in absolute form, else the Host field's value.
    let authority: Range<Int>
    let fields: [FieldRange]
    let framing: Framing
    /// Whether the client means to send another request on this connection.
    let persists: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    let expectsContinue: Bool

    var hasBody: Bool { framing != .empty }
}
