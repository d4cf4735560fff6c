internal import CEventLoop
internal import Synchronization

// @unchecked: mutable state is touched only on the loop's thread, which `precondition(isCurrent)` guards at every
// public entry; what other threads hand over goes through `Inbox`, which has a lock.
/// One thread and one epoll that are at once a `SerialExecutor` and a `TaskExecutor`.
///
/// Actors that name it as their executor, tasks that prefer it, and handlers of descriptors and deadlines all run on its
/// one thread, so a request goes from a client's socket to PostgreSQL's and back without changing threads.
/// Work that is handed over from another thread costs one eventfd write, and only if the loop sleeps.
///
/// A turn of the loop is: wait for readiness, call handlers, call what is due, run jobs, call ``atEndOfTurn(_:)`` blocks.
public final class EventLoop: @unchecked Sendable {
    /// The name of the thread, for debuggers and logs; the kernel shows its first 15 bytes.
    public let name: String

    /// The time at the start of this turn; cheaper than reading the clock, and older by the length of the turn so far.
    public internal(set) var now: MonotonicInstant

    // What the turns need too, in another file, is not private.
    let poller: any Poller
    let inbox = Inbox()
    let threadToken = Atomic<UInt>(0)
    var registrations = RegistrationTable()
    var deadlines = DeadlineQueue<() -> Void>()
    var waiters: [ObjectIdentifier: Waiter] = [:]
    var endings = EndingTable()
    var work: [Inbox.Work] = []
    var endOfTurn: [() -> Void] = []
    var ready: [ReadyEvent] = []
    var stopped = false
    var turns = TurnStatistics()

    package init(name: String, poller: any Poller) {
        self.name = name
        self.poller = poller
        now = poller.currentTime()
    }

    /// Starts a loop on a thread of its own.
    ///
    /// - Throws: ``EventLoopError/system(call:code:)`` when descriptors or threads have run out.
    public static func start(name: String) throws(EventLoopError) -> EventLoop {
        let loop = EventLoop(name: name, poller: try EpollPoller())
        try startThread(name: name) { loop.runUntilStopped() }
        return loop
    }

    /// Stops the loop and waits until its thread has ended; harmless when repeated.
    ///
    /// Those who wait for readiness or a deadline get ``EventLoopError/stopped``; what was said by ``whenStopped(_:)`` is done;
    /// handlers are not called again; jobs already enqueued still run. Jobs that arrive later run on a thread made for them,
    /// one at a time, so that no task is left hanging.
    public func shutDown() async {
        await withCheckedContinuation { continuation in
            perform(inbox.stop(continuation))
        }
    }

    /// Whether the caller is on the loop's thread.
    public var isCurrent: Bool {
        threadToken.load(ordering: .relaxed) == cel_thread_token()
    }

    /// How long turns took so far; for the loop's thread.
    public var turnStatistics: TurnStatistics {
        precondition(isCurrent, "turnStatistics is for the loop's thread")
        return turns
    }

    // MARK: What handlers ask for, on the loop's thread

    /// Watches a descriptor, level-triggered, and calls `handler` on each turn in which it is ready.
    ///
    /// - Parameter isPrompt: Whether it is told of before all others, however many are ready: for the few on which many wait.
    /// - Throws: ``EventLoopError/alreadyRegistered(descriptor:)``, ``EventLoopError/stopped``, or the kernel's refusal.
    public func register(
        _ descriptor: Int32, for interest: Interest, isPrompt: Bool = false, handler: @escaping (Readiness) -> Void
    ) throws(EventLoopError) -> Registration {
        precondition(isCurrent, "register is for the loop's thread")
        guard !stopped else { throw .stopped }
        let registration = registrations.insert { token in
            Registration(
                descriptor: descriptor, interest: interest, isPrompt: isPrompt, token: token, loop: self,
                handler: handler)
        }
        do throws(EventLoopError) {
            try poller.add(descriptor, interest: interest, isPrompt: isPrompt, token: registration.token)
        } catch {
            registrations.remove(registration.token)
            throw error
        }
        return registration
    }

    func change(_ registration: Registration) {
        precondition(isCurrent, "a registration is for the loop's thread")
        do throws(EventLoopError) {
            try poller.modify(
                registration.descriptor, interest: registration.interest, isPrompt: registration.isPrompt,
                token: registration.token)
        } catch {
            preconditionFailure("descriptor \(registration.descriptor) was closed before its registration: \(error)")
        }
    }

    func remove(_ registration: Registration) {
        precondition(isCurrent, "a registration is for the loop's thread")
        guard registrations[registration.token] === registration else { return }
        registrations.remove(registration.token)
        poller.remove(registration.descriptor, isPrompt: registration.isPrompt)
    }

    /// Calls `body` once `instant` has passed, no earlier than the next turn; dropped when the loop stops.
    @discardableResult
    public func schedule(at instant: MonotonicInstant, _ body: @escaping () -> Void) -> Timer {
        precondition(isCurrent, "schedule is for the loop's thread")
        return deadlines.insert(at: instant, body)
    }

    /// Forgets a deadline; one that has passed is no error.
    public func cancel(_ timer: Timer) {
        precondition(isCurrent, "cancel is for the loop's thread")
        deadlines.cancel(timer)
    }

    /// Calls `body` once, after the events and jobs of this turn: the place to write what the turn gathered.
    public func atEndOfTurn(_ body: @escaping () -> Void) {
        precondition(isCurrent, "atEndOfTurn is for the loop's thread")
        endOfTurn.append(body)
    }

    /// Whether the loop watches nothing and keeps no deadlines any more.
    public var hasStopped: Bool {
        precondition(isCurrent, "hasStopped is for the loop's thread")
        return stopped
    }

    /// Calls `body` once when the loop stops, after the last handler: the place to fail what waits for one. At once, if the
    /// loop has stopped already.
    @discardableResult
    public func whenStopped(_ body: @escaping () -> Void) -> Ending {
        precondition(isCurrent, "whenStopped is for the loop's thread")
        guard !stopped else {
            body()
            return Ending(number: 0)
        }
        return endings.insert(body)
    }

    /// Forgets what was to be done at the end; harmless afterwards.
    public func cancel(_ ending: Ending) {
        precondition(isCurrent, "cancel is for the loop's thread")
        endings.remove(ending)
    }

    // MARK: What any thread may ask for

    /// Runs `body` on the loop's thread, on this turn if the caller is there.
    public func execute(_ body: @escaping @Sendable () -> Void) {
        enqueue(.closure(body))
    }

    func enqueue(_ item: Inbox.Work) {
        guard !isCurrent else { return work.append(item) }
        // Swift's runtime holds executors unowned. What is delivered may run at once, end the loop and let go of it, all before
        // this thread has woken it: so it is held here.
        let held = Unmanaged.passRetained(self)
        perform(inbox.deliver(item))
        held.release()
    }

    private func perform(_ duty: Inbox.Duty) {
        switch duty {
        case .nothing: break
        case .wake: poller.wake()
        case .runLate: startLateRunner()
        }
    }

    // MARK: Waiters

    func insert(_ waiter: Waiter) -> Bool {
        guard !stopped else { return false }
        waiters[ObjectIdentifier(waiter)] = waiter
        return true
    }

    func remove(_ waiter: Waiter) {
        waiters[ObjectIdentifier(waiter)] = nil
    }
}
