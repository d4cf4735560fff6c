internal import EventLoop
internal import HTTPServer

// @unchecked: touched only on the loop's thread.
/// Gathers the lines of one loop, and hands them over by the buffer, or after a moment.
final class AccessLogBuffer: @unchecked Sendable {
    /// Bytes that are handed over at once.
    private static var bytes: Int { 64 * 1_024 }
    /// How long a line waits for others.
    private static var pause: Duration { .milliseconds(200) }

    private let log: AccessLog
    private let loop: EventLoop
    @exclusivity(unchecked) private var lines: AccessLogLines
    @exclusivity(unchecked) private var buffer: [UInt8] = []
    private var count = 0
    private var missing = 0
    private var isScheduled = false

    init(_ log: AccessLog, on loop: EventLoop, names: RouteNames) {
        self.log = log
        self.loop = loop
        lines = AccessLogLines(log.format, names: names)
    }

    func record(_ exchange: Exchange) {
        if buffer.isEmpty { buffer.reserveCapacity(Self.bytes + 2 * 1_024) }
        lines.append(exchange, to: &buffer)
        count += 1
        if buffer.count >= Self.bytes { return handOver() }
        guard !isScheduled else { return }
        isScheduled = true
        loop.schedule(at: loop.now.advanced(by: Self.pause)) { [weak self] in
            self?.isScheduled = false
            self?.handOver()
        }
    }

    /// Gives away what was gathered; what finds no room is counted, and told of as soon as there is room.
    func handOver() {
        guard !buffer.isEmpty else { return }
        if missing > 0 { lines.append(dropped: missing, at: loop.now, to: &buffer) }
        if log.take(buffer, count: count) { missing = 0 } else { missing += count }
        buffer = []
        count = 0
    }
}
