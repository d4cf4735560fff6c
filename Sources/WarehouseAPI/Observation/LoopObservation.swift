public import EventLoop
public import HTTPServer

// @unchecked: touched only on the loop's thread, but for `finish` and `snapshot`, which go there.
/// What is noted of the exchanges of one loop; no two loops share any of it.
public final class LoopObservation: @unchecked Sendable {
    /// What one loop knows at one moment.
    struct Snapshot: Sendable {
        let requests: RequestStatistics
        let turns: TurnStatistics
    }

    private let loop: EventLoop
    private let log: AccessLogBuffer?
    @exclusivity(unchecked) private var requests = RequestStatistics()

    /// Notes exchanges of a server on this loop.
    ///
    /// - Parameters:
    ///   - names: what the numbers of its routes mean.
    ///   - log: gets a line for each exchange.
    public init(on loop: EventLoop, names: RouteNames, log: AccessLog?) {
        self.loop = loop
        self.log = log.map { AccessLogBuffer($0, on: loop, names: names) }
    }

    /// Notes an exchange that is over; on the loop's thread.
    public func observe(_ exchange: Exchange) {
        requests.note(exchange)
        log?.record(exchange)
    }

    /// Hands over what was gathered; from any thread.
    public func finish() {
        loop.execute { self.log?.handOver() }
    }

    /// What was noted so far; from any thread.
    func snapshot() async -> Snapshot {
        await withCheckedContinuation { continuation in
            loop.execute {
                continuation.resume(
                    returning: Snapshot(requests: self.requests, turns: self.loop.turnStatistics))
            }
        }
    }
}
