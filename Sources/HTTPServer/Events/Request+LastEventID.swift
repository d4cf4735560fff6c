internal import HTTPTypes

extension Request {
    /// The id of the last event that a client has seen of a stream that it lost; nil for one that comes for the first time,
    /// or whose word is no UTF-8, there twice or empty.
    public var lastEventID: String? {
        guard let name = HTTPField.Name("Last-Event-ID"), let bytes = fields.bytes(ofOnly: name), !bytes.isEmpty else {
            return nil
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
