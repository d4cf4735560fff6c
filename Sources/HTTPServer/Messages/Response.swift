public import HTTPTypes

/// What a handler answers.
public struct Response: Hashable, Sendable {
    /// The status, from 200 to 599; anything else is answered 500.
    public var status: HTTPResponse.Status
    /// The fields, without those of framing and Date, which the server writes.
    public var fields: ResponseFields
    /// The content; of it a response to HEAD, a 204 and a 304 send nothing.
    public var body: [UInt8]
    /// Whether the connection closes after this answer.
    public var closesConnection = false
    /// What the application calls the route that answered, for the server's observers.
    public var route = RouteNumber.none

    /// An answer from memory.
    public init(status: HTTPResponse.Status, fields: ResponseFields = ResponseFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
