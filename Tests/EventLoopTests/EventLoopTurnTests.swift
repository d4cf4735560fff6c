import Testing

@testable import EventLoop

/// One turn after another on the test's own thread: no kernel, no clock.
@Suite struct EventLoopTurnTests {
    let poller = ScriptedPoller()
    let loop: EventLoop

    init() {
        loop = EventLoop(name: "scripted", poller: poller)
        loop.runTurn(mayWait: false)
    }

    @Test("a ready descriptor's handler is called once per turn, with what it is ready for")
    func handlerIsCalled() throws {
        var seen: [Readiness] = []
        _ = try loop.register(7, for: .readable) { seen.append($0) }
        poller.willBeReady([(7, [.readable, .hangUp])])
        loop.runTurn(mayWait: false)
        loop.runTurn(mayWait: false)
        #expect(seen == [[.readable, .hangUp]])
    }

    @Test(
        "a registration cancelled by an earlier handler of the same turn is not called, though the kernel reported it")
    func cancelledWithinTheTurn() throws {
        var later: Registration?
        var called = false
        _ = try loop.register(7, for: .readable) { _ in later?.cancel() }
        later = try loop.register(8, for: .readable) { _ in called = true }
        poller.willBeReady([(7, .readable), (8, .readable)])
        loop.runTurn(mayWait: false)
        #expect(!called)
        #expect(poller.watched.keys.sorted() == [7])
    }

    @Test("an event of a cancelled registration does not reach the one that took its slot")
    func staleTokens() throws {
        var calls: [String] = []
        var first: Registration?
        first = try loop.register(8, for: .readable) { _ in calls.append("first") }
        _ = try loop.register(7, for: .readable) { _ in
            first?.cancel()
            _ = try? self.loop.register(9, for: .readable) { _ in calls.append("second") }
        }
        poller.willBeReady([(7, .readable), (8, .readable)])
        loop.runTurn(mayWait: false)
        #expect(calls.isEmpty)
    }

    @Test("an unchanged interest is not told to the kernel, a changed one is")
    func interest() throws {
        let registration = try loop.register(7, for: .readable) { _ in }
        registration.update([.readable, .writable])
        #expect(poller.watched[7]?.interest == [.readable, .writable])
        registration.cancel()
        registration.update(.readable)
        #expect(poller.watched[7] == nil)
    }

    @Test("a descriptor has one registration at a time, and the refused one leaves the first in place")
    func alreadyRegistered() throws {
        var calls = 0
        _ = try loop.register(7, for: .readable) { _ in calls += 1 }
        #expect(throws: EventLoopError.alreadyRegistered(descriptor: 7)) {
            _ = try loop.register(7, for: .readable) { _ in Issue.record("the refused handler was called") }
        }
        poller.willBeReady([(7, .readable)])
        loop.runTurn(mayWait: false)
        #expect(calls == 1)
    }

    @Test("deadlines come in the order of their time, equal ones in the order of asking, and none early")
    func deadlineOrder() {
        var passed: [Int] = []
        for (number, milliseconds) in [(1, 30), (2, 10), (3, 20), (4, 10)] {
            loop.schedule(at: loop.now.advanced(by: .milliseconds(milliseconds))) { passed.append(number) }
        }
        poller.advance(by: .milliseconds(9))
        loop.runTurn(mayWait: false)
        #expect(passed == [])
        poller.advance(by: .milliseconds(11))
        loop.runTurn(mayWait: false)
        #expect(passed == [2, 4, 3])
    }

    @Test("an idle loop waits until the next deadline that was not cancelled, or without end")
    func waits() {
        let first = loop.schedule(at: MonotonicInstant(nanoseconds: 1_000)) {}
        loop.schedule(at: MonotonicInstant(nanoseconds: 2_000)) {}
        loop.cancel(first)
        loop.cancel(first)
        loop.runTurn()
        poller.advance(by: .nanoseconds(2_000))
        loop.runTurn()
        loop.runTurn()
        #expect(
            poller.waits.dropFirst() == [
                MonotonicInstant(nanoseconds: 2_000), MonotonicInstant(nanoseconds: 2_000), nil,
            ])
    }

    @Test(
        "blocks for the end of the turn run after its jobs, and what they ask for runs in the next turn, without a wait"
    )
    func endOfTurn() {
        var order: [String] = []
        loop.atEndOfTurn {
            order.append("end")
            self.loop.atEndOfTurn { order.append("next end") }
        }
        loop.execute { [poller] in _ = poller.wakes }
        loop.runTurn()
        #expect(order == ["end"])
        loop.runTurn()
        #expect(order == ["end", "next end"])
        #expect(poller.waits.last == .some(loop.now), "a loop with work to do must not sleep")
    }

    @Test("work from another thread wakes a sleeping loop once, and a busy one not at all")
    func wakesOnce() async {
        let inbox = Inbox()
        #expect(inbox.deliver(.closure {}) == .nothing)
        #expect(!inbox.fallAsleep(), "there is work: no reason to sleep")
        var work: [Inbox.Work] = []
        inbox.take(into: &work)
        #expect(inbox.fallAsleep())
        #expect(inbox.deliver(.closure {}) == .wake)
        #expect(inbox.deliver(.closure {}) == .nothing)
        inbox.take(into: &work)
        #expect(work.count == 3)
    }

    @Test(
        "a loop does not end while there is work, and what comes after its end is for one late runner, none of it lost")
    func ending() async {
        let inbox = Inbox()
        await withCheckedContinuation { continuation in
            #expect(inbox.stop(continuation) == .nothing)
            #expect(inbox.deliver(.closure {}) == .nothing)
            let early = inbox.end()
            #expect(early == nil, "there is work")
            var work: [Inbox.Work] = []
            inbox.take(into: &work)
            #expect(work.count == 1)
            for waiter in (early ?? []) + (inbox.end() ?? []) { waiter.resume() }
        }
        #expect(inbox.deliver(.closure {}) == .runLate)
        #expect(inbox.deliver(.closure {}) == .nothing, "the late runner is on its way")
        #expect(inbox.takeLate().count == 2)
        #expect(inbox.takeLate().isEmpty)
        #expect(inbox.deliver(.closure {}) == .runLate, "the late runner has gone")
    }

    @Test("cancelled deadlines do not pile up")
    func cancelledDeadlinesAreCompacted() {
        var queue = DeadlineQueue<Int>()
        _ = queue.insert(at: MonotonicInstant(nanoseconds: 5), 5)
        for number in 0..<10_000 {
            queue.cancel(queue.insert(at: MonotonicInstant(nanoseconds: 10), number))
        }
        #expect(queue.count == 1)
        #expect(queue.storedEntries <= 128)
        #expect(queue.popExpired(at: MonotonicInstant(nanoseconds: 5)) == 5)
        #expect(queue.next() == nil)
    }
}
