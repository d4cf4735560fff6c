/// A member's name, ready to be written.
public struct JSONKey: Sendable {
    /// The name as it was declared.
    public let name: String
    /// The name in quotes, escaped where need be, with the colon.
    let written: [UInt8]

    /// A key of that name.
    public init(_ name: String) {
        self.name = name
        var writer = JSONWriter()
        writer.string(name)
        written = writer.bytes + [UInt8(ascii: ":")]
    }
}
