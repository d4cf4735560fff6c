internal import EventLoop

/// The answer of a connection that its producer is still writing; all later ones wait behind it.
///
/// An object of its own, since most connections have none, and are asked with every request whether they do.
final class OutgoingStream {
    let ticket: AnswerQueue.Ticket
    /// Else the connection's close is its end.
    let isChunked: Bool
    /// Whether it gets heartbeats, and ends with a drain or with the client's own half of the connection.
    let isEvents: Bool
    /// What it answers, and how much of it is rendered.
    var exchange: Exchange
    /// Compresses what the producer writes.
    private let encoder: GzipEncoder?
    /// When a heartbeat is due.
    private(set) var heartbeat = MonotonicInstant.distantFuture

    init(_ stream: ResponseStream, _ ticket: AnswerQueue.Ticket, to version: HTTPVersion, _ exchange: Exchange) {
        self.ticket = ticket
        self.exchange = exchange
        isChunked = version == .http11
        isEvents = stream.isEvents
        encoder = stream.coder
    }

    /// What is to be sent of the content after `piece`; there may be none yet.
    func coded(_ piece: [UInt8], isLast: Bool = false) -> [UInt8] {
        encoder?.encode(piece, isLast: isLast) ?? piece
    }

    /// A comment, which every client of events passes over.
    static let heartbeatComment = Array(":\n\n".utf8)

    /// Notes that so many bytes were written just now.
    func hasWritten(_ count: Int, at moment: Moment, _ limits: HTTPServer.Limits) {
        exchange.responseBytes += count
        if isEvents { heartbeat = moment.after(milliseconds: limits.heartbeatMilliseconds) }
    }
}
