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
    /// Bounds of one turn, so that no source of work starves another.
    private enum Limits {
        static let jobsPerTurn = 4_096
        static let deadlinesPerTurn = 4_096
    }

    /// The name of the thread, for debuggers and logs; the kernel shows its first 15 bytes.
    public let name: String

    /// The time at the start of this turn; cheaper than reading the clock, and older by the length of the turn so far.
    public private(set) var now: MonotonicInstant

    private let poller: any Poller
    private let inbox = Inbox()
    private let threadToken = Atomic<UInt>(0)
    private var registrations = RegistrationTable()
    private var deadlines = DeadlineQueue<() -> Void>()
    private var waiters: [ObjectIdentifier: Waiter] = [:]
    private var endings = EndingTable()
    private var work: [Inbox.Work] = []
    private var endOfTurn: [() -> Void] = []
    private var ready: [ReadyEvent] = []
    private var stopped = false
    private var turns = TurnStatistics()

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
    /// - Throws: ``EventLoopError/alreadyRegistered(descriptor:)``, ``EventLoopError/stopped``, or the kernel's refusal.
    public func register(
        _ descriptor: Int32, for interest: Interest, handler: @escaping (Readiness) -> Void
    ) throws(EventLoopError) -> Registration {
        precondition(isCurrent, "register is for the loop's thread")
        guard !stopped else { throw .stopped }
        let registration = registrations.insert { token in
            Registration(descriptor: descriptor, interest: interest, token: token, loop: self, handler: handler)
        }
        do throws(EventLoopError) {
            try poller.add(descriptor, interest: interest, token: registration.token)
        } catch {
            registrations.remove(registration.token)
            throw error
        }
        return registration
    }

    func change(_ registration: Registration) {
        precondition(isCurrent, "a registration is for the loop's thread")
        do throws(EventLoopError) {
            try poller.modify(registration.descriptor, interest: registration.interest, token: registration.token)
        } catch {
            preconditionFailure("descriptor \(registration.descriptor) was closed before its registration: \(error)")
        }
    }

    func remove(_ registration: Registration) {
        precondition(isCurrent, "a registration is for the loop's thread")
        guard registrations[registration.token] === registration else { return }
        registrations.remove(registration.token)
        poller.remove(registration.descriptor)
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
        if isCurrent {
            work.append(item)
        } else {
            perform(inbox.deliver(item))
        }
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

    // MARK: Turns

    /// Runs one turn on the calling thread, which becomes the loop's; waits for readiness only if `mayWait`.
    package func runTurn(mayWait: Bool = true) {
        threadToken.store(cel_thread_token(), ordering: .relaxed)
        inbox.take(into: &work)
        waitForReadiness(mayWait: mayWait)
        callHandlers()
        callDeadlines()
        inbox.take(into: &work)
        runJobs()
        callEndOfTurn()
        turns.note(poller.currentTime().nanoseconds - now.nanoseconds)
    }

    private func waitForReadiness(mayWait: Bool) {
        let idle = mayWait && work.isEmpty && endOfTurn.isEmpty && inbox.fallAsleep()
        poller.wait(until: idle ? deadlines.next() : now, into: &ready)
        now = poller.currentTime()
    }

    private func callHandlers() {
        for event in ready {
            registrations[event.token]?.handler(event.readiness)
        }
        ready.removeAll(keepingCapacity: true)
    }

    private func callDeadlines() {
        for _ in 0..<Limits.deadlinesPerTurn {
            guard let body = deadlines.popExpired(at: now) else { break }
            body()
        }
    }

    private func runJobs() {
        var index = 0
        while index < work.count, index < Limits.jobsPerTurn {
            run(work[index])
            index += 1
        }
        work.removeFirst(index)
    }

    /// Runs one job as a task that prefers this loop has it, which is what serves.
    ///
    /// Swift's runtime sends a task that prefers no executor, or another loop, once more through the queue at each
    /// `await` of a function of the actor that it is on already, `withCheckedContinuation` included: others may run in
    /// between. So what an actor on a loop decides before such an `await` it decides again within the continuation's
    /// closure.
    private func run(_ item: Inbox.Work) {
        switch item {
        case .closure(let body): body()
        case .job(let job):
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }

    private func callEndOfTurn() {
        guard !endOfTurn.isEmpty else { return }
        // What these blocks ask for in their turn waits for the next one, so this loop ends.
        let blocks = endOfTurn
        endOfTurn.removeAll(keepingCapacity: true)
        for block in blocks { block() }
    }

    // MARK: The end

    /// Runs turns until the loop is asked to stop, then ends what is open.
    package func runUntilStopped() {
        while !inbox.isStopping { runTurn() }
        stopped = true
        for registration in registrations.all { registration.cancel() }
        for waiter in waiters.values { waiter.finish(.failure(.stopped)) }
        deadlines.removeAll()
        for body in endings.takeAll() { body() }
        while true {
            runTurn(mayWait: false)
            guard work.isEmpty, endOfTurn.isEmpty else { continue }
            // Before the end: once it is told, a late runner may be the loop's thread.
            threadToken.store(0, ordering: .relaxed)
            if let continuations = inbox.end() {
                for continuation in continuations { continuation.resume() }
                return
            }
        }
    }

    private func startLateRunner() {
        let started: Void? = try? startThread(name: name) { [self] in
            while true {
                // Once `takeLate` has found nothing, another late runner may begin: touch nothing after that.
                threadToken.store(0, ordering: .relaxed)
                let late = inbox.takeLate()
                if late.isEmpty { break }
                threadToken.store(cel_thread_token(), ordering: .relaxed)
                work = late
                while !work.isEmpty { runJobs() }
            }
        }
        precondition(started != nil, "no thread to be had for jobs that arrived after the loop's end")
    }
}
