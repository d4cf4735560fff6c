internal import CEventLoop
internal import Synchronization

/// Bounds of one turn, so that no source of work starves another.
private enum Limits {
    static let jobsPerTurn = 4_096
    static let deadlinesPerTurn = 4_096
}

/// What the loop does on its thread, from the first turn to the end.
extension EventLoop {
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

    func startLateRunner() {
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
