internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import JSON
internal import Synchronization

/// Places the orders of a plan over HTTP, several connections side by side.
struct ReplayRun: Sendable {
    /// Where the base is served.
    let address: SocketAddress
    /// A bearer token, if there is one.
    let token: String?
    /// How many connections place orders.
    let connections: Int
    /// Where the sockets are.
    let loop: EventLoop

    /// An order that was not answered as it should have been.
    struct Mishap: Sendable {
        let reference: String
        /// The status and the content, or why there was no answer.
        let answer: String
    }

    /// What came of it.
    struct Outcome: Sendable {
        /// Orders that were answered 201 with the right total.
        var placed = 0
        var mishaps: [Mishap] = []
        var seconds = 0.0
    }

    /// Places every order once; `done` hears how many are through.
    func place(_ plan: ReplayPlan, done: (Int) -> Void) async -> Outcome {
        let start = ContinuousClock.now
        let (results, telling) = AsyncStream.makeStream(of: Mishap?.self)
        let queue = Queue(plan.orders)
        var outcome = Outcome()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<connections {
                group.addTask(executorPreference: loop) { await work(through: queue, telling: telling) }
            }
            var left = plan.orders.count
            for await mishap in results {
                if let mishap { outcome.mishaps.append(mishap) } else { outcome.placed += 1 }
                left -= 1
                done(plan.orders.count - left)
                if left == 0 { break }
            }
        }
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        return outcome
    }

    /// Places orders over one connection, a new one after each that broke, until there are no more.
    private func work(through queue: Queue, telling results: AsyncStream<Mishap?>.Continuation) async {
        var connection: ServiceConnection?
        while let order = queue.next() {
            do throws(ServiceConnection.Failure) {
                let open: ServiceConnection
                if let connection {
                    open = connection
                } else {
                    open = try ServiceConnection(to: address, token: token, on: loop)
                    connection = open
                }
                let answer = try await open.ask("POST", "/v1/orders", json: order.body)
                results.yield(Self.mishap(of: order, answered: answer))
            } catch {
                connection = nil
                results.yield(Mishap(reference: order.reference.rawValue, answer: "\(error)"))
            }
        }
    }

    private static func mishap(of order: ReplayPlan.Order, answered answer: ServiceConnection.Answer) -> Mishap? {
        let placed = try? JSONType<JSONValue>.any.read(answer.body)
        if answer.status == 201, placed?["total_fen"] == .integer(order.total.rawValue) { return nil }
        let text = String(decoding: answer.body.prefix(500), as: UTF8.self)
        return Mishap(reference: order.reference.rawValue, answer: "\(answer.status) \(text)")
    }

    /// The orders that nobody has taken yet.
    private final class Queue: Sendable {
        private let orders: [ReplayPlan.Order]
        private let taken = Atomic<Int>(0)

        init(_ orders: [ReplayPlan.Order]) {
            self.orders = orders
        }

        func next() -> ReplayPlan.Order? {
            let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
            return index < orders.count ? orders[index] : nil
        }
    }
}
