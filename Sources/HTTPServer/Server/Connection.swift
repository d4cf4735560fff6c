internal import EventLoop

/// A client's socket and the machine that decides about it; lives in the isolation of its server.
// @unchecked: writers of streams carry it to any thread, and touch it only through methods of the server, one call after
// another. To have that proved at run time by each of the many calls per request would cost as much as parsing it does, hence
// `@exclusivity(unchecked)` on what all of them touch.
final class Connection: @unchecked Sendable {
    typealias Ticket = ConnectionMachine.Ticket

    /// A handler or a producer that waits.
    private struct Waiter {
        let ticket: Ticket
        let continuation: CheckedContinuation<Void, Never>
    }

    /// The timer that there is, and when it is due.
    struct Deadline {
        let timer: Timer
        let instant: MonotonicInstant
    }

    @exclusivity(unchecked) var machine: ConnectionMachine
    /// Who it was, and how it was let in.
    let admitted: (peer: ClientAddress, by: Admission.Verdict)
    var registration: Registration?
    /// Handlers and producers that have suspended, for the case that nobody waits for their answer any more.
    var tasks: [Ticket: Task<Void, Never>] = [:]
    /// A handler that waits for more of its request's content.
    @exclusivity(unchecked) private var reader: Waiter?
    /// Producers that wait until the client has taken more; there is one stream at a time, which may be written by several.
    @exclusivity(unchecked) private var writers: [Waiter] = []
    /// Whether the machine is being asked for its steps further up the stack.
    @exclusivity(unchecked) var isAdvancing = false
    /// Whether the connection is on the list of those to write at the end of this turn.
    var awaitsFlush = false
    @exclusivity(unchecked) var timer: Deadline?
    /// Taken away when the connection closes, also while a handler still holds the connection.
    @exclusivity(unchecked) private var socket: Socket?

    init(
        owning descriptor: Int32, machine: consuming ConnectionMachine,
        admitted: (peer: ClientAddress, by: Admission.Verdict)
    ) {
        socket = Socket(owning: descriptor)
        self.machine = machine
        self.admitted = admitted
    }

    var isClosed: Bool { socket == nil }

    /// Whether there is something to do once everything is written; most often the connection just waits, as it did before.
    var mayGoOn: Bool { machine.mayGoOn || machine.interest != registration?.interest }

    /// Reads once, so that one busy client does not hold up the others.
    func receive(into buffer: UnsafeMutableRawBufferPointer) {
        switch socket?.read(into: buffer) {
        case .bytes(let count): machine.received(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        case .end: machine.peerFinished()
        case .failed: machine.lost()
        case .later, nil: break
        }
    }

    /// Writes as much as the kernel takes.
    ///
    /// - Returns: whether it took everything.
    func send(at moment: Moment) -> Bool {
        while !machine.output.isEmpty {
            let transfer = machine.output.withUnsafeBytes { socket?.write($0) ?? .failed }
            switch transfer {
            case .bytes(let count): machine.wrote(count, at: moment)
            case .later, .end:
                machine.wrote(0, at: moment)
                return false
            case .failed:
                machine.lost()
                return true
            }
        }
        return true
    }

    func finishWriting() {
        socket?.finishWriting()
    }

    /// Has the peer told that the connection broke, when it closes.
    func resetOnClose() {
        socket?.resetOnClose()
    }

    /// Resumes `continuation` once the stream may be written again, or has ended.
    func hold(_ continuation: CheckedContinuation<Void, Never>, writing ticket: Ticket) {
        guard machine.holdsBack(ticket) else { return continuation.resume() }
        writers.append(Waiter(ticket: ticket, continuation: continuation))
    }

    func resumeWritersUnlessHeldBack() {
        if let first = writers.first, !machine.holdsBack(first.ticket) { resumeWriters() }
    }

    private func resumeWriters() {
        let waiting = writers
        writers = []
        for writer in waiting { writer.continuation.resume() }
    }

    /// Resumes `continuation` once more of the request's content has arrived, or none will.
    func hold(_ continuation: CheckedContinuation<Void, Never>, reading ticket: Ticket) {
        precondition(reader == nil, "the content of a request has one reader at a time")
        guard !machine.hasNews(for: ticket) else { return continuation.resume() }
        reader = Waiter(ticket: ticket, continuation: continuation)
    }

    func resumeReaderIfNews() {
        guard let reader, machine.hasNews(for: reader.ticket) else { return }
        self.reader = nil
        reader.continuation.resume()
    }

    /// Resumes whoever waits for the sake of an answer that nobody wants any more, and nobody else.
    func resume(waitingFor ticket: Ticket) {
        let own = writers.filter { $0.ticket == ticket }
        writers.removeAll { $0.ticket == ticket }
        for writer in own { writer.continuation.resume() }
        guard let reader, reader.ticket == ticket else { return }
        self.reader = nil
        reader.continuation.resume()
    }

    /// Resumes whoever waits, for the case that it waits in vain.
    func resumeAll() {
        resumeWriters()
        reader?.continuation.resume()
        reader = nil
    }

    func close() {
        registration?.cancel()
        registration = nil
        for task in tasks.values { task.cancel() }
        tasks = [:]
        resumeAll()
        socket = nil
    }
}
