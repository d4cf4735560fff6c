internal import EventLoop
internal import HTTPTypes

/// The writing half: answers and streams become bytes, in the order of their requests.
extension ConnectionMachine {
    /// Whether every request is answered, and every answer complete.
    var owesNothing: Bool { mutating get { answers.isEmpty && stream == nil } }

    mutating func refuse(_ refusal: Refusal, at moment: Moment) {
        let exchange = intake.exchange(at: moment)
        finish()
        let ticket = answers.append(exchange, isHead: false, version: .http11, deadline: .distantFuture)
        _ = answer(ticket, refusing: refusal)
        settle(at: moment)
    }

    /// Answers a ticket itself, unless it has its answer.
    mutating func answer(_ ticket: Ticket, refusing refusal: Refusal, _ error: (any Error)? = nil) -> Bool {
        guard answers.awaits(ticket) else { return false }
        let response = rules.refusalResponse(refusal, error, answers.id(of: ticket))
        return answers.answer(ticket, response, refusal: refusal)
    }

    /// Renders the answers whose turn it is.
    mutating func settle(at moment: Moment) {
        while stream == nil, let (ticket, response, isHead, version, asked) = answers.popAnswered() {
            var exchange = asked
            let content = isHead ? nil : response.stream
            let isLast = response.closesConnection || content != nil && version == .http10
            if isLast { finish() }
            let persists = phase == .open || !isLast && !answers.isEmpty
            let context = ResponseEncoder.Context(
                isHead: isHead, version: version, persists: persists, id: exchange.id)
            let before = output.count
            output.append(response, in: context, date: moment.date)
            exchange.isAnswered(by: response, headBytes: output.count - before)
            exchange.isStream = content != nil
            if content == nil { ledger.ended(exchange, leaving: output.count) }
            if isLast { cancelled += answers.removeAll(noting: &ledger) }
            if let content { begin(content, OutgoingStream(content, ticket, to: version, exchange), at: moment) }
        }
        guard phase == .open else { return }
        if owesNothing { intake.restartIdleTime(at: moment) }
        continueIfOwed(at: moment)
    }

    /// `100 Continue` must not overtake the answers to earlier requests; and a handler that reads content must want it.
    mutating func continueIfOwed(at moment: Moment) {
        let isWanted =
            if let incoming { incoming.isAskedFor && answers.isFirst(incoming.ticket) && stream == nil } else {
                owesNothing
            }
        if isWanted, intake.takeContinue(at: moment) { output.appendContinue() }
    }

    // MARK: Streams

    private mutating func begin(_ content: ResponseStream, _ outgoing: OutgoingStream, at moment: Moment) {
        (stream, producer) = (outgoing, content)
        stream?.hasWritten(0, at: moment, rules.limits)
        if isDraining, outgoing.isEvents { endStream(at: moment) }
    }

    /// Whether the producer's next piece is waited for.
    func isStreaming(_ ticket: Ticket) -> Bool {
        stream?.ticket == ticket
    }

    /// Takes a piece of a stream.
    ///
    /// - Returns: false if nobody waits for it any more.
    mutating func streamed(_ piece: [UInt8], for ticket: Ticket, at moment: Moment) -> Bool {
        guard let stream, stream.ticket == ticket else { return false }
        let before = output.count
        output.append(stream.coded(piece), asChunk: stream.isChunked)
        self.stream?.hasWritten(output.count - before, at: moment, rules.limits)
        return true
    }

    /// The producer has written everything.
    mutating func streamEnded(_ ticket: Ticket, at moment: Moment) {
        if stream?.ticket == ticket { endStream(at: moment) }
    }

    /// The producer cannot go on: what it wrote is sent, and then its end is missing. Chunks show that by lacking the last one.
    mutating func streamFailed(_ ticket: Ticket) {
        guard let stream, stream.ticket == ticket else { return }
        endsAbruptly = !stream.isChunked
        self.stream = nil
        finish()
        ledger.gaveUp(stream.exchange, leaving: output.count)
        cancelled += answers.removeAll(noting: &ledger)
    }

    /// Whether the producer shall wait before it writes more.
    mutating func holdsBack(_ ticket: Ticket) -> Bool {
        guard let stream, stream.ticket == ticket else { return false }
        return output.count >= (stream.isEvents ? rules.limits.eventBytes : rules.limits.outputBytes)
    }

    mutating func endStream(at moment: Moment) {
        if let stream {
            let before = output.count
            output.append(stream.coded([], isLast: true), asChunk: stream.isChunked)
            if stream.isChunked { output.appendLastChunk() }
            stream.exchange.responseBytes += output.count - before
            ledger.ended(stream.exchange, leaving: output.count)
        }
        (stream, producer) = (nil, nil)
        settle(at: moment)
    }
}
