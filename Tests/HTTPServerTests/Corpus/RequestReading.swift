import HTTPTypes

@testable import HTTPServer

/// A promise that an input has shown to be broken.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What the bytes of a connection came to.
struct RequestReading: Equatable {
    enum Ending: Equatable {
        case complete
        case withinRequest
        case refused(Refusal)
    }

    struct Message: Equatable {
        var line: String
        var fields: [Field]
        var body: [UInt8]
    }

    struct Field: Equatable {
        var name: String
        var value: [UInt8]
    }

    private(set) var requests: [Request] = []
    private(set) var ending = Ending.complete

    /// Everything about the requests that a handler could notice.
    var messages: [Message] { requests.map(Self.message) }

    static func == (one: RequestReading, other: RequestReading) -> Bool {
        one.ending == other.ending && one.messages == other.messages
    }

    /// Reads `slices` as a connection does, and holds the parser to its contract at every event.
    init(_ slices: [ArraySlice<UInt8>], limits: HTTPServer.Limits) throws(BrokenPromise) {
        var parser = RequestParser(limits: limits)
        var (pending, head, body): ([UInt8], RequestHead?, [UInt8]) = ([], nil, [])
        for slice in slices {
            pending += slice
            reading: while true {
                var consumed = 0
                let event = parser.next(in: pending, consumed: &consumed)
                guard 0...pending.count ~= consumed else { throw BrokenPromise("\(consumed) bytes are consumed") }
                switch event {
                case .needsMore:
                    pending.removeFirst(consumed)
                    guard pending.count < limits.headBytes else {
                        throw BrokenPromise("input is gathered beyond bounds")
                    }
                    break reading
                case .head(let arrived):
                    guard head == nil, consumed > 0 else { throw BrokenPromise("a head within a request") }
                    head = arrived
                case .body(let range):
                    guard head != nil, !range.isEmpty, range.lowerBound >= 0, range.upperBound <= consumed else {
                        throw BrokenPromise("content at \(range) of \(consumed) bytes")
                    }
                    body += pending[range]
                    guard body.count <= limits.bodyBytes else { throw BrokenPromise("a body beyond bounds") }
                case .end:
                    guard let complete = head else { throw BrokenPromise("an end without a beginning") }
                    requests.append(Request(head: complete, body: body, client: Client(address: .local)))
                    (head, body) = (nil, [])
                case .refused(let refusal):
                    guard case .refused(refusal) = parser.next(in: pending, consumed: &consumed) else {
                        throw BrokenPromise("a refusal is taken back")
                    }
                    ending = .refused(refusal)
                    return
                }
                pending.removeFirst(consumed)
            }
        }
        ending = head == nil && pending.isEmpty ? .complete : .withinRequest
    }

    private static func message(of request: Request) -> Message {
        Message(
            line: "\(request.method.rawValue) \(request.target) HTTP/1.\(request.version == .http10 ? 0 : 1)",
            fields: request.fields.ranges.map { range in
                let bytes = request.fields.bytes
                return Field(name: String(decoding: bytes[range.name], as: UTF8.self), value: Array(bytes[range.value]))
            },
            body: request.body
        )
    }
}
