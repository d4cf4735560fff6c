internal import EventLoop

extension HTTPServer {
    /// Stops accepting, closes idle connections and lets requests in flight finish with `Connection: close`; from any
    /// thread, and harmless when repeated or called before ``run()``.
    public nonisolated func drain() {
        loop.execute { self.assumeIsolated { $0.beginDrain() } }
    }

    private func beginDrain() {
        guard !isDraining else { return }
        isDraining = true
        if hasRun { turnAwayWaiting() }
        closeListeners()
        for connection in connections.values {
            connection.machine.drain(at: moment())
            advance(connection)
        }
        if connections.isEmpty {
            finishIfDrained()
        } else {
            loop.schedule(at: moment().after(milliseconds: rules.limits.drainMilliseconds)) { self.cutConnections() }
        }
    }

    func closeListeners() {
        for listener in listeners { listener.close() }
        listeners = []
    }

    /// Closes every connection, whatever is in flight on it.
    func cutConnections() {
        for connection in connections.values {
            connection.machine.lost()
            advance(connection)
        }
    }
}
