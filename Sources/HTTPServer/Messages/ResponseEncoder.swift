internal import HTTPTypes

/// Renders responses as bytes (RFC 9112, 4 to 7): status line, Date, framing, Connection, fields, and content from memory.
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

    /// Room for status line, Date, framing, Connection and the request's id.
    private static var ownBytes: Int { 192 }

    /// Appends `response` to `output`, but for the content of a stream.
    static func append(
        _ response: Response, to output: inout [UInt8], in context: Context, date: HTTPDate
    ) {
        let content = response.body.bytes
        let room = ownBytes + response.fields.bytes.count + (content?.count ?? 0)
        if output.isEmpty { output.reserveCapacity(room) }
        appendStatusLine(response.status, to: &output)
        append("Date: ", to: &output)
        date.append(to: &output)
        append("\r\n", to: &output)
        if response.mayHaveContent { appendFraming(content, context, to: &output) }
        appendConnection(context, to: &output)
        if let id = context.id {
            append("X-Request-Id: ", to: &output)
            id.append(to: &output)
            append("\r\n", to: &output)
        }
        output.append(contentsOf: response.fields.bytes)
        append("\r\n", to: &output)
        if !context.isHead, response.mayHaveContent, let content { output.append(contentsOf: content) }
    }

    /// Appends a piece of a stream as a chunk. An empty one would end the stream.
    static func appendChunk(_ bytes: [UInt8], to output: inout [UInt8]) {
        precondition(!bytes.isEmpty, "an empty chunk is the last one")
        appendHexadecimal(bytes.count, to: &output)
        append("\r\n", to: &output)
        output.append(contentsOf: bytes)
        append("\r\n", to: &output)
    }

    /// Appends what ends a stream of chunks.
    static func appendLastChunk(to output: inout [UInt8]) {
        append("0\r\n\r\n", to: &output)
    }

    /// Appends the interim response that lets a client send its body.
    static func appendContinue(to output: inout [UInt8]) {
        append("HTTP/1.1 100 Continue\r\n\r\n", to: &output)
    }

    /// The length of content from memory; a stream's is not known, and to HTTP/1.0 its end is the connection's. A 304 has
    /// neither, since its length would have to be that of the answer it stands for (RFC 9110, 8.6).
    private static func appendFraming(_ content: [UInt8]?, _ context: Context, to output: inout [UInt8]) {
        if let content {
            append("Content-Length: ", to: &output)
            appendDecimal(content.count, to: &output)
            append("\r\n", to: &output)
        } else if !context.isHead, context.version == .http11 {
            append("Transfer-Encoding: chunked\r\n", to: &output)
        }
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

    private static func appendHexadecimal(_ value: Int, to output: inout [UInt8]) {
        var shift = 0
        while value >> shift >= 16 { shift += 4 }
        while shift >= 0 {
            let digit = UInt8(value >> shift & 15)
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
            shift -= 4
        }
    }
}
