import HTTPServer
import HTTPTypes
import JSON
import Testing

/// What came back, through whichever door.
struct Answer: Sendable {
    let status: Int
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    /// An answer as its bytes are sent.
    ///
    /// - Parameter isHead: whether it answers HEAD, and so has no content whatever its Content-Length says.
    init(_ bytes: [UInt8], isHead: Bool) throws {
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)), "an answer without an end of its head")
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        status = try #require(lines.first.flatMap { Int($0.dropFirst(9).prefix(3)) })
        fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ": ", maxSplits: 1)
            return (name: String(parts[0]).lowercased(), value: parts.count > 1 ? String(parts[1]) : "")
        }
        let isChunked = fields.contains { $0.name == "transfer-encoding" && $0.value == "chunked" }
        let content = Array(bytes[end.upperBound...])
        body = isChunked ? try #require(Self.unchunked(content), "a stream without its last chunk") : content
        let length = fields.first { $0.name == "content-length" }.flatMap { Int($0.value) }
        if !isHead, !isChunked { #expect(body.count == length ?? 0, "the content is as long as it says") }
        if isHead { #expect(body.isEmpty, "an answer to HEAD has no content") }
    }

    /// Undoes the chunked coding; nil if its end is missing.
    private static func unchunked(_ bytes: [UInt8]) -> [UInt8]? {
        var content: [UInt8] = []
        var rest = bytes[...]
        while let lineEnd = rest.firstRange(of: [13, 10]) {
            guard let size = Int(String(decoding: rest[..<lineEnd.lowerBound], as: UTF8.self), radix: 16) else {
                return nil
            }
            rest = rest[lineEnd.upperBound...]
            guard rest.count >= size + 2 else { return nil }
            if size == 0 { return content }
            content += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return nil
    }

    /// The value of the only field of this name.
    subscript(name: HTTPField.Name) -> String? {
        let values = fields.filter { $0.name == name.canonicalName }.map(\.value)
        #expect(values.count <= 1, "\(name) stands there \(values.count) times")
        return values.first
    }

    /// What the answer depends on beside its path.
    var varying: [String] {
        fields.filter { $0.name == "vary" }.flatMap { $0.value.split(separator: ", ").map(String.init) }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    func json() throws -> JSONValue { try JSONType<JSONValue>.any.read(body) }

    /// The code of the problem that this is, in the one form that problems have.
    func problem(status expected: Int) throws -> String {
        #expect(status == expected, "\(text)")
        #expect(self[.contentType] == "application/problem+json")
        let json = try json()
        #expect(json["status"] == .integer(Int64(status)))
        guard case .string(let code)? = json["code"], case .string(let type)? = json["type"] else {
            Issue.record("a problem without code or type: \(text)")
            return ""
        }
        #expect(type == "/problems/" + code.replacing("_", with: "-"))
        return code
    }

    /// The faults of a problem: `pointer code` or `parameter code`, in their order.
    func faults() throws -> [String] {
        guard case .array(let faults)? = try json()["errors"] else { return [] }
        return faults.map { fault in
            let places = [fault["pointer"], fault["parameter"]].compactMap { $0 }
            guard places.count == 1, case .string(let place) = places[0], case .string(let code)? = fault["code"] else {
                return "?"
            }
            return "\(place) \(code)"
        }
    }
}

extension Answer {
    /// All that one answer can differ from another by: the status, the fields but for Date, and the content; without what
    /// the request is called.
    var withoutDate: String {
        ([String(status)]
            + fields.filter { $0.name != "date" && $0.name != "x-request-id" }.map { "\($0.name): \($0.value)" }
            + [nameless])
            .joined(separator: "\n")
    }

    /// The content, without what the request is called.
    var nameless: String { text.replacing(/,"request_id":"[^"]*"/, with: "") }
}
