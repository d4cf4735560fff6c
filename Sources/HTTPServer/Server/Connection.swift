internal import EventLoop

/// A client's socket and the machine that decides about it; lives in the isolation of its server.
final class Connection {
    typealias Ticket = ConnectionMachine.Ticket

    var machine: ConnectionMachine
    /// Who it was, and how it was let in.
    let admitted: (peer: ClientAddress, by: Admission.Verdict)
    var registration: Registration?
    /// Handlers that have suspended, for the case that nobody waits for their answer any more.
    var tasks: [Ticket: Task<Void, Never>] = [:]
    /// Whether the machine is being asked for its steps further up the stack.
    var isAdvancing = false
    /// Whether the connection is on the list of those to write at the end of this turn.
    var awaitsFlush = false
    var timer: (timer: Timer, instant: MonotonicInstant)?
    /// Taken away when the connection closes, also while a handler still holds the connection.
    private var socket: Socket?

    init(
        owning descriptor: Int32, machine: consuming ConnectionMachine,
        admitted: (peer: ClientAddress, by: Admission.Verdict)
    ) {
        socket = Socket(owning: descriptor)
        self.machine = machine
        self.admitted = admitted
    }

    var isClosed: Bool { socket == nil }

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

    func close() {
        registration?.cancel()
        registration = nil
        for task in tasks.values { task.cancel() }
        tasks = [:]
        socket = nil
    }
}
