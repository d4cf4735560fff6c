import HTTPTypes
import Testing

@testable import HTTPServer

/// What a connection's bytes came to, request by request.
enum Outcome: Equatable, CustomTestStringConvertible {
    case request(String, fields: [String], body: String)
    case refused(Refusal)
    /// The bytes ended within a request.
    case incomplete

    var testDescription: String {
        switch self {
        case .request(let line, let fields, let body): "\(line) \(fields) \(body)"
        case .refused(let refusal): "refused \(refusal)"
        case .incomplete: "incomplete"
        }
    }
}

/// Feeds `slices` one after the other, and notes what comes out.
func replay(_ slices: [ArraySlice<UInt8>], limits: HTTPServer.Limits = HTTPServer.Limits()) -> [Outcome] {
    var parser = RequestParser(limits: limits)
    var input = InputBuffer()
    var (head, body): (RequestHead?, [UInt8]) = (nil, [])
    var outcomes: [Outcome] = []
    for slice in slices {
        slice.withUnsafeBytes { input.append($0) }
        feeding: while true {
            switch input.next(&parser, body: &body) {
            case .needsMore: break feeding
            case .head(let arrived): head = arrived
            case .body: break
            case .refused(let refusal): return outcomes + [.refused(refusal)]
            case .end:
                guard let complete = head else { preconditionFailure("an end without a beginning") }
                outcomes.append(describe(Request(head: complete, body: body, client: Client(address: .local))))
                (head, body) = (nil, [])
            }
        }
    }
    return head == nil && input.isEmpty ? outcomes : outcomes + [.incomplete]
}

private func describe(_ request: Request) -> Outcome {
    .request(
        "\(request.method) \(request.target) \(request.version)",
        fields: request.fields.all.map { "\($0.name)=\($0.value)" },
        body: String(decoding: request.body, as: UTF8.self)
    )
}

/// Whole, byte by byte, in two parts at every point, and in pieces of 2, 3, 7 and 64 bytes.
func slicings(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
    let pieces = [1, 2, 3, 7, 64].map { size in
        stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
    }
    let pairs = bytes.indices.map { [bytes[..<$0], bytes[$0...]] }
    return [[bytes[...]]] + pieces + pairs
}

extension HTTPServer.Limits {
    /// The usual limits, changed.
    static func with(_ change: (inout HTTPServer.Limits) -> Void) -> HTTPServer.Limits {
        var limits = HTTPServer.Limits()
        change(&limits)
        return limits
    }
}
