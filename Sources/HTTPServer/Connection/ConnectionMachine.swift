internal import EventLoop
internal import HTTPTypes

/// Decides what happens on one connection; pure, so every order of events can be tested without sockets or clocks.
///
/// Events are methods. After each the shell asks for ``nextStep(at:)`` until it is told to wait, then writes what
/// ``output`` holds, once per turn, and watches for ``interest`` and ``deadline``.
///
/// Not copyable, since every copy would share buffers with the original and make its next change copy them. What every request
/// asks it is `mutating` though nothing changes: a machine that is only lent is copied to the stack for each question.
struct ConnectionMachine: ~Copyable {
    typealias Ticket = AnswerQueue.Ticket

    enum Step {
        /// Let the handler answer; its answer comes back with the ticket.
        case handle(Request, Ticket)
        /// Let the producer write; its pieces and its end come back with the ticket.
        case stream(ResponseStream, Ticket)
        /// Nobody waits for this answer, or for more of it, any longer.
        case cancel(Ticket)
        /// Everything is written: tell the peer that no more will come.
        case finishWriting
        case close
        /// Close so that the peer does not take what it has for all there was.
        case reset
        /// Nothing to do before the next event.
        case wait
    }

    enum Phase {
        case open
        /// No further request is taken; what is in flight will be answered and written.
        case finishing
        /// The peer's last bytes are read and dropped, since closing on unread bytes resets the connection and may take
        /// the last answer with it (RFC 9112, 9.6).
        case lingering
        case closed
    }

    // What the extensions in other files need too is not private.
    let rules: ConnectionRules
    var phase = Phase.open
    var isDraining = false
    var peerHasFinished = false
    var endsAbruptly = false
    var intake: RequestIntake
    var answers = AnswerQueue()
    var ledger: ExchangeLedger
    /// The content that a handler reads, from its request's head until the handler has answered and the rest has come.
    var incoming: IncomingBody?
    /// Whether the request whose content is coming is the last.
    private(set) var endsWithBody = false
    var stream: OutgoingStream?
    var producer: ResponseStream?
    var cancelled: [Ticket] = []
    var writeDeadline = MonotonicInstant.distantFuture
    var lingerDeadline = MonotonicInstant.distantFuture

    /// What waits to be written.
    var output = OutputBuffer()

    /// A connection that was just accepted.
    ///
    /// With a refusal, that is what it is answered before it has asked anything.
    ///
    /// - Parameter seed: where the numbers of its requests begin.
    init(
        rules: ConnectionRules, peer: ClientAddress = .local, seed: UInt64 = 0, refusing refusal: Refusal? = nil,
        at moment: Moment
    ) {
        self.rules = rules
        ledger = ExchangeLedger(isKept: rules.observer != nil)
        intake = RequestIntake(rules: rules, peer: peer, seed: seed, at: moment)
        if let refusal { refuse(refusal, at: moment) }
    }

    // MARK: Events

    mutating func received(_ bytes: UnsafeRawBufferPointer) {
        if phase == .open { intake.received(bytes) }
    }

    /// The peer will send no more; it may still read. One that watches events is gone: it would have nothing to wait for.
    mutating func peerFinished() {
        peerHasFinished = true
        if stream?.isEvents == true { lost() }
    }

    /// The connection broke.
    mutating func lost() {
        phase = .closed
        if let stream {
            cancelled.append(stream.ticket)
            ledger.lost(stream, leaving: output.count)
        }
        output.removeAll()
        ledger.lost()
        cancelled += answers.removeAll(noting: &ledger)
        (incoming, stream, producer) = (nil, nil, nil)
    }

    mutating func answered(_ ticket: Ticket, with response: Response, at moment: Moment) {
        guard 200...599 ~= response.status.code else { return failed(ticket, with: nil, at: moment) }
        guard answers.answer(ticket, response) else { return }
        bodyIsUnwanted(by: ticket)
        settle(at: moment)
    }

    mutating func failed(_ ticket: Ticket, with error: (any Error)?, at moment: Moment) {
        guard answer(ticket, refusing: .handlerFailed, error) else { return }
        bodyIsUnwanted(by: ticket)
        settle(at: moment)
    }

    /// `count` bytes of ``output`` were taken by the kernel.
    mutating func wrote(_ count: Int, at moment: Moment) {
        output.consume(count)
        ledger.wrote(count)
        if output.isEmpty {
            writeDeadline = .distantFuture
        } else if count > 0 || writeDeadline == .distantFuture {
            writeDeadline = moment.after(milliseconds: rules.limits.writeMilliseconds)
        }
    }

    /// No more requests than those of which a byte has arrived; no more events.
    mutating func drain(at moment: Moment) {
        isDraining = true
        if phase == .open, intake.isEmpty { phase = .finishing }
        if let stream, stream.isEvents {
            cancelled.append(stream.ticket)
            endStream(at: moment)
        }
    }

    // MARK: What the shell shall do

    /// Whether a handler's answer is still to come.
    func awaits(_ ticket: Ticket) -> Bool {
        answers.awaits(ticket)
    }

    /// Tells the observer, if there is one, of the exchanges that are over.
    mutating func report(at now: MonotonicInstant) {
        guard let observer = rules.observer else { return }
        ledger.report(at: now, to: observer)
    }

    mutating func nextStep(at moment: Moment) -> Step {
        if phase == .open, let (request, ticket) = nextRequest(at: moment) { return .handle(request, ticket) }
        if let ticket = cancelled.popLast() { return .cancel(ticket) }
        if let stream, let producer {
            self.producer = nil
            return .stream(producer, stream.ticket)
        }
        switch phase {
        case .finishing where owesNothing && output.isEmpty && endsAbruptly:
            phase = .closed
            return .reset
        case .finishing where owesNothing && output.isEmpty:
            phase = peerHasFinished ? .closed : .lingering
            lingerDeadline = moment.after(milliseconds: rules.limits.lingerMilliseconds)
            return peerHasFinished ? .close : .finishWriting
        case .lingering where peerHasFinished:
            phase = .closed
            return .close
        case .closed: return .close
        case .open, .finishing, .lingering: return .wait
        }
    }

    // MARK: Requests

    private mutating func nextRequest(at moment: Moment) -> (Request, Ticket)? {
        while mayTakeRequest {
            intake.resume(at: moment)
            switch intake.next(at: moment) {
            case .needsMore:
                if peerHasFinished { endOfInput() } else { continueIfOwed(at: moment) }
                return nil
            case .refused(let refusal):
                if incoming == nil { refuse(refusal, at: moment) } else { bodyFailed(refusal) }
                return nil
            case .request(let request):
                let ticket = append(request, at: moment)
                if isLast(request) { finish() }
                return (request, ticket)
            case .streamed(let request):
                let ticket = append(request, at: moment)
                endsWithBody = isLast(request)
                beginBody(of: ticket)
                return (request, ticket)
            case .content(let bytes):
                if let incoming { answers.received(bytes.count, for: incoming.ticket) }
                incoming?.arrived(bytes)
            case .contentEnd:
                bodyEnded()
                if phase != .open { return nil }
            }
        }
        intake.pause(at: moment)
        return nil
    }

    private mutating func append(_ request: Request, at moment: Moment) -> Ticket {
        answers.append(
            Exchange(request, at: moment),
            isHead: request.method == .head,
            changes: !request.head.isSafe,
            version: request.version,
            deadline: moment.after(milliseconds: rules.limits.handlerMilliseconds)
        )
    }

    private func isLast(_ request: Request) -> Bool {
        !request.head.persists || isDraining || answers.totalCount >= rules.limits.requestsPerConnection
    }

    /// The peer has closed its side, and all it sent is read; a body that breaks off will never be complete.
    private mutating func endOfInput() {
        if incoming == nil { finish() } else { bodyFailed(.bodyTimedOut) }
    }

    /// Takes no more requests; what of one has arrived is dropped.
    mutating func finish() {
        phase = .finishing
        intake.removeAll()
    }
}
