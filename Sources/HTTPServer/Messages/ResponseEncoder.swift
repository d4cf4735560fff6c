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

    /// Room for status line, Date, framing, Connection and the request's id, but for the reason and the id of a client's choice.
    private static var ownBytes: Int { 256 }

    /// Appends `response` to `output`, but for the content of a stream.
    static func append(
        _ response: Response, to output: inout [UInt8], in context: Context, date: HTTPDate
    ) {
        let content = response.body.bytes
        let sent = !context.isHead && response.mayHaveContent ? content : nil
        let room =
            ownBytes + response.status.reasonPhrase.utf8.count + RequestID.maximumLength + response.fields.bytes.count
            + (sent?.count ?? 0)
        output.append(addingCapacity: room) { output in
            appendStatusLine(response.status, to: &output)
            output.append("Date: ")
            date.append(to: &output)
            output.append("\r\n")
            if response.mayHaveContent { appendFraming(content, context, to: &output) }
            appendConnection(context, to: &output)
            if let id = context.id {
                output.append("X-Request-Id: ")
                id.append(to: &output)
                output.append("\r\n")
            }
            output.append(response.fields.bytes)
            output.append("\r\n")
            if let sent { output.append(sent) }
        }
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
    private static func appendFraming(_ content: [UInt8]?, _ context: Context, to output: inout OutputSpan<UInt8>) {
        if let content {
            output.append("Content-Length: ")
            output.append(decimal: content.count)
            output.append("\r\n")
        } else if !context.isHead, context.version == .http11 {
            output.append("Transfer-Encoding: chunked\r\n")
        }
    }

    /// Each version's default goes without saying.
    private static func appendConnection(_ context: Context, to output: inout OutputSpan<UInt8>) {
        switch (context.persists, context.version) {
        case (false, _): output.append("Connection: close\r\n")
        case (true, .http10): output.append("Connection: keep-alive\r\n")
        case (true, .http11): break
        }
    }

    private static func appendStatusLine(_ status: HTTPResponse.Status, to output: inout OutputSpan<UInt8>) {
        guard status.code != 200 else { return output.append("HTTP/1.1 200 OK\r\n") }
        output.append("HTTP/1.1 ")
        output.append(decimal: status.code)
        output.append(ASCII.space)
        // HTTPTypes lets no control character into a reason phrase.
        output.append(status.reasonPhrase)
        output.append("\r\n")
    }

    private static func append(_ text: StaticString, to output: inout [UInt8]) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
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
