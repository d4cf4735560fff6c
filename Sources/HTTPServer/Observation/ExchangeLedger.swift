internal import EventLoop

/// The exchanges of one connection whose answers are rendered, until their last byte has left.
struct ExchangeLedger {
    /// Whether anybody wants to know.
    private let isKept: Bool
    private var waiting: [(exchange: Exchange, end: Int)] = []
    /// Bytes of all answers that were ever rendered on the connection, and of those that have left.
    private var rendered = 0
    private var written = 0
    /// Whether nothing more will leave.
    private var isLost = false

    init(isKept: Bool) {
        self.isKept = isKept
    }

    /// `bytes` were put into the output that belong to no exchange: an interim answer.
    mutating func rendered(_ bytes: Int) {
        rendered += bytes
    }

    /// The answer of an exchange was put into the output, as its last bytes.
    mutating func rendered(_ exchange: Exchange) {
        guard isKept else { return }
        rendered += exchange.responseBytes
        waiting.append((exchange, rendered))
    }

    /// Nobody will answer this any more.
    mutating func gaveUp(_ exchange: Exchange) {
        guard isKept else { return }
        var exchange = exchange
        exchange.isCutOff = true
        waiting.append((exchange, rendered))
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
        // Nearly always all of them: then the array keeps its memory.
        var count = 0
        for index in waiting.indices {
            let hasLeft = waiting[index].end <= written
            guard hasLeft || isLost else { break }
            waiting[index].exchange.end = now
            if !hasLeft { waiting[index].exchange.isCutOff = true }
            observer(waiting[index].exchange)
            count += 1
        }
        if count == waiting.count { waiting.removeAll(keepingCapacity: true) } else { waiting.removeFirst(count) }
    }
}
