/// The content of a request whose handler reads it while it arrives; the only one of its connection.
///
/// A handler sees everything that came before a fault, and then the fault: what becomes of a request does not depend on how
/// its bytes were sliced. An object of its own, as ``OutgoingStream`` is.
final class IncomingBody {
    /// What a handler that asks for more gets.
    enum Piece: Equatable {
        case bytes([UInt8])
        /// More may come.
        case later
        case end
        /// It will get no further.
        case broken
    }

    private enum End {
        case open, complete
        case fault(Refusal)
    }

    let ticket: AnswerQueue.Ticket
    private let limit: Int
    private var end = End.open
    /// What has arrived and was not asked for yet.
    private var waiting: [UInt8] = []
    /// Whether the handler has asked at all, and may wait for the client to be told to go on.
    private(set) var isAskedFor = false
    /// Whether the handler waits for more.
    private(set) var isAwaited = false
    /// Whether the handler is done, and what still comes is passed over.
    private(set) var isUnwanted = false

    init(_ ticket: AnswerQueue.Ticket, bufferBytes: Int) {
        self.ticket = ticket
        limit = bufferBytes
    }

    var isOpen: Bool { if case .open = end { true } else { false } }
    var mayRead: Bool { isOpen && (isUnwanted || waiting.count < limit) }
    /// Whether a handler that waits need not any longer.
    var hasNews: Bool { !isOpen || !waiting.isEmpty }

    func arrived(_ bytes: [UInt8]) {
        if !isUnwanted { waiting += bytes }
    }

    func complete() {
        end = .complete
    }

    func fails(_ refusal: Refusal) {
        end = .fault(refusal)
    }

    func isNoLongerWanted() {
        isUnwanted = true
        waiting = []
    }

    /// What the handler gets, and the fault that it has come to if it has.
    func next() -> (piece: Piece, fault: Refusal?) {
        isAskedFor = true
        isAwaited = !hasNews
        if !waiting.isEmpty {
            defer { waiting = [] }
            return (.bytes(waiting), nil)
        }
        switch end {
        case .open: return (.later, nil)
        case .complete: return (.end, nil)
        case .fault(let refusal): return (.broken, refusal)
        }
    }
}
