public import HTTPTypes

/// The header fields of a response, kept as the bytes that will be sent.
///
/// A value may come from anywhere, a client included: whatever could end a line or hide in one (control characters)
/// becomes a space. Fields that many answers share are best built once and copied.
public struct ResponseFields: Hashable, Sendable {
    /// `Name: value CRLF`, repeated.
    private(set) var bytes: [UInt8] = []

    /// No fields.
    public init() {}

    /// Adds a field after those that are there.
    ///
    /// - Precondition: the name is none of those that frame a message (Content-Length, Transfer-Encoding, Connection,
    ///   Date, Trailer, Upgrade, Keep-Alive): these are the server's to write.
    public mutating func append(_ name: HTTPField.Name, _ value: some StringProtocol) {
        precondition(!Self.isReserved(name), "\(name.rawName) is the server's to write")
        bytes.append(contentsOf: name.rawName.utf8)
        bytes.append(ASCII.colon)
        bytes.append(ASCII.space)
        for byte in value.utf8 {
            bytes.append(byte >= ASCII.space && byte != ASCII.delete ? byte : ASCII.space)
        }
        bytes.append(ASCII.carriageReturn)
        bytes.append(ASCII.lineFeed)
    }

    /// Adds fields after those that are there.
    public mutating func append(contentsOf fields: ResponseFields) {
        bytes.append(contentsOf: fields.bytes)
    }

    /// Whether there is a field of this name.
    public func contains(_ name: HTTPField.Name) -> Bool { line(of: name) != nil }

    /// The value of the first field of this name.
    func value(of name: HTTPField.Name) -> String? {
        line(of: name).map {
            String(decoding: bytes[($0.lowerBound + name.rawName.utf8.count + 2)..<$0.upperBound - 2], as: UTF8.self)
        }
    }

    /// Puts another value in the place of the first field of this name.
    mutating func replace(_ name: HTTPField.Name, with value: String) {
        if let line = line(of: name) { bytes.removeSubrange(line) }
        append(name, value)
    }

    /// The tag that ETag has.
    var entityTag: EntityTag? {
        guard let value = value(of: .eTag), case .tags(let tags)? = EntityTagList([value]) else { return nil }
        return tags.first
    }

    /// Where the first field of this name stands, line end included.
    private func line(of name: HTTPField.Name) -> Range<Int>? {
        let expected = Array((name.canonicalName + ":").utf8)
        var start = 0
        while start < bytes.count, let end = bytes[start...].firstIndex(of: ASCII.lineFeed) {
            let line = start..<end + 1
            if line.count > expected.count,
                zip(bytes[line], expected).allSatisfy({ ASCII.lowercased($0) == $1 })
            {
                return line
            }
            start = line.upperBound
        }
        return nil
    }

    private static func isReserved(_ name: HTTPField.Name) -> Bool {
        switch name.canonicalName {
        case "content-length", "transfer-encoding", "connection", "date", "trailer", "upgrade", "keep-alive": true
        default: false
        }
    }
}

extension ResponseFields: ExpressibleByDictionaryLiteral {
    /// The fields in the order of the literal.
    public init(dictionaryLiteral elements: (HTTPField.Name, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}
