internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer

/// Sends what the desk says, over many connections, and tells it what comes back.
struct SessionRun: Sendable {
    /// Where the base is served.
    let address: SocketAddress
    /// The token of the orders' source.
    let token: String
    /// How many connections there are.
    let connections: Int
    /// Where the sockets are.
    let loop: EventLoop
    let orders: SessionOrders

    /// How far it has come.
    struct Progress: Sendable {
        let answered: Int
        let expected: Int
        let left: Int64
        let news: [SessionDesk.News]
    }

    /// The desk, and when the session began.
    private final class Counter: Sendable {
        let desk: Lock<SessionDesk>
        let start = MonotonicInstant.now()

        init(_ desk: SessionDesk) {
            self.desk = Lock(desk)
        }

        var now: Duration { MonotonicInstant.now() - start }
    }

    /// Lets everybody come, and then as many more as it takes until nothing is left.
    func run(_ plan: SessionPlan, stock: Int64, tell: (Progress) -> Void) async -> SessionTally {
        let counter = Counter(SessionDesk(plan, stock: stock))
        let (steps, telling) = AsyncStream.makeStream(of: Progress.self)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await self.serve(counter, telling)
                telling.finish()
            }
            for await step in steps { tell(step) }
        }
        return counter.desk.withLock { $0.tally }
    }

    private func serve(_ counter: Counter, _ telling: AsyncStream<Progress>.Continuation) async {
        while true {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<connections {
                    group.addTask(executorPreference: loop) { await self.work(at: counter, telling) }
                }
            }
            let now = counter.now
            guard let late = counter.desk.withLock({ $0.addLateViewers(at: now) }), !Task.isCancelled else { return }
            tell([late], at: counter, telling)
        }
    }

    /// Works over one connection, a new one after each that broke, until there is nothing left to do.
    private func work(at counter: Counter, _ telling: AsyncStream<Progress>.Continuation) async {
        var connection: ServiceConnection?
        while !Task.isCancelled {
            let asked = counter.now
            guard let job = counter.desk.withLock({ $0.next(at: asked) }) else { return }
            await pause(until: counter.start.advanced(by: job.due))
            var tries = 0
            while !Task.isCancelled {
                let sent = counter.now
                let reply = await reply(to: job, over: &connection)
                let (now, times) = (counter.now, tries + 1)
                let (verdict, news) = counter.desk.withLock {
                    $0.hear(reply, to: job, sent: sent, at: now, tries: times)
                }
                tell(news, at: counter, telling)
                guard case .again(let wait) = verdict else { break }
                tries = times
                await pause(until: MonotonicInstant.now().advanced(by: wait))
            }
        }
    }

    private func pause(until instant: MonotonicInstant) async {
        guard instant > .now() else { return }
        // It is cut short by cancellation alone, which whoever called looks for.
        try? await loop.sleep(until: instant)
    }

    private func tell(
        _ news: [SessionDesk.News], at counter: Counter, _ telling: AsyncStream<Progress>.Continuation
    ) {
        telling.yield(
            counter.desk.withLock {
                Progress(answered: $0.tally.answers.count, expected: $0.expected, left: $0.tally.left, news: news)
            })
    }

    private func reply(
        to job: SessionDesk.Job, over connection: inout ServiceConnection?
    ) async -> SessionReply {
        do throws(ServiceConnection.Failure) {
            let open: ServiceConnection
            if let connection {
                open = connection
            } else {
                open = try ServiceConnection(to: address, token: token, on: loop)
                connection = open
            }
            let answer =
                switch job.step {
                case .place: try await open.ask("POST", "/v1/orders", json: orders.body(of: job.viewer))
                case .pay(let order): try await open.ask("POST", "/v1/orders/\(order)/pay")
                case .cancel(let order): try await open.ask("POST", "/v1/orders/\(order)/cancel")
                }
            return SessionReply(answer)
        } catch {
            connection = nil
            return SessionReply(error)
        }
    }
}
