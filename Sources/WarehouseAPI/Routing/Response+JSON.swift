internal import HTTPServer
internal import HTTPTypes
internal import JSON

extension Response {
    /// A document as it is declared.
    init<Value>(_ value: Value, as type: JSONType<Value>, status: HTTPResponse.Status = .ok) {
        self.init(status: status, fields: [.contentType: "application/json"], body: type.bytes(of: value))
    }
}
