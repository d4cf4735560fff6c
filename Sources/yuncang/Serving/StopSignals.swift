internal import EventLoop
internal import Glibc
internal import Synchronization

/// SIGTERM and Ctrl-C, as something that a task can wait for. The second one ends the process at once.
///
/// A handler writes into a pipe. Blocking the signals for `signalfd` or `sigwait` would not do: the threads of Swift's
/// runtime run already, and the kernel gives a signal to any thread that does not block it.
struct StopSignals: Sendable {
    /// What the handler can reach: the pipe's end for writing.
    private static let writeEnd = Atomic<CInt>(-1)
    private static let signals = [SIGTERM, SIGINT]

    private let readEnd: CInt

    /// Catches the signals from now on; once in a process, whose end closes the pipe.
    init() throws(CommandFailure) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .noDescriptor }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readEnd = ends[0]
        Self.writeEnd.store(ends[1], ordering: .sequentiallyConsistent)
        for signal in Self.signals { Self.handle(signal, by: Self.tell) }
    }

    /// Waits on the loop for the first signal; returns early when the task is cancelled.
    func wait(on loop: EventLoop) async {
        do throws(EventLoopError) {
            _ = try await loop.readiness(of: readEnd, for: .readable)
        } catch {
            return
        }
        for signal in Self.signals { Self.handle(signal, by: SIG_DFL) }
    }

    /// Does only what POSIX allows a handler to do, and leaves errno as it was.
    private static let tell: @convention(c) (CInt) -> Void = { _ in
        let before = errno
        var byte: UInt8 = 1
        _ = write(StopSignals.writeEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
        errno = before
    }

    private static func handle(_ signal: CInt, by handler: (@convention(c) (CInt) -> Void)?) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = SA_RESTART
        sigaction(signal, &action, nil)
    }
}

extension CommandFailure {
    static var noDescriptor: CommandFailure {
        CommandFailure(
            .failure, what: Text(en: "the system has no descriptor left", zh: "系统的文件描述符已用完"),
            why: .system(errno),
            remedy: Text(en: "raise the limit on open files (ulimit -n)", zh: "调大打开文件数的上限（ulimit -n）"))
    }
}
