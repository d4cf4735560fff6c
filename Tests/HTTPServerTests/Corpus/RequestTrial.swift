import HTTPTypes

@testable import HTTPServer

/// What must hold whatever bytes a client sends: checked on the corpus by the tests, and on inputs without number by
/// `scripts/fuzz`.
enum RequestTrial {
    /// Bounds so tight that short inputs reach all of them.
    private static let tight = {
        var limits = HTTPServer.Limits()
        limits.headBytes = 160
        limits.targetBytes = 24
        limits.fieldCount = 4
        limits.bodyBytes = 40
        limits.chunkExtensionBytes = 12
        return limits
    }()

    static func run(_ input: [UInt8]) throws(BrokenPromise) {
        for limits in [HTTPServer.Limits(), tight] {
            let ways = Slices.ways(of: input)
            let reading = try RequestReading(ways[0], limits: limits)
            for slices in ways.dropFirst() {
                guard try RequestReading(slices, limits: limits) == reading else {
                    throw BrokenPromise("another verdict in \(slices.count) slices")
                }
            }
            for (request, message) in zip(reading.requests, reading.messages) {
                try checkBounds(of: request, limits: limits)
                try checkTarget(of: request)
                try checkFields(of: message)
                try checkFraming(of: message)
                try checkRewriting(of: message, limits: limits)
            }
        }
    }

    private static func checkBounds(of request: Request, limits: HTTPServer.Limits) throws(BrokenPromise) {
        guard request.head.byteCount <= limits.headBytes, request.fields.count <= limits.fieldCount,
            request.target.utf8.count <= limits.targetBytes, request.body.count <= limits.bodyBytes
        else { throw BrokenPromise("a request beyond bounds") }
    }

    private static func checkTarget(of request: Request) throws(BrokenPromise) {
        guard request.target.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "#") }) else {
            throw BrokenPromise("a target of other than visible characters")
        }
        let segments = (try? request.pathSegments()) ?? []
        let items = (try? request.queryItems()) ?? []
        for text in segments + items.flatMap({ [$0.name, $0.value] }) {
            guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw BrokenPromise("a control character in a path or query")
            }
        }
    }

    private static func checkFields(of message: RequestReading.Message) throws(BrokenPromise) {
        let others = Set("!#$%&'*+-.^_`|~".utf8)
        for field in message.fields {
            let isToken = field.name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: others.contains($0)
                }
            }
            guard isToken, !field.name.isEmpty else { throw BrokenPromise("a field name that is no token") }
            guard field.value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 }) else {
                throw BrokenPromise("a control character in a field value")
            }
            for end in [field.value.first, field.value.last] where end == 0x20 || end == 9 {
                throw BrokenPromise("a field value with white space around it")
            }
        }
    }

    /// What intermediaries may understand otherwise must not have been let pass (RFC 9112, 6.3 and 11.2).
    private static func checkFraming(of message: RequestReading.Message) throws(BrokenPromise) {
        func values(_ name: String) -> [String] {
            message.fields.filter { $0.name.lowercased() == name }.map { String(decoding: $0.value, as: UTF8.self) }
        }
        let isOld = message.line.hasSuffix("HTTP/1.0")
        guard isOld ? values("host").count <= 1 : values("host").count == 1 else {
            throw BrokenPromise("no Host, or several")
        }
        let (lengths, codings) = (values("content-length"), values("transfer-encoding"))
        guard lengths.count + codings.count <= 1 else { throw BrokenPromise("ambiguous framing") }
        if let coding = codings.first {
            guard coding.lowercased() == "chunked", !isOld else { throw BrokenPromise("Transfer-Encoding: \(coding)") }
        } else {
            let length = lengths.first ?? "0"
            guard Int(length) == message.body.count, length.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
                throw BrokenPromise("a body of \(message.body.count) bytes under Content-Length: \(length)")
            }
        }
    }

    /// A proxy that writes the request anew, its body under a length, means the same.
    private static func checkRewriting(
        of message: RequestReading.Message, limits: HTTPServer.Limits
    ) throws(BrokenPromise) {
        var expected = message
        expected.fields.removeAll { ["content-length", "transfer-encoding"].contains($0.name.lowercased()) }
        if expected.fields.count < message.fields.count {
            expected.fields.append(.init(name: "Content-Length", value: Array("\(message.body.count)".utf8)))
        }
        var wire = Array("\(message.line)\r\n".utf8)
        for field in expected.fields { wire += Array("\(field.name):".utf8) + field.value + [13, 10] }
        wire += [13, 10] + message.body
        guard wire.count - message.body.count <= limits.headBytes else { return }
        let reading = try RequestReading([wire[...]], limits: limits)
        guard reading.ending == .complete, reading.messages == [expected] else {
            throw BrokenPromise("another meaning when written anew")
        }
    }
}
