/// How the content of a request reaches its handler.
public enum BodyDelivery: Hashable, Sendable {
    /// Complete, in memory, up to so many bytes: as ``Request/body``.
    case collected(atMost: Int)
    /// While it arrives, up to so many bytes in all: as ``Request/stream``. The handler is called once the head is there.
    case streamed(atMost: Int)

    /// Bytes of the content after transfer decoding; more is answered 413.
    var limit: Int {
        switch self {
        case .collected(let limit), .streamed(let limit): limit
        }
    }
}
