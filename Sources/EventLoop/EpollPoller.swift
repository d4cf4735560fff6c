internal import CEventLoop
internal import Glibc

/// epoll, with an eventfd to be woken by.
final class EpollPoller: Poller {
    /// The token of the eventfd; registrations never have it.
    private static let wakeToken = UInt64.max
    private static let eventsPerWait = 256

    private let epoll: Int32
    private let wakeDescriptor: Int32

    init() throws(EventLoopError) {
        let epoll = cel_epoll_create()
        guard epoll >= 0 else { throw .system(call: "epoll_create1", code: errno) }
        let wakeDescriptor = cel_eventfd_create()
        guard wakeDescriptor >= 0 else {
            let code = errno
            close(epoll)
            throw .system(call: "eventfd", code: code)
        }
        guard cel_epoll_add(epoll, wakeDescriptor, Interest.readable.rawValue, Self.wakeToken) == 0 else {
            let code = errno
            close(wakeDescriptor)
            close(epoll)
            throw .system(call: "epoll_ctl", code: code)
        }
        self.epoll = epoll
        self.wakeDescriptor = wakeDescriptor
    }

    deinit {
        close(wakeDescriptor)
        close(epoll)
    }

    func currentTime() -> MonotonicInstant {
        .now()
    }

    func add(_ descriptor: Int32, interest: Interest, token: UInt64) throws(EventLoopError) {
        guard cel_epoll_add(epoll, descriptor, interest.rawValue, token) != 0 else { return }
        throw errno == EEXIST
            ? .alreadyRegistered(descriptor: descriptor) : .system(call: "epoll_ctl", code: errno)
    }

    func modify(_ descriptor: Int32, interest: Interest, token: UInt64) throws(EventLoopError) {
        guard cel_epoll_modify(epoll, descriptor, interest.rawValue, token) == 0 else {
            throw .system(call: "epoll_ctl", code: errno)
        }
    }

    func remove(_ descriptor: Int32) {
        _ = cel_epoll_remove(epoll, descriptor)
    }

    func wait(until deadline: MonotonicInstant?, into events: inout [ReadyEvent]) {
        let timeout_ms = timeout(until: deadline)
        withUnsafeTemporaryAllocation(of: cel_event.self, capacity: Self.eventsPerWait) { ready in
            // EINTR and every other failure count as nothing ready: the loop asks again on its next turn.
            let count = cel_epoll_wait(epoll, ready.baseAddress, CInt(Self.eventsPerWait), timeout_ms)
            for index in 0..<max(0, Int(count)) {
                if ready[index].token == Self.wakeToken {
                    var counter: UInt64 = 0
                    _ = read(wakeDescriptor, &counter, 8)
                } else {
                    events.append(
                        ReadyEvent(token: ready[index].token, readiness: Readiness(rawValue: ready[index].events)))
                }
            }
        }
    }

    func wake() {
        var one: UInt64 = 1
        _ = write(wakeDescriptor, &one, 8)
    }

    /// Milliseconds for epoll_wait, rounded up so that a wait never ends just before its deadline.
    private func timeout(until deadline: MonotonicInstant?) -> CInt {
        guard let deadline else { return -1 }
        let nanoseconds = deadline.nanoseconds.subtractingReportingOverflow(MonotonicInstant.now().nanoseconds)
        guard !nanoseconds.overflow, nanoseconds.partialValue > 0 else { return 0 }
        return CInt(min((nanoseconds.partialValue - 1) / 1_000_000 + 1, 60_000))
    }
}
