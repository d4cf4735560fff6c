extension EventLoop: SerialExecutor, TaskExecutor {
    /// Takes a job, from any thread; on the loop's own it costs no lock.
    public func enqueue(_ job: consuming ExecutorJob) {
        enqueue(.job(UnownedJob(job)))
    }

    /// Traps unless the caller is on the loop's thread; `assumeIsolated` asks.
    public func checkIsolated() {
        precondition(isCurrent, "expected to be on the loop \(name)")
    }

    /// Whether the caller is on the loop's thread.
    public func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }

    /// This loop as the executor of an actor.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// This loop as the executor that a task prefers.
    public func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }
}
