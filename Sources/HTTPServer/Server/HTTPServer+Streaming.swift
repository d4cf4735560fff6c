internal import EventLoop
internal import Logging

/// The shell around the streams of ``ConnectionMachine``: it runs producers, and holds them back while their client is slow;
/// it lets handlers read content, and has them wait while there is none.
extension HTTPServer {
    /// Runs the producer at once, up to where it first suspends.
    func stream(_ content: ResponseStream, _ ticket: Connection.Ticket, of connection: Connection) {
        let writer = BodyWriter { piece throws(StreamEnded) in
            try await self.write(piece, ticket, to: connection)
        }
        let task = Task.immediate(executorPreference: loop) {
            do {
                try await content.producer(writer)
                connection.machine.streamEnded(ticket, at: self.moment())
            } catch {
                if connection.machine.isStreaming(ticket) { self.complain(ofStream: error) }
                connection.machine.streamFailed(ticket)
            }
            connection.tasks[ticket] = nil
            self.advance(connection)
        }
        if connection.machine.isStreaming(ticket) { connection.tasks[ticket] = task }
    }

    /// Of many that fail together, as all do when the database goes away, one is told of.
    private func complain(ofStream error: any Error) {
        guard let times = failedStreams.complaint(at: loop.now) else { return }
        logger.error("a stream failed", metadata: ["error": "\(error)", "times": "\(times)"])
    }

    /// Takes a piece of a stream; returns when the producer may go on.
    private func write(
        _ piece: [UInt8], _ ticket: Connection.Ticket, to connection: Connection
    ) async throws(StreamEnded) {
        guard connection.machine.streamed(piece, for: ticket, at: moment()) else { throw StreamEnded() }
        advance(connection)
        guard connection.machine.holdsBack(ticket) else { return }
        await withCheckedContinuation { hold(connection, $0, ticket) }
        guard connection.machine.isStreaming(ticket) else { throw StreamEnded() }
    }

    /// Asks the machine again, since others may have run before the continuation was made.
    private func hold(
        _ connection: Connection, _ continuation: CheckedContinuation<Void, Never>, _ ticket: Connection.Ticket
    ) {
        connection.hold(continuation, writing: ticket)
    }

    /// The content of a request, for its handler.
    func contentStream(_ ticket: Connection.Ticket, of connection: Connection) -> RequestStream {
        RequestStream { () throws(RequestStreamEnded) in
            try await self.read(ticket, of: connection)
        }
    }

    private func read(
        _ ticket: Connection.Ticket, of connection: Connection
    ) async throws(RequestStreamEnded) -> [UInt8]? {
        while true {
            let piece = connection.machine.nextPiece(for: ticket, at: moment())
            // There may be room in the buffer again, a word to send, or an end to come to.
            advance(connection)
            switch piece {
            case .bytes(let bytes): return bytes
            case .end: return nil
            case .broken: throw RequestStreamEnded()
            case .later: await withCheckedContinuation { hold(connection, reading: ticket, $0) }
            }
        }
    }

    /// Asks the machine again, as above.
    private func hold(
        _ connection: Connection, reading ticket: Connection.Ticket, _ continuation: CheckedContinuation<Void, Never>
    ) {
        connection.hold(continuation, reading: ticket)
    }
}
