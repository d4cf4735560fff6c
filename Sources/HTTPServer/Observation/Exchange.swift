public import EventLoop
public import HTTPTypes

/// A request and what became of it, as an observer is told once the last byte of the answer has left, or never will.
///
/// It shares the request's head, and nothing is copied until it is asked for.
public struct Exchange: Sendable {
    /// Bytes of the head and of the content, as far as they had come.
    public internal(set) var requestBytes: Int
    /// The beginning of the turn in which the request was given to its handler, or refused.
    public let start: MonotonicInstant
    private let head: RequestHead

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
    /// Whether the answer was a stream: it lasts for as long as there is news, or as its client takes.
    public internal(set) var isStream = false
    /// Whether the client did not get all of the answer. A stream of events that the client leaves has no end to miss.
    public internal(set) var isCutOff = false

    /// The exchange that a request begins.
    init(_ request: Request, at moment: Moment) {
        head = request.head
        requestBytes = request.head.byteCount + request.body.count
        (start, end) = (moment.now, moment.now)
    }

    /// The exchange of what could not be read.
    init(from client: ClientAddress, id: RequestID, at moment: Moment) {
        head = RequestHead(unreadableFrom: client, id: id)
        requestBytes = 0
        (start, end) = (moment.now, moment.now)
    }

    /// Notes the answer, of which so many bytes are rendered.
    mutating func isAnswered(by response: Response, headBytes: Int) {
        status = response.status.code
        route = response.route
        responseBytes = headBytes
    }

    /// The method; nil where the server refused what it could not read.
    public var method: HTTPRequest.Method? { head.isReadable ? head.method : nil }

    /// Who asked.
    public var client: ClientAddress { head.client.address }

    /// What the exchange is called.
    public var id: RequestID { head.id }

    /// The path as it came, percent escapes and all; empty where the target had none.
    public var pathBytes: ArraySlice<UInt8> { head.bytes[head.path] }

    /// What follows the first "?" of the target; nil without one.
    public var queryBytes: ArraySlice<UInt8>? { head.query.map { head.bytes[$0] } }

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
