internal import EventLoop
internal import Glibc
internal import Logging

extension HTTPServer {
    /// How many connections are accepted in one turn, so that clients already there are not held up.
    private static var acceptsPerTurn: Int { 64 }
    /// How long accepting rests when descriptors or memory have run out; level-triggered readiness would spin.
    private static var acceptPauseMilliseconds: Int { 100 }

    func acceptWaiting() {
        for _ in 0..<Self.acceptsPerTurn {
            switch acceptNext() {
            case .connection(let descriptor, let peer): admit(descriptor, from: peer)
            case .none(EAGAIN): return
            case .none(let code) where SystemErrors.concernsOneConnection(code): continue
            case .none(let code): return pauseAccepting(code)
            }
        }
    }

    private func pauseAccepting(_ code: Int32) {
        logger.error("cannot accept connections", metadata: ["error": "\(SystemErrors.text(code))"])
        listenerRegistration?.update([])
        loop.schedule(at: moment().after(milliseconds: Self.acceptPauseMilliseconds)) {
            self.listenerRegistration?.update(.readable)
        }
    }

    /// Takes over an accepted descriptor; beyond the limit the client is told so, and beyond that it is cut.
    private func admit(_ descriptor: Int32, from peer: ClientAddress) {
        let limits = rules.limits
        guard connections.count < limits.connections + limits.refusedConnections else {
            close(descriptor)
            return
        }
        let moment = moment()
        let refusal: Refusal? = connections.count < limits.connections ? nil : .tooManyConnections
        let machine = ConnectionMachine(rules: rules, peer: peer, refusing: refusal, at: moment)
        let connection = Connection(owning: descriptor, machine: machine)
        connections[ObjectIdentifier(connection)] = connection
        do throws(EventLoopError) {
            connection.registration = try loop.register(descriptor, for: .readable) { readiness in
                self.ready(connection, readiness)
            }
        } catch {
            logger.error("cannot watch a connection", metadata: ["error": "\(error)"])
            connection.machine.lost()
        }
        advance(connection)
    }
}
