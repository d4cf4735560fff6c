internal import EventLoop

/// Content of requests that their handlers read while it arrives.
extension ConnectionMachine {
    /// Begins the content of the newest request.
    mutating func beginBody(of ticket: Ticket) {
        incoming = IncomingBody(ticket, bufferBytes: rules.limits.bodyBufferBytes)
    }

    /// Whether a request's content comes while its handler reads it.
    func streamsBody(to ticket: Ticket) -> Bool {
        incoming?.ticket == ticket
    }

    /// Whether a handler that waits for content need not any longer.
    func hasNews(for ticket: Ticket) -> Bool {
        guard let incoming, incoming.ticket == ticket else { return true }
        return incoming.hasNews
    }

    /// Gives the handler what has arrived. While it waits for more, time runs for the peer alone.
    mutating func nextPiece(for ticket: Ticket, at moment: Moment) -> IncomingBody.Piece {
        guard incoming?.ticket == ticket, answers.awaits(ticket), let (piece, fault) = incoming?.next() else {
            return .broken
        }
        if piece == .later {
            answers.setDeadline(.distantFuture, of: ticket)
            continueIfOwed(at: moment)
        } else {
            answers.setDeadline(moment.after(milliseconds: rules.limits.handlerMilliseconds), of: ticket)
        }
        if let fault { refuseIncoming(fault, at: moment) }
        return piece
    }

    /// The content is complete.
    mutating func bodyEnded() {
        incoming?.complete()
        if incoming?.isUnwanted != false { incoming = nil }
        if isDraining || endsWithBody { finish() }
    }

    /// What follows is no content: the handler is told once it has read what came before.
    mutating func bodyFailed(_ refusal: Refusal) {
        finish()
        incoming?.fails(refusal)
        if incoming?.isUnwanted != false { incoming = nil }
    }

    /// Answers in the handler's place, which would wait for content in vain.
    mutating func refuseIncoming(_ refusal: Refusal, at moment: Moment) {
        guard let ticket = incoming?.ticket else { return }
        incoming = nil
        finish()
        guard answer(ticket, refusing: refusal) else { return }
        cancelled.append(ticket)
        settle(at: moment)
    }

    /// The handler has answered: what of the content is still to come is passed over if it is little.
    mutating func bodyIsUnwanted(by ticket: Ticket) {
        guard let body = incoming, body.ticket == ticket else { return }
        guard body.isOpen else {
            incoming = nil
            return
        }
        if intake.owesContinue || endsWithBody || intake.remainingBytes ?? .max > rules.limits.unreadBodyBytes {
            incoming = nil
            finish()
        } else {
            incoming?.isNoLongerWanted()
        }
    }
}
