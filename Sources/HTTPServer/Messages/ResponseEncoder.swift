internal import HTTPTypes

/// Renders responses as bytes (RFC 9112, 4 to 6): status line, Date, Content-Length, Connection, fields, body.
enum ResponseEncoder {
    /// What of the request and of the connection shapes its response.
    struct Context: Hashable, Sendable {
        var isHead: Bool
        var version: HTTPVersion
        /// Whether another request may follow on the connection.
        var persists: Bool
        /// What the request is called; nil where that is not told.
        var id: RequestID?
    }

    /// Room for status line, Date, Content-Length, Connection and the request's id.
    private static var ownBytes: Int { 192 }

    /// Appends `response` to `output`.
    static func append(
        _ response: Response, to output: inout [UInt8], in context: Context, date: HTTPDate
    ) {
        let room = ownBytes + response.fields.bytes.count + response.body.count
        if output.isEmpty { output.reserveCapacity(room) }
        appendStatusLine(response.status, to: &output)
        append("Date: ", to: &output)
        date.append(to: &output)
        append("\r\n", to: &output)
        if mayHaveBody(response.status) {
            append("Content-Length: ", to: &output)
            appendDecimal(response.body.count, to: &output)
            append("\r\n", to: &output)
        }
        appendConnection(context, to: &output)
        if let id = context.id {
            append("X-Request-Id: ", to: &output)
            id.append(to: &output)
            append("\r\n", to: &output)
        }
        output.append(contentsOf: response.fields.bytes)
        append("\r\n", to: &output)
        if !context.isHead, mayHaveBody(response.status) { output.append(contentsOf: response.body) }
    }

    /// Appends the interim response that lets a client send its body.
    static func appendContinue(to output: inout [UInt8]) {
        append("HTTP/1.1 100 Continue\r\n\r\n", to: &output)
    }

    /// A 204 has neither body nor length by definition; a 304 has no body, and its length would have to be that of the
    /// answer it stands for (RFC 9110, 8.6).
    private static func mayHaveBody(_ status: HTTPResponse.Status) -> Bool {
        status.code != 204 && status.code != 304
    }

    /// Each version's default goes without saying.
    private static func appendConnection(_ context: Context, to output: inout [UInt8]) {
        switch (context.persists, context.version) {
        case (false, _): append("Connection: close\r\n", to: &output)
        case (true, .http10): append("Connection: keep-alive\r\n", to: &output)
        case (true, .http11): break
        }
    }

    private static func appendStatusLine(_ status: HTTPResponse.Status, to output: inout [UInt8]) {
        guard status.code != 200 else { return append("HTTP/1.1 200 OK\r\n", to: &output) }
        append("HTTP/1.1 ", to: &output)
        appendDecimal(status.code, to: &output)
        output.append(ASCII.space)
        // HTTPTypes lets no control character into a reason phrase.
        output.append(contentsOf: status.reasonPhrase.utf8)
        append("\r\n", to: &output)
    }

    private static func append(_ text: StaticString, to output: inout [UInt8]) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
    }

    private static func appendDecimal(_ value: Int, to output: inout [UInt8]) {
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            output.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
