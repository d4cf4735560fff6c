/// Takes the content of a ``ResponseStream``, piece by piece.
public struct BodyWriter: Sendable {
    /// Sends one piece; suspends as long as too much waits for the client.
    public typealias Sink = @Sendable ([UInt8]) async throws(StreamEnded) -> Void

    private let sink: Sink

    /// A writer into anything: a test's array, or another writer behind a transformation.
    public init(_ sink: @escaping Sink) {
        self.sink = sink
    }

    /// Sends `bytes` after those before, from any thread.
    ///
    /// Returns at once while less than ``HTTPServer/Limits/outputBytes`` wait for the client (for events,
    /// ``HTTPServer/Limits/eventBytes``), else once it has taken enough of them.
    /// - Throws: when nobody takes more; a producer that passes this on has nothing else to do.
    public func write(_ bytes: [UInt8]) async throws(StreamEnded) {
        if !bytes.isEmpty { try await sink(bytes) }
    }
}

/// Nobody takes more of a stream: its client has gone, or has taken nothing for ``HTTPServer/Limits/writeMilliseconds``, or
/// the server drains and the stream is one of events.
public struct StreamEnded: Error, Hashable, Sendable {
    /// The end of a stream.
    public init() {}
}
