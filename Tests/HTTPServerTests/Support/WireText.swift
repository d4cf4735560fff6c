import Testing

/// Bytes of a connection as a test writes them: a line break in the literal is CR LF on the wire.
struct WireText: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]

    /// Text whose line feeds are sent as CR LF.
    init(_ text: String) {
        bytes = text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? [13, 10] : [$0] }
    }

    /// Exactly these bytes.
    init(exactly text: String) {
        bytes = Array(text.utf8)
    }

    var testDescription: String {
        String(decoding: bytes.prefix(120), as: UTF8.self).debugDescription
    }
}
