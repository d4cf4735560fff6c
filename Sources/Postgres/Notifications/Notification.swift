/// What a `NOTIFY` brings to those who `LISTEN`.
public struct Notification: Hashable, Sendable {
    /// The channel's name.
    public var channel: String
    /// At most 8,000 bytes; often empty.
    public var payload: String
    /// The process that sent it.
    public var sender: Int32

    /// A notification with these fields.
    public init(channel: String, payload: String, sender: Int32) {
        self.channel = channel
        self.payload = payload
        self.sender = sender
    }
}
