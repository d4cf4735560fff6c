internal import CEventLoop
internal import Glibc

/// epoll, with an eventfd to be woken by, and a second epoll within the first for what is to be told of first.
///
/// The kernel tells of descriptors in the order in which they became ready, so a reply from the database would come after
/// hundreds of requests. What the second queue has is told of first.
final class EpollPoller: Poller {
    /// The tokens of the eventfd and of the second epoll; registrations never have them.
    private static let wakeToken = UInt64.max
    private static let promptToken = UInt64.max - 1
    /// Few, so that a turn is short: what is to be told of first waits for one turn at most.
    private static let eventsPerWait = 32

    private let epoll: PollDescriptor
    private let promptEpoll: PollDescriptor
    private let wakeDescriptor: PollDescriptor

    init() throws(EventLoopError) {
        epoll = try PollDescriptor(cel_epoll_create(), call: "epoll_create1")
        promptEpoll = try PollDescriptor(cel_epoll_create(), call: "epoll_create1")
        wakeDescriptor = try PollDescriptor(cel_eventfd_create(), call: "eventfd")
        for (descriptor, token) in [(wakeDescriptor.number, Self.wakeToken), (promptEpoll.number, Self.promptToken)] {
            guard cel_epoll_add(epoll.number, descriptor, Interest.readable.rawValue, token) == 0 else {
                throw .system(call: "epoll_ctl", code: errno)
            }
        }
    }

    func currentTime() -> MonotonicInstant {
        .now()
    }

    func add(_ descriptor: Int32, interest: Interest, isPrompt: Bool, token: UInt64) throws(EventLoopError) {
        guard cel_epoll_add(queue(isPrompt), descriptor, interest.rawValue, token) == 0 else {
            throw errno == EEXIST
                ? .alreadyRegistered(descriptor: descriptor) : .system(call: "epoll_ctl", code: errno)
        }
    }

    func modify(_ descriptor: Int32, interest: Interest, isPrompt: Bool, token: UInt64) throws(EventLoopError) {
        guard cel_epoll_modify(queue(isPrompt), descriptor, interest.rawValue, token) == 0 else {
            throw .system(call: "epoll_ctl", code: errno)
        }
    }

    func remove(_ descriptor: Int32, isPrompt: Bool) {
        _ = cel_epoll_remove(queue(isPrompt), descriptor)
    }

    private func queue(_ isPrompt: Bool) -> Int32 { isPrompt ? promptEpoll.number : epoll.number }

    func wait(until deadline: MonotonicInstant?, into events: inout [ReadyEvent]) {
        withUnsafeTemporaryAllocation(of: cel_event.self, capacity: Self.eventsPerWait) { ready in
            let count = wait(for: epoll, timeout_ms: timeout(until: deadline), ready)
            // A full queue may be longer, and the second epoll stand at its end.
            if count == Self.eventsPerWait || ready[..<count].contains(where: { $0.token == Self.promptToken }) {
                appendPrompt(to: &events)
            }
            append(ready[..<count], to: &events)
        }
    }

    private func appendPrompt(to events: inout [ReadyEvent]) {
        withUnsafeTemporaryAllocation(of: cel_event.self, capacity: Self.eventsPerWait) { ready in
            let count = wait(for: promptEpoll, timeout_ms: 0, ready)
            append(ready[..<count], to: &events)
        }
    }

    /// How many are ready. EINTR and every other failure count as nothing ready: the loop asks again on its next turn.
    private func wait(
        for queue: borrowing PollDescriptor, timeout_ms: CInt, _ ready: UnsafeMutableBufferPointer<cel_event>
    ) -> Int {
        max(0, Int(cel_epoll_wait(queue.number, ready.baseAddress, CInt(ready.count), timeout_ms)))
    }

    private func append(_ ready: Slice<UnsafeMutableBufferPointer<cel_event>>, to events: inout [ReadyEvent]) {
        for event in ready {
            switch event.token {
            case Self.promptToken: continue
            case Self.wakeToken:
                var counter: UInt64 = 0
                _ = read(wakeDescriptor.number, &counter, 8)
            default:
                events.append(ReadyEvent(token: event.token, readiness: Readiness(rawValue: event.events)))
            }
        }
    }

    func wake() {
        var one: UInt64 = 1
        _ = write(wakeDescriptor.number, &one, 8)
    }

    /// Milliseconds for epoll_wait, rounded up so that a wait never ends just before its deadline.
    private func timeout(until deadline: MonotonicInstant?) -> CInt {
        guard let deadline else { return -1 }
        let nanoseconds = deadline.nanoseconds.subtractingReportingOverflow(MonotonicInstant.now().nanoseconds)
        guard !nanoseconds.overflow, nanoseconds.partialValue > 0 else { return 0 }
        return CInt(min((nanoseconds.partialValue - 1) / 1_000_000 + 1, 60_000))
    }
}

/// A descriptor of the poller's own.
private struct PollDescriptor: ~Copyable {
    let number: Int32

    /// Takes over what a system call has made.
    init(_ number: Int32, call: String) throws(EventLoopError) {
        guard number >= 0 else { throw .system(call: call, code: errno) }
        self.number = number
    }

    deinit {
        close(number)
    }
}
