internal import EventLoop
internal import Glibc
internal import Synchronization

/// SIGHUP, by which logrotate and people ask for log files to be opened anew. Caught only once somebody wants it.
enum ReopenSignal {
    /// What the handler can reach: the pipe's end for writing.
    private static let writeEnd = Atomic<CInt>(-1)

    /// Calls `body` after each SIGHUP from now on, on the loop, until the process ends; once in a process.
    static func call(on loop: EventLoop, _ body: @escaping @Sendable () -> Void) throws(CommandFailure) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .noDescriptor }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        writeEnd.store(ends[1], ordering: .sequentiallyConsistent)
        let readEnd = ends[0]
        loop.execute {
            _ = try? loop.register(readEnd, for: .readable) { _ in
                // Several signals ask for no more than one does.
                var bytes: [UInt8] = Array(repeating: 0, count: 64)
                while read(readEnd, &bytes, bytes.count) > 0 {}
                body()
            }
        }
        var action = sigaction()
        action.__sigaction_handler.sa_handler = tell
        action.sa_flags = SA_RESTART
        sigaction(SIGHUP, &action, nil)
    }

    /// Does only what POSIX allows a handler to do, and leaves errno as it was.
    private static let tell: @convention(c) (CInt) -> Void = { _ in
        let before = errno
        var byte: UInt8 = 1
        _ = write(ReopenSignal.writeEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
        errno = before
    }
}
