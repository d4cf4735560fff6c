internal import EventLoop

/// The exchanges of one connection whose answers are rendered, until their last byte has left.
struct ExchangeLedger {
    private struct Entry {
        var exchange: Exchange
        /// How many bytes have left when the last one of its answer has.
        let end: Int

        /// Whether its last byte is among those written, or never will be; notes that.
        mutating func isOver(at now: MonotonicInstant, _ written: Int, _ isLost: Bool) -> Bool {
            let hasLeft = end <= written
            guard hasLeft || isLost else { return false }
            exchange.end = now
            if !hasLeft { exchange.isCutOff = true }
            return true
        }
    }

    /// Whether anybody wants to know.
    private let isKept: Bool
    private var waiting: [Entry] = []
    /// Bytes that have left the connection.
    private var written = 0
    /// Whether nothing more will leave.
    private var isLost = false

    init(isKept: Bool) {
        self.isKept = isKept
    }

    /// The answer of an exchange is complete; `bytes` are still to leave, the last of which are its own.
    mutating func ended(_ exchange: Exchange, leaving bytes: Int) {
        guard isKept else { return }
        waiting.append(Entry(exchange: exchange, end: written + bytes))
    }

    /// Nobody will answer this any more, or finish the answer.
    mutating func gaveUp(_ exchange: Exchange, leaving bytes: Int = 0) {
        var exchange = exchange
        exchange.isCutOff = true
        ended(exchange, leaving: bytes)
    }

    /// The connection broke under a stream. One of events is all there as far as it has left.
    mutating func lost(_ stream: OutgoingStream, leaving bytes: Int) {
        if stream.isEvents { ended(stream.exchange, leaving: bytes) } else { gaveUp(stream.exchange) }
    }

    /// The kernel took so many bytes.
    mutating func wrote(_ bytes: Int) {
        written += bytes
    }

    /// The connection broke, and what has not left never will.
    mutating func lost() {
        isLost = true
    }

    /// Tells of all exchanges that are over, in the order of their answers.
    mutating func report(at now: MonotonicInstant, to observer: HTTPServer.Observer) {
        guard !waiting.isEmpty else { return }
        // Nearly always there is one, which is moved out and not copied, or all are over; then the array keeps its memory.
        if waiting.count == 1 {
            if waiting[0].isOver(at: now, written, isLost) { observer(waiting.removeLast().exchange) }
            return
        }
        var count = 0
        while count < waiting.count, waiting[count].isOver(at: now, written, isLost) {
            observer(waiting[count].exchange)
            count += 1
        }
        if count == waiting.count { waiting.removeAll(keepingCapacity: true) } else { waiting.removeFirst(count) }
    }
}
