import Glibc
import Synchronization
import Testing

@testable import EventLoop

/// Counts on a loop, without a lock: only isolation keeps it right.
private actor Tally {
    let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private(set) var count = 0
    private(set) var strays = 0

    init(on loop: EventLoop) {
        self.loop = loop
    }

    func add() {
        if !loop.isCurrent { strays += 1 }
        count += 1
    }
}

private func withLoop(_ body: (EventLoop) async throws -> Void) async throws {
    let loop = try EventLoop.start(name: "test")
    do {
        try await body(loop)
    } catch {
        await loop.shutDown()
        throw error
    }
    await loop.shutDown()
}

private struct Pipe: ~Copyable {
    let reading: Int32
    let writing: Int32

    init() {
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
    }

    func write() {
        var byte: UInt8 = 1
        precondition(Glibc.write(writing, &byte, 1) == 1)
    }

    deinit {
        close(reading)
        close(writing)
    }
}

/// The loop on its own thread with a real epoll.
@Suite struct EventLoopThreadTests {
    @Test("an actor on the loop runs on its thread only, whoever calls")
    func actorIsolation() async throws {
        try await withLoop { loop in
            let tally = Tally(on: loop)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { for _ in 0..<1_000 { await tally.add() } }
                    group.addTask(executorPreference: loop) { for _ in 0..<1_000 { await tally.add() } }
                }
            }
            #expect(await tally.count == 16_000)
            #expect(await tally.strays == 0)
        }
    }

    @Test("a task that prefers the loop starts and resumes on it, and other threads are not taken for it")
    func taskPreference() async throws {
        try await withLoop { loop in
            #expect(!loop.isCurrent)
            let places = await Task(executorPreference: loop) {
                var places = [loop.isCurrent]
                try? await loop.sleep(until: .now().advanced(by: .milliseconds(1)))
                places.append(loop.isCurrent)
                return places
            }.value
            #expect(places == [true, true])
        }
    }

    @Test("a task suspended for a descriptor goes on when it becomes readable")
    func readable() async throws {
        try await withLoop { loop in
            let pipe = Pipe()
            async let ready = loop.readiness(of: pipe.reading, for: .readable)
            pipe.write()
            let readiness = try await ready
            #expect(readiness == .readable)
        }
    }

    @Test("a deadline ends the wait for a descriptor, which can be waited for again")
    func deadline() async throws {
        try await withLoop { loop in
            let pipe = Pipe()
            await #expect(throws: EventLoopError.deadlineExceeded) {
                _ = try await loop.readiness(
                    of: pipe.reading, for: .readable, until: .now().advanced(by: .milliseconds(5)))
            }
            pipe.write()
            let readiness = try await loop.readiness(of: pipe.reading, for: .readable)
            #expect(readiness == .readable)
        }
    }

    @Test("cancelling the task ends its wait, before it began as well as in the midst", arguments: [true, false])
    func cancellation(beforehand: Bool) async throws {
        try await withLoop { loop in
            let pipe = Pipe()
            let reading = pipe.reading
            let task = Task {
                if beforehand { withUnsafeCurrentTask { $0?.cancel() } }
                return try await loop.readiness(of: reading, for: .readable)
            }
            if !beforehand { task.cancel() }
            await #expect(throws: EventLoopError.cancelled) { _ = try await task.value }
            pipe.write()
            let readiness = try await loop.readiness(of: reading, for: .readable)
            #expect(readiness == .readable)
        }
    }

    @Test("shutting down ends every wait, runs what was enqueued, and can be repeated")
    func shutDown() async throws {
        let loop = try EventLoop.start(name: "test")
        let pipe = Pipe()
        let reading = pipe.reading
        let read = Task { try await loop.readiness(of: reading, for: .readable) }
        let slept = Task { try await loop.sleep(until: .distantFuture) }
        let ran = Atomic<Int>(0)
        let done = Task(executorPreference: loop) { _ = ran.add(1, ordering: .relaxed) }
        await loop.shutDown()
        await loop.shutDown()
        await done.value
        await #expect(throws: EventLoopError.stopped) { _ = try await read.value }
        await #expect(throws: EventLoopError.stopped) { try await slept.value }
        #expect(ran.load(ordering: .relaxed) == 1)
    }

    @Test("what is to be done at the end is done once, in order, unless it was called off; afterwards at once")
    func endings() async throws {
        let loop = try EventLoop.start(name: "test")
        let done = Lock<[Int]>([])
        await Task(executorPreference: loop) { @Sendable in
            loop.whenStopped { done.withLock { $0.append(1) } }
            let second = loop.whenStopped { done.withLock { $0.append(2) } }
            loop.whenStopped { done.withLock { $0.append(3) } }
            loop.cancel(second)
            #expect(!loop.hasStopped)
        }.value
        #expect(done.withLock { $0 } == [])
        await loop.shutDown()
        #expect(done.withLock { $0 } == [1, 3])
        await Task(executorPreference: loop) { @Sendable in
            #expect(loop.hasStopped)
            loop.cancel(loop.whenStopped { done.withLock { $0.append(4) } })
        }.value
        #expect(done.withLock { $0 } == [1, 3, 4])
    }

    @Test("jobs that arrive after the end still run, one at a time")
    func lateJobs() async throws {
        let loop = try EventLoop.start(name: "test")
        await loop.shutDown()
        let tally = Tally(on: loop)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { for _ in 0..<100 { await tally.add() } } }
        }
        #expect(await tally.count == 400)
        #expect(await tally.strays == 0)
    }

    @Test("a loop that was shut down is let go, and its descriptors with it")
    func nothingLeaks() async throws {
        weak var loop: EventLoop?
        weak var poller: EpollPoller?
        do {
            let epoll = try EpollPoller()
            let started = EventLoop(name: "test", poller: epoll)
            try startThread(name: "test") { started.runUntilStopped() }
            await started.shutDown()
            (loop, poller) = (started, epoll)
        }
        // The thread's own reference goes when it has ended, a moment after it said so.
        let deadline = MonotonicInstant.now().advanced(by: .seconds(10))
        while loop != nil || poller != nil, MonotonicInstant.now() < deadline {
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(loop == nil)
        #expect(poller == nil, "its deinit closes the descriptors")
    }

    @Test("instants saturate instead of overflowing")
    func saturation() {
        let instant = MonotonicInstant.now()
        #expect(instant.advanced(by: .seconds(Int64.max)) == .distantFuture)
        #expect(MonotonicInstant.distantFuture.advanced(by: .seconds(1)) == .distantFuture)
        #expect(instant.advanced(by: .milliseconds(1_500)) - instant == .milliseconds(1_500))
    }
}
