internal import EventLoop
internal import Logging

/// The shell around ``ConnectionMachine``: it reads, calls handlers, writes once per turn, and keeps one timer.
extension HTTPServer {
    func ready(_ connection: Connection, _ readiness: Readiness) {
        if readiness.contains(.failed) {
            connection.machine.lost()
        } else if readiness.contains(.readable) {
            connection.receive(into: readBuffer.bytes)
        } else if readiness.contains(.hangUp) {
            connection.machine.lost()
        }
        advance(connection)
    }

    /// Does what the machine asks for until it has nothing more to ask.
    func advance(_ connection: Connection) {
        // A handler that answers at once comes back here from within `handle`; the loop below goes on anyway.
        guard !connection.isAdvancing, !connection.isClosed else { return }
        connection.isAdvancing = true
        defer { connection.isAdvancing = false }
        let moment = moment()
        while true {
            switch connection.machine.nextStep(at: moment) {
            case .handle(let request, let ticket): handle(request, ticket, of: connection, at: moment)
            case .stream(let content, let ticket): stream(content, ticket, of: connection)
            case .cancel(let ticket):
                connection.tasks.removeValue(forKey: ticket)?.cancel()
                connection.resume(waitingFor: ticket)
            case .finishWriting: connection.finishWriting()
            case .close: return close(connection)
            case .reset:
                connection.resetOnClose()
                return close(connection)
            case .wait:
                // While answers are still to come in this turn, they are written together at its end.
                guard connection.machine.isReadyToLeave else { return rest(connection) }
                guard write(connection, at: moment), connection.mayGoOn else { return rest(connection, wrote: true) }
            }
        }
    }

    /// Runs the handler at once; what it does before it first suspends is done when this returns.
    private func handle(
        _ head: Request, _ ticket: Connection.Ticket, of connection: Connection, at moment: Moment
    ) {
        if let response = immediateHandler?(head) {
            return connection.machine.answered(ticket, with: coded(response, for: head), at: moment)
        }
        var request = head
        if connection.machine.streamsBody(to: ticket) { request.stream = contentStream(ticket, of: connection) }
        let task = Task.immediate(executorPreference: loop) { [handler, request] in
            do {
                let response = self.coded(try await handler(request), for: request)
                connection.machine.answered(ticket, with: response, at: self.moment())
            } catch {
                connection.machine.failed(ticket, with: error, at: self.moment())
            }
            connection.tasks[ticket] = nil
            self.advance(connection)
        }
        if connection.machine.awaits(ticket) { connection.tasks[ticket] = task }
    }

    /// The answer in the coding that its client takes; a small one needs no look at what that is.
    private func coded(_ response: Response, for request: Request) -> Response {
        if case .bytes(let content) = response.body, content.count < rules.limits.gzipBytes, response.mayHaveContent {
            return response
        }
        return ContentCoding.coded(response, for: request, limits: rules.limits, places: gzipPlaces)
    }

    private func close(_ connection: Connection) {
        if let timer = connection.timer { loop.cancel(timer.timer) }
        connection.timer = nil
        connection.close()
        connection.machine.report(at: .now())
        if connections.removeValue(forKey: ObjectIdentifier(connection)) != nil {
            admission.leave(connection.admitted.peer, after: connection.admitted.by)
        }
        finishIfDrained()
    }

    /// Leaves the connection until its next event.
    ///
    /// - Parameter wrote: whether the kernel has taken all that it takes now.
    private func rest(_ connection: Connection, wrote: Bool = false) {
        connection.resumeReaderIfNews()
        if wrote || connection.machine.output.isEmpty {
            connection.registration?.update(connection.machine.interest)
        } else {
            flushAtEndOfTurn(connection)
        }
        keepTimer(connection)
    }

    /// Writes what there is, and tells of the answers that have left.
    ///
    /// - Returns: whether the kernel took everything.
    private func write(_ connection: Connection, at moment: Moment) -> Bool {
        let wroteAll = connection.send(at: moment)
        connection.machine.report(at: .now())
        connection.resumeWritersUnlessHeldBack()
        return wroteAll
    }

    private func keepTimer(_ connection: Connection) {
        guard let deadline = connection.machine.deadline else { return }
        // A timer that comes too early is asked again then, which is cheaper than moving it with every request.
        if let timer = connection.timer {
            guard deadline < timer.instant else { return }
            loop.cancel(timer.timer)
        }
        let timer = loop.schedule(at: deadline) {
            connection.timer = nil
            connection.machine.deadlinePassed(at: self.moment())
            self.advance(connection)
        }
        connection.timer = Connection.Deadline(timer: timer, instant: deadline)
    }

    private func flushAtEndOfTurn(_ connection: Connection) {
        guard !connection.awaitsFlush else { return }
        connection.awaitsFlush = true
        if unflushed.isEmpty { loop.atEndOfTurn { self.flush() } }
        unflushed.append(connection)
    }

    private func flush() {
        let connections = unflushed
        unflushed.removeAll(keepingCapacity: true)
        let moment = moment()
        for connection in connections {
            connection.awaitsFlush = false
            // With room in the output again, requests that were held back go on, and closing may be due.
            if write(connection, at: moment) {
                if connection.mayGoOn { advance(connection) }
            } else {
                connection.registration?.update(connection.machine.interest)
                keepTimer(connection)
            }
        }
    }
}
