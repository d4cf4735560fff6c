/// The content of a response.
public enum ResponseBody: Sendable {
    /// Complete, in memory.
    case bytes([UInt8])
    /// Complete, in memory, and shared by many answers.
    case constant(ConstantContent)
    /// Written while it is sent; its length is not known before its end.
    case stream(ResponseStream)

    /// The content that is in memory; nil for a stream.
    public var bytes: [UInt8]? {
        switch self {
        case .bytes(let bytes): bytes
        case .constant(let content): content.plain
        case .stream: nil
        }
    }
}

/// Content that its producer writes while it is sent.
///
/// HTTP/1.1 gets it in chunks, HTTP/1.0 up to the connection's close; for HEAD the producer is not asked at all. It runs
/// once, when all earlier answers of the connection have left, and its task is cancelled when nobody takes more of it.
/// A producer that throws has the connection cut, so that the client does not take a part for the whole.
public final class ResponseStream: Sendable {
    /// Writes the content, and returns at its end.
    public typealias Producer = @Sendable (BodyWriter) async throws -> Void

    let producer: Producer
    /// Whether it is a stream of events: one without an end of its own, which gets heartbeats and ends with a drain.
    let isEvents: Bool
    /// Compresses it on its way. Safe although it is no value: a stream is answered once, and its coder used by the connection
    /// that it is the answer of alone, on the loop's thread.
    nonisolated(unsafe) let coder: GzipEncoder?

    /// Content that has an end: a drain waits for it as for any other answer.
    public convenience init(_ producer: @escaping Producer) {
        self.init(isEvents: false, producer)
    }

    init(isEvents: Bool, coder: GzipEncoder? = nil, _ producer: @escaping Producer) {
        self.isEvents = isEvents
        self.coder = coder
        self.producer = producer
    }

    /// The same content, compressed on its way.
    func compressed(by coder: GzipEncoder) -> ResponseStream {
        ResponseStream(isEvents: isEvents, coder: coder, producer)
    }

    /// Content of which nobody tells how long it is, and that nobody asks for: that of an answer to HEAD.
    static let untold = ResponseStream { _ in }
}
