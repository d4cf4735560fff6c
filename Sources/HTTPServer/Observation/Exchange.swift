public import EventLoop
public import HTTPTypes

/// A request and what became of it, as an observer is told once the last byte of the answer has left, or never will.
///
/// It shares the bytes of the request's head, and nothing is copied until it is asked for.
public struct Exchange: Sendable {
    /// The method; nil where the server refused what it could not read.
    public let method: HTTPRequest.Method?
    /// Who asked.
    public let client: ClientAddress
    /// What the exchange is called.
    public let id: RequestID
    /// Bytes of the head and of the content, as far as they had come.
    public let requestBytes: Int
    /// The beginning of the turn in which the request was complete.
    public let start: MonotonicInstant
    private let head: [UInt8]
    private let path: Range<Int>
    private let query: Range<Int>?

    /// When its last byte was given to the kernel, or the connection was lost.
    public internal(set) var end: MonotonicInstant
    /// The status of the answer; 0 where there was none.
    public internal(set) var status = 0
    /// Bytes of the answer, its head included, as far as they were rendered.
    public internal(set) var responseBytes = 0
    /// What the application calls the route that answered.
    public internal(set) var route = RouteNumber.none
    /// Why the server itself answered.
    public internal(set) var refusal: Refusal?
    /// Whether the client did not get all of the answer.
    public internal(set) var isCutOff = false

    /// The exchange that a request begins; without a head, what could not be read.
    init(head: RequestHead?, bodyBytes: Int, client: ClientAddress, id: RequestID, start: MonotonicInstant) {
        method = head?.method
        self.client = client
        self.id = id
        requestBytes = (head?.bytes.count ?? 0) + bodyBytes
        self.start = start
        end = start
        self.head = head?.bytes ?? []
        path = head?.path ?? 0..<0
        query = head?.query
    }

    /// The path as it came, percent escapes and all; empty where the target had none.
    public var pathBytes: ArraySlice<UInt8> { head[path] }

    /// What follows the first "?" of the target; nil without one.
    public var queryBytes: ArraySlice<UInt8>? { query.map { head[$0] } }

    /// From ``start`` to ``end``.
    public var duration: Duration { end - start }
}

/// What an application calls a route towards the observers of its server: a number, which costs nothing to pass on.
public struct RouteNumber: Hashable, Sendable {
    /// The number; it means what the application says.
    public let rawValue: UInt16

    /// The route of that number.
    public init(_ rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// No route, as of what the server itself answers.
    public static var none: RouteNumber { RouteNumber(.max) }
}
