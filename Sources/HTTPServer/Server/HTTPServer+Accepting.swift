internal import EventLoop
internal import Glibc
internal import Logging

extension HTTPServer {
    /// How many connections are accepted in one turn, so that clients already there are not held up.
    private static var acceptsPerTurn: Int { 64 }
    /// How long accepting rests when descriptors or memory have run out; level-triggered readiness would spin.
    private static var acceptPauseMilliseconds: Int { 100 }

    func startAccepting(on listener: Listener) throws(HTTPServerError) {
        do throws(EventLoopError) {
            listener.registration = try loop.register(listener.descriptor, for: .readable) { _ in
                self.acceptWaiting(on: listener)
            }
        } catch {
            throw .loop(error)
        }
    }

    private func acceptWaiting(on listener: Listener) {
        for _ in 0..<Self.acceptsPerTurn {
            let code: Int32
            switch listener.accept() {
            case .connection(let descriptor, let peer):
                deal(descriptor, from: peer)
                continue
            case .none(let error): code = error
            }
            switch AcceptFailure(code) {
            case .nothingWaits: return
            case .oneConnection: continue
            case .descriptors where sendOneAway(from: listener): complain(of: code)
            case .descriptors, .system:
                complain(of: code)
                return pauseAccepting(on: listener)
            }
        }
    }

    /// Answers the next connection with what the spare descriptor makes possible: that there are too many.
    ///
    /// - Returns: whether there is a spare descriptor again, so that the one after can be answered too.
    private func sendOneAway(from listener: Listener) -> Bool {
        guard spare.release() else { return false }
        if case .connection(let descriptor, let peer) = listener.accept() {
            counts.accepted += 1
            counts.refused += 1
            let machine = ConnectionMachine(
                rules: rules, peer: peer, seed: seeds.next(), refusing: .tooManyConnections, at: moment())
            let connection = Connection(owning: descriptor, machine: machine, admitted: (peer, .cut))
            _ = connection.send(at: moment())
            connection.finishWriting()
            // Closing on bytes that nobody has read would take the answer back.
            connection.receive(into: readBuffer.bytes)
            connection.close()
            connection.machine.report(at: .now())
        }
        return spare.hold()
    }

    private func pauseAccepting(on listener: Listener) {
        counts.pauses += 1
        listener.registration?.update([])
        loop.schedule(at: moment().after(milliseconds: Self.acceptPauseMilliseconds)) {
            _ = self.spare.hold()
            listener.registration?.update(.readable)
        }
    }

    private func complain(of code: Int32) {
        guard let times = shortages.complaint(at: loop.now) else { return }
        logger.error(
            "cannot accept connections", metadata: ["error": "\(SystemErrors.text(code))", "times": "\(times)"])
    }

    // MARK: Connections over Unix-domain sockets

    /// Deals out what comes over Unix-domain sockets, one connection each in turn, among this server and these, which have to
    /// be on other loops; to be called before ``run()``.
    ///
    /// The kernel spreads TCP connections over listeners that share a port; a path has one listener.
    public func shareLocalConnections(with companions: [HTTPServer]) {
        self.companions = companions
    }

    private func deal(_ descriptor: Int32, from peer: ClientAddress) {
        guard case .local = peer, !companions.isEmpty else { return admit(descriptor, from: peer) }
        let turn = companionOnTurn
        companionOnTurn = (turn + 1) % (companions.count + 1)
        if turn == 0 {
            admit(descriptor, from: peer)
        } else {
            companions[turn - 1].takeOver(descriptor, from: peer)
        }
    }

    private nonisolated func takeOver(_ descriptor: Int32, from peer: ClientAddress) {
        loop.execute { self.assumeIsolated { $0.admit(descriptor, from: peer) } }
    }

    /// Takes over an accepted descriptor; beyond the limits the client is told so, and beyond that it is cut.
    private func admit(_ descriptor: Int32, from peer: ClientAddress) {
        counts.accepted += 1
        let verdict = admission.enter(peer)
        let refusal: Refusal?
        switch verdict {
        // Another server may have accepted it while this one was ending, or it waited to be accepted.
        case .serve: refusal = isDraining ? .stopping : nil
        case .refuse(let reason):
            counts.refused += 1
            refusal = reason
        case .cut:
            counts.dropped += 1
            close(descriptor)
            return
        }
        let machine = ConnectionMachine(
            rules: rules, peer: peer, seed: seeds.next(), refusing: refusal, at: moment())
        let connection = Connection(owning: descriptor, machine: machine, admitted: (peer, verdict))
        connections[ObjectIdentifier(connection)] = connection
        do throws(EventLoopError) {
            connection.registration = try loop.register(descriptor, for: .readable) { readiness in
                self.ready(connection, readiness)
            }
        } catch {
            logger.error("cannot watch a connection", metadata: ["error": "\(error)"])
            connection.machine.lost()
        }
        if isDraining { connection.machine.drain(at: moment()) }
        advance(connection)
    }

    /// Answers those that have connected and were not accepted yet that the server is stopping: with the listener closed they
    /// would be told that the connection broke.
    func turnAwayWaiting() {
        for listener in listeners {
            for _ in 0..<rules.limits.backlog {
                guard case .connection(let descriptor, let peer) = listener.accept() else { break }
                deal(descriptor, from: peer)
            }
        }
    }
}
