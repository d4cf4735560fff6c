public import HTTPTypes

/// Why the server itself answers a request, instead of the handler.
public enum Refusal: Error, Hashable, Sendable, CaseIterable {
    /// The request line is not `method SP target SP HTTP/x.y CRLF`.
    case malformedRequestLine
    /// The target has none of the four forms of RFC 9112, 3.2, or its method demands another.
    case malformedTarget
    /// The target exceeds ``HTTPServer/Limits/targetBytes``.
    case targetTooLong
    /// The major version is not 1.
    case unsupportedVersion
    /// CONNECT asks for a tunnel, which an origin server does not dig.
    case tunnelRequested
    /// A line ends in a bare line feed, a field folds, its name or value has a forbidden byte, or the like.
    case malformedField
    /// There are more fields than ``HTTPServer/Limits/fieldCount``.
    case tooManyFields
    /// The head exceeds ``HTTPServer/Limits/headBytes``.
    case headTooLarge
    /// Host is missing, repeated or malformed (RFC 9112, 3.2).
    case malformedHost
    /// Content-Length is repeated or no plain number.
    case malformedContentLength
    /// Content-Length stands beside Transfer-Encoding, or the latter is repeated or comes with HTTP/1.0.
    case ambiguousFraming
    /// The transfer coding is not exactly `chunked`.
    case unsupportedTransferCoding
    /// A chunk's size, extension, end or trailer is malformed or out of bounds.
    case malformedChunk
    /// The content exceeds ``HTTPServer/Limits/bodyBytes``, or what its route takes.
    case bodyTooLarge
    /// Expect names something other than `100-continue`.
    case unsupportedExpectation
    /// The head did not arrive within ``HTTPServer/Limits/headMilliseconds``.
    case headTimedOut
    /// The body did not arrive within ``HTTPServer/Limits/bodyMilliseconds``.
    case bodyTimedOut
    /// Less of the body arrived than ``HTTPServer/Limits/bodyRateBytes`` in ``HTTPServer/Limits/bodyRateMilliseconds``.
    case bodyTooSlow
    /// The handler threw an error, or answered with a status below 200 or above 599.
    case handlerFailed
    /// The handler did not answer within ``HTTPServer/Limits/handlerMilliseconds``.
    case handlerTimedOut
    /// The same for a request whose method may change something (RFC 9110, 9.2.1): whether it has, or will, is not known.
    case changeTimedOut
    /// There are ``HTTPServer/Limits/connections`` already.
    case tooManyConnections
    /// The server is told to stop, and serves only whoever was there before.
    case stopping
    /// The address has ``HTTPServer/Limits/connectionsPerAddress`` already.
    case tooManyConnectionsOfAddress

    /// The status to answer with.
    public var status: HTTPResponse.Status {
        switch self {
        case .malformedRequestLine, .malformedTarget, .malformedField, .malformedHost, .malformedContentLength,
            .ambiguousFraming, .malformedChunk:
            .badRequest
        case .targetTooLong: .uriTooLong
        case .unsupportedVersion: .httpVersionNotSupported
        case .tunnelRequested, .unsupportedTransferCoding: .notImplemented
        case .tooManyFields, .headTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedExpectation: .expectationFailed
        case .headTimedOut, .bodyTimedOut, .bodyTooSlow: .requestTimeout
        case .handlerFailed: .internalServerError
        case .handlerTimedOut, .changeTimedOut, .tooManyConnections, .tooManyConnectionsOfAddress, .stopping:
            .serviceUnavailable
        }
    }

    /// One sentence for the person who reads the answer.
    public var explanation: String {
        switch self {
        case .malformedRequestLine: "The request line is malformed."
        case .malformedTarget: "The request target is malformed."
        case .targetTooLong: "The request target is too long."
        case .unsupportedVersion: "Only HTTP/1.1 and HTTP/1.0 are served here."
        case .tunnelRequested: "This server opens no tunnels."
        case .malformedField: "A header field is malformed."
        case .tooManyFields: "There are too many header fields."
        case .headTooLarge: "The header is too large."
        case .malformedHost: "Exactly one valid Host field is required."
        case .malformedContentLength: "Content-Length must be one plain number."
        case .ambiguousFraming: "Content-Length and Transfer-Encoding contradict each other."
        case .unsupportedTransferCoding: "The only transfer coding served here is chunked."
        case .malformedChunk: "The chunked body is malformed."
        case .bodyTooLarge: "The body is too large."
        case .unsupportedExpectation: "The only expectation served here is 100-continue."
        case .headTimedOut: "The header did not arrive in time."
        case .bodyTimedOut: "The body did not arrive in time."
        case .bodyTooSlow: "The body arrived too slowly."
        case .handlerFailed: "The server failed to answer."
        case .handlerTimedOut: "The server did not answer in time."
        case .changeTimedOut:
            "The server did not answer in time, and whether the request took effect is not known."
        case .tooManyConnections: "The server has too many connections; try again soon."
        case .stopping: "The server is stopping; try again soon."
        case .tooManyConnectionsOfAddress: "This address has too many connections; close some, or try again soon."
        }
    }

    /// Whether what follows on the connection can no longer be trusted to be a request.
    public var closesConnection: Bool {
        switch self {
        case .handlerFailed, .handlerTimedOut, .changeTimedOut: false
        default: true
        }
    }

    /// A plain-text answer, used where the server was given no other rendering.
    public var plainResponse: Response {
        var fields = ResponseFields()
        fields.append(.contentType, "text/plain; charset=utf-8")
        if status == .serviceUnavailable { fields.append(.retryAfter, "1") }
        return Response(status: status, fields: fields, body: Array(explanation.utf8) + [ASCII.lineFeed])
    }
}
