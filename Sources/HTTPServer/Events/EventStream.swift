internal import HTTPTypes

/// The client of a stream of server-sent events, as its producer sees it.
///
/// ```swift
/// return Response.events { client in
///     try await client.send(ServerSentEvent(id: "7", name: "stock", data: json))  // a feed: each event, in order
///     try await client.send(all: mailbox)                                         // a state: the newest of each key
/// }
/// ```
public struct EventStream: Sendable {
    /// Events that wait are sent together, up to so many bytes.
    private static var batchBytes: Int { 8 * 1_024 }

    private let writer: BodyWriter

    init(_ writer: BodyWriter) {
        self.writer = writer
    }

    /// Sends one event; returns when the client has room for another.
    ///
    /// - Throws: when the client has gone or the server drains.
    public func send(_ event: ServerSentEvent) async throws(StreamEnded) {
        try await writer.write(event.bytes())
    }

    /// Sends what comes into `mailbox`, until it is closed. While the client has no room, the newest of each key waits there.
    ///
    /// - Throws: when the client has gone or the server drains.
    public func send(all mailbox: EventMailbox<some Hashable & Sendable>) async throws(StreamEnded) {
        while let events = await mailbox.next(bytes: Self.batchBytes) { try await writer.write(events) }
        if Task.isCancelled { throw StreamEnded() }
    }
}

extension Response {
    /// A stream of server-sent events (WHATWG HTML, 9.2): no cache stores it, no proxy gathers it.
    ///
    /// The server adds heartbeats, ends the stream when it drains, and cancels `producer` once the client has gone.
    /// - Parameters:
    ///   - retryMilliseconds: When a client that lost the connection shall come again.
    ///   - producer: Sends the events; see ``Request/lastEventID`` for where the client left off.
    public static func events(
        retryMilliseconds: Int = 3_000, fields: ResponseFields = ResponseFields(),
        _ producer: @escaping @Sendable (EventStream) async throws -> Void
    ) -> Response {
        var all = fields
        all.append(.contentType, "text/event-stream")
        all.append(.cacheControl, "no-store")
        // nginx gathers what it is not told to let through.
        if let accelBuffering = HTTPField.Name("X-Accel-Buffering") { all.append(accelBuffering, "no") }
        let greeting = Array("retry: \(max(retryMilliseconds, 0))\n\n".utf8)
        let stream = ResponseStream(isEvents: true) { writer in
            try await writer.write(greeting)
            try await producer(EventStream(writer))
        }
        return Response(status: .ok, fields: all, stream: stream)
    }
}
