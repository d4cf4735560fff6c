public import HTTPTypes

/// What a handler answers.
public struct Response: Sendable {
    /// The status, from 200 to 599; anything else is answered 500.
    public var status: HTTPResponse.Status
    /// The fields, without those of framing and Date, which the server writes.
    public var fields: ResponseFields
    /// The content; of it a response to HEAD, a 204 and a 304 send nothing.
    public var body: ResponseBody
    /// Whether the connection closes after this answer.
    public var closesConnection = false
    /// What the application calls the route that answered, for the server's observers.
    public var route = RouteNumber.none

    /// An answer from memory.
    public init(status: HTTPResponse.Status, fields: ResponseFields = ResponseFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = .bytes(body)
    }

    /// An answer whose content is the same for many requests.
    public init(status: HTTPResponse.Status, fields: ResponseFields = ResponseFields(), constant: ConstantContent) {
        self.status = status
        self.fields = fields
        body = .constant(constant)
    }

    /// An answer whose content is written while it is sent.
    public init(status: HTTPResponse.Status, fields: ResponseFields = ResponseFields(), stream: ResponseStream) {
        self.status = status
        self.fields = fields
        body = .stream(stream)
    }

    /// The content, if it is a stream and one is sent at all.
    var stream: ResponseStream? {
        if case .stream(let stream) = body, mayHaveContent { stream } else { nil }
    }

    /// A 204 and a 304 have none by definition (RFC 9110, 6.4.1).
    var mayHaveContent: Bool { status.code != 204 && status.code != 304 }
}
