internal import EventLoop

/// What a call into an actor on a loop costs, from a task on the loop and from one on Swift's own threads.
@main
enum LoopBenchmark {
    /// Does nothing, on the loop or on the default executor.
    actor Counter {
        nonisolated let loop: EventLoop
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
        private var count = 0

        init(on loop: EventLoop) {
            self.loop = loop
        }

        func add() {
            count += 1
        }
    }

    /// The same without a loop: what Swift does by itself.
    actor PlainCounter {
        private var count = 0

        func add() {
            count += 1
        }
    }

    static func main() async throws {
        let loop = try EventLoop.start(name: "bench")
        let counter = Counter(on: loop)
        let plain = PlainCounter()
        switch CommandLine.arguments.dropFirst().first {
        case "inside": await Task(executorPreference: loop) { await report(2_000_000) { await counter.add() } }.value
        case "outside": await Task { await report(100_000) { await counter.add() } }.value
        case "plain": await Task { await report(2_000_000) { await plain.add() } }.value
        default: print("usage: LoopBenchmark inside|outside|plain")
        }
        await loop.shutDown()
    }

    /// Prints the nanoseconds of one call.
    private static func report(_ calls: Int, _ call: () async -> Void) async {
        for _ in 0..<calls / 10 { await call() }
        let start = MonotonicInstant.now()
        for _ in 0..<calls { await call() }
        let elapsed = MonotonicInstant.now() - start
        let nanoseconds = Double(elapsed.components.seconds) * 1e9 + Double(elapsed.components.attoseconds) * 1e-9
        print(Int(nanoseconds / Double(calls)))
    }
}
