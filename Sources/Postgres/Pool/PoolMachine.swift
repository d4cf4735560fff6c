internal import DequeModule
internal import EventLoop

/// Decides who gets which connection, and when to connect: the pool without its sockets, tasks and clock.
///
/// Waiters are served in the order of their coming. The last connection given back is the first given out. While
/// connecting fails, one attempt is under way at a time, after a growing delay.
struct PoolMachine {
    typealias ConnectionID = Int
    typealias WaiterID = Int

    enum Action: Equatable {
        /// The waiter has this connection now.
        case give(ConnectionID, to: WaiterID)
        /// Connect, under this name.
        case connect(ConnectionID)
        /// Call ``retryDue()`` after this many failures in a row.
        case retryLater(failures: Int)
        /// The waiter gets none.
        case refuse(WaiterID, PoolRefusal)
        /// Close this connection.
        case close(ConnectionID)
        /// Everything is closed, and nobody waits.
        case finished
    }

    private enum State: Equatable {
        case connecting, idle, leased
    }

    private let connectionsAtMost: Int
    private let waitersAtMost: Int
    private var states: [ConnectionID: State] = [:]
    private var idle: [ConnectionID] = []
    private var waiters = Deque<WaiterID>()
    private var nextConnection = 0
    private var failures = 0
    private var retryPending = false
    private var closing = false
    private(set) var lastFailure: ConnectFailure?

    init(connectionsAtMost: Int, waitersAtMost: Int) {
        self.connectionsAtMost = connectionsAtMost
        self.waitersAtMost = waitersAtMost
    }

    /// How many are connected, idle or leased.
    var connected: Int { states.values.count { $0 != .connecting } }
    /// How many of them are leased.
    var leased: Int { states.values.count { $0 == .leased } }
    /// How many wait.
    var waiting: Int { waiters.count }

    // MARK: Events

    /// Somebody wants a connection.
    mutating func asked(_ waiter: WaiterID) -> [Action] {
        if closing { return [.refuse(waiter, .closed)] }
        if let connection = idle.popLast() {
            states[connection] = .leased
            return [.give(connection, to: waiter)]
        }
        guard waiters.count < waitersAtMost else { return [.refuse(waiter, .tooManyWaiters)] }
        waiters.append(waiter)
        return connectIfNeeded()
    }

    /// A waiter's deadline passed.
    mutating func waiterExpired(_ waiter: WaiterID) -> [Action] {
        guard forget(waiter) else { return [] }
        return [.refuse(waiter, .deadlineExceeded(lastFailure: lastFailure))]
    }

    /// A waiter's task was cancelled; `false` when it has a connection already.
    mutating func waiterLeft(_ waiter: WaiterID) -> Bool {
        forget(waiter)
    }

    /// A connection was made.
    mutating func connected(_ connection: ConnectionID) -> [Action] {
        guard states[connection] == .connecting else { return [.close(connection)] }
        if closing { return drop(connection) + [.close(connection)] + finishedIfClosed() }
        failures = 0
        lastFailure = nil
        return free(connection) + connectIfNeeded()
    }

    /// A connection could not be made.
    mutating func connectFailed(_ connection: ConnectionID, _ failure: ConnectFailure) -> [Action] {
        guard states.removeValue(forKey: connection) != nil else { return [] }
        failures += 1
        lastFailure = failure
        if closing { return finishedIfClosed() }
        guard !retryPending else { return [] }
        retryPending = true
        return [.retryLater(failures: failures)]
    }

    /// The delay after failures is over.
    mutating func retryDue() -> [Action] {
        retryPending = false
        return closing ? [] : connectIfNeeded()
    }

    /// A leased connection came back, of use or not.
    mutating func released(_ connection: ConnectionID, healthy: Bool) -> [Action] {
        guard states[connection] == .leased else { return [] }
        if !healthy || closing {
            return drop(connection) + [.close(connection)] + (closing ? finishedIfClosed() : connectIfNeeded())
        }
        return free(connection)
    }

    /// A connection broke. A leased one is taken out when it comes back.
    mutating func broke(_ connection: ConnectionID) -> [Action] {
        guard states[connection] == .idle else { return [] }
        return drop(connection) + connectIfNeeded()
    }

    /// No more is given out; leased connections are closed as they come back.
    mutating func close() -> [Action] {
        guard !closing else { return [] }
        closing = true
        var actions = waiters.map { Action.refuse($0, .closed) }
        waiters.removeAll()
        for connection in idle { actions += drop(connection) + [.close(connection)] }
        return actions + finishedIfClosed()
    }

    // MARK: Decisions

    private mutating func connectIfNeeded() -> [Action] {
        let connecting = states.values.count { $0 == .connecting }
        // After a failure one attempt has to succeed before others are made.
        let wanted = failures > 0 ? min(1, waiters.count) : waiters.count
        guard !retryPending, connecting < wanted, states.count < connectionsAtMost else { return [] }
        let count = min(wanted - connecting, connectionsAtMost - states.count)
        return (0..<count).map { _ in
            nextConnection += 1
            states[nextConnection] = .connecting
            return .connect(nextConnection)
        }
    }

    private mutating func free(_ connection: ConnectionID) -> [Action] {
        if let waiter = waiters.popFirst() {
            states[connection] = .leased
            return [.give(connection, to: waiter)]
        }
        states[connection] = .idle
        idle.append(connection)
        return []
    }

    private mutating func forget(_ waiter: WaiterID) -> Bool {
        guard let index = waiters.firstIndex(of: waiter) else { return false }
        waiters.remove(at: index)
        return true
    }

    private mutating func drop(_ connection: ConnectionID) -> [Action] {
        states[connection] = nil
        idle.removeAll { $0 == connection }
        return []
    }

    private func finishedIfClosed() -> [Action] {
        closing && states.isEmpty ? [.finished] : []
    }
}
