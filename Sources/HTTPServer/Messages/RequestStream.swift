/// The content of a request, which its handler reads while it arrives.
///
/// ```swift
/// while let piece = try await stream.next() { digest.update(piece) }
/// ```
///
/// What arrives and is not read yet is bounded by ``HTTPServer/Limits/bodyBufferBytes``; beyond it, the client is not read.
/// A handler may answer before the end: what is left is then passed over if it is known to be little, or else the
/// connection closes.
public final class RequestStream: Sendable {
    typealias Source = @Sendable () async throws(RequestStreamEnded) -> [UInt8]?

    private let source: Source

    init(_ source: @escaping Source) {
        self.source = source
    }

    /// The next bytes, never none; nil after the last. For one reader at a time, until the handler has answered.
    ///
    /// - Throws: when there will be no end: the server has answered the request itself, or its client has gone. A handler
    ///   that passes this on has nothing else to do.
    public func next() async throws(RequestStreamEnded) -> [UInt8]? {
        try await source()
    }
}

/// The content of a request has come to no good end: malformed, too large, too slow, or its client has gone.
public struct RequestStreamEnded: Error, Hashable, Sendable {
    /// The end of a stream.
    public init() {}
}
