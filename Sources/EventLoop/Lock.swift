public import Glibc

/// A value behind a pthread mutex.
///
/// Synchronization's `Mutex` would do, but its futex is invisible to ThreadSanitizer, which then reports every access
/// that it protects; a pthread mutex is understood, so the sanitizer's silence means something.
public struct Lock<State>: ~Copyable, @unchecked Sendable {
    // @unchecked and raw memory: the mutex must not move, and `state` is reached only between lock and unlock.
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline let state: UnsafeMutablePointer<State>

    /// A value that is reached by ``withLock(_:)`` only.
    public init(_ initial: sending State) {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        state = .allocate(capacity: 1)
        state.initialize(to: initial)
        let code = pthread_mutex_init(mutex, nil)
        precondition(code == 0, "pthread_mutex_init: \(code)")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Runs `body` alone with the value; keep it short, and never suspend in it.
    ///
    /// Inlinable, since a call of an unspecialised one costs more than the mutex.
    @inlinable
    public borrowing func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state.pointee)
    }
}
