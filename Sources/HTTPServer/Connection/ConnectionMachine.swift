internal import EventLoop
internal import HTTPTypes

/// Decides what happens on one connection; pure, so every order of events can be tested without sockets or clocks.
///
/// Events are methods. After each the shell asks for ``nextStep(at:)`` until it is told to wait, then writes what
/// ``output`` holds, once per turn, and watches for ``interest`` and ``deadline``.
///
/// Not copyable, since every copy would share buffers with the original and make its next change copy them.
struct ConnectionMachine: ~Copyable {
    typealias Ticket = AnswerQueue.Ticket

    enum Step {
        /// Let the handler answer; its answer comes back with the ticket.
        case handle(Request, Ticket)
        /// Nobody waits for this answer any more.
        case cancel(Ticket)
        /// Everything is written: tell the peer that no more will come.
        case finishWriting
        case close
        /// Nothing to do before the next event.
        case wait
    }

    private enum Phase {
        case open
        /// No further request is taken; what is in flight will be answered and written.
        case finishing
        /// The peer's last bytes are read and dropped, since closing on unread bytes resets the connection and may take
        /// the last answer with it (RFC 9112, 9.6).
        case lingering
        case closed
    }

    /// What the peer is doing, and until when it may.
    private enum Reading {
        case idle(until: MonotonicInstant)
        case head(until: MonotonicInstant)
        /// No deadline as long as the peer waits for `100 Continue`.
        case body(until: MonotonicInstant?)
    }

    private let rules: ConnectionRules
    private let peer: ClientAddress
    private var phase = Phase.open
    private var reading: Reading
    private var isDraining = false
    private var peerHasFinished = false
    private var owesContinue = false
    private var parser: RequestParser
    private var input = InputBuffer()
    private var arriving: RequestHead?
    private var arrivingBody: [UInt8] = []
    private var answers = AnswerQueue()
    private var cancelled: [Ticket] = []
    private var writeDeadline: MonotonicInstant?
    private var lingerDeadline: MonotonicInstant?

    /// What waits to be written.
    private(set) var output = OutputBuffer()

    /// A connection that was just accepted; the first head must come within its deadline.
    ///
    /// With a refusal, that is what it is answered before it has asked anything.
    init(rules: ConnectionRules, peer: ClientAddress = .local, refusing refusal: Refusal? = nil, at moment: Moment) {
        self.rules = rules
        self.peer = peer
        parser = RequestParser(limits: rules.limits)
        reading = .head(until: moment.after(milliseconds: rules.limits.headMilliseconds))
        if let refusal { refuse(refusal, at: moment) }
    }

    // MARK: Events

    mutating func received(_ bytes: UnsafeRawBufferPointer) {
        if phase == .open { input.append(bytes) }
    }

    /// The peer will send no more; it may still read.
    mutating func peerFinished() {
        peerHasFinished = true
    }

    /// The connection broke.
    mutating func lost() {
        phase = .closed
        output.removeAll()
        cancelled += answers.removeAll()
    }

    mutating func answered(_ ticket: Ticket, with response: Response, at moment: Moment) {
        guard 200...599 ~= response.status.code else { return failed(ticket, with: nil, at: moment) }
        if answers.answer(ticket, response) { settle(at: moment) }
    }

    mutating func failed(_ ticket: Ticket, with error: (any Error)?, at moment: Moment) {
        if answers.answer(ticket, rules.refusalResponse(.handlerFailed, error)) { settle(at: moment) }
    }

    /// `count` bytes of ``output`` were taken by the kernel.
    mutating func wrote(_ count: Int, at moment: Moment) {
        output.consume(count)
        if output.isEmpty {
            writeDeadline = nil
        } else if count > 0 || writeDeadline == nil {
            writeDeadline = moment.after(milliseconds: rules.limits.writeMilliseconds)
        }
    }

    /// No more requests than those of which a byte has arrived.
    mutating func drain() {
        isDraining = true
        if phase == .open, arriving == nil, input.isEmpty { phase = .finishing }
    }

    mutating func deadlinePassed(at moment: Moment) {
        guard let deadline, deadline <= moment.now else { return }
        if let lingerDeadline, lingerDeadline <= moment.now { return lost() }
        if let writeDeadline, writeDeadline <= moment.now { return lost() }
        while let ticket = answers.oldest, let handlerDeadline = answers.deadline, handlerDeadline <= moment.now {
            cancelled.append(ticket)
            let refusal = answers.oldestChanges ? Refusal.changeTimedOut : .handlerTimedOut
            _ = answers.answer(ticket, rules.refusalResponse(refusal, nil))
            settle(at: moment)
        }
        if let readingDeadline, readingDeadline <= moment.now { readingTimedOut(at: moment) }
    }

    // MARK: What the shell shall do

    /// What the kernel shall report.
    var interest: Interest {
        var interest: Interest = output.isEmpty ? [] : .writable
        if !peerHasFinished, phase == .lingering || phase == .open && mayTakeRequest { interest.insert(.readable) }
        return interest
    }

    /// When ``deadlinePassed(at:)`` is due.
    var deadline: MonotonicInstant? {
        let earliest = min(
            min(readingDeadline ?? .distantFuture, answers.deadline ?? .distantFuture),
            min(writeDeadline ?? .distantFuture, lingerDeadline ?? .distantFuture)
        )
        return earliest == .distantFuture ? nil : earliest
    }

    /// Whether a handler's answer is still to come.
    func awaits(_ ticket: Ticket) -> Bool {
        answers.awaits(ticket)
    }

    mutating func nextStep(at moment: Moment) -> Step {
        if phase == .open, mayTakeRequest, let (request, ticket) = nextRequest(at: moment) {
            return .handle(request, ticket)
        }
        if let ticket = cancelled.popLast() { return .cancel(ticket) }
        switch phase {
        case .finishing where answers.isEmpty && output.isEmpty:
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

    private var mayTakeRequest: Bool {
        answers.count < rules.limits.pipelinedRequests && output.count < rules.limits.outputBytes
    }

    private mutating func nextRequest(at moment: Moment) -> (Request, Ticket)? {
        while true {
            switch input.next(&parser, body: &arrivingBody) {
            case .needsMore:
                awaitMore(at: moment)
                return nil
            case .refused(let refusal):
                refuse(refusal, at: moment)
                return nil
            case .head(let head): begin(head, at: moment)
            case .body: break
            case .end: return complete(at: moment)
            }
        }
    }

    private mutating func awaitMore(at moment: Moment) {
        if peerHasFinished { return finish() }
        guard arriving == nil else { return }
        switch (reading, input.isEmpty) {
        case (.head, _), (.idle, true): break
        case (.body, true): reading = .idle(until: moment.after(milliseconds: rules.limits.idleMilliseconds))
        case (_, false): reading = .head(until: moment.after(milliseconds: rules.limits.headMilliseconds))
        }
    }

    private mutating func begin(_ head: RequestHead, at moment: Moment) {
        arriving = head
        reading = .body(until: moment.after(milliseconds: rules.limits.bodyMilliseconds))
        guard head.expectsContinue, head.framing != .empty else { return }
        owesContinue = true
        reading = .body(until: nil)
        continueIfOwed(at: moment)
    }

    /// `100 Continue` must not overtake the answers to earlier requests.
    private mutating func continueIfOwed(at moment: Moment) {
        guard owesContinue, answers.isEmpty else { return }
        owesContinue = false
        output.appendContinue()
        reading = .body(until: moment.after(milliseconds: rules.limits.bodyMilliseconds))
    }

    private mutating func complete(at moment: Moment) -> (Request, Ticket)? {
        guard let head = arriving else { preconditionFailure("a request ends that did not begin") }
        let fields = RequestFields(bytes: head.bytes, ranges: head.fields)
        let request = Request(head: head, body: arrivingBody, client: rules.trust.client(of: fields, from: peer))
        arriving = nil
        arrivingBody = []
        owesContinue = false
        let ticket = answers.append(
            isHead: head.method == .head,
            changes: ![.get, .head, .options, .trace].contains(head.method),
            version: head.version,
            deadline: moment.after(milliseconds: rules.limits.handlerMilliseconds)
        )
        if !head.persists || isDraining || answers.totalCount >= rules.limits.requestsPerConnection { finish() }
        return (request, ticket)
    }

    /// Takes no more requests; what of one has arrived is dropped.
    private mutating func finish() {
        phase = .finishing
        input.removeAll()
        arriving = nil
        arrivingBody = []
        owesContinue = false
    }

    // MARK: Answers

    private mutating func refuse(_ refusal: Refusal, at moment: Moment) {
        finish()
        let ticket = answers.append(isHead: false, version: .http11, deadline: .distantFuture)
        _ = answers.answer(ticket, rules.refusalResponse(refusal, nil))
        settle(at: moment)
    }

    /// Renders the answers whose turn it is.
    private mutating func settle(at moment: Moment) {
        while let (response, isHead, version) = answers.popAnswered() {
            if response.closesConnection {
                finish()
                cancelled += answers.removeAll()
            }
            let persists = phase == .open || !answers.isEmpty
            let context = ResponseEncoder.Context(isHead: isHead, version: version, persists: persists)
            output.append(response, in: context, date: moment.date)
        }
        guard answers.isEmpty, phase == .open else { return }
        continueIfOwed(at: moment)
        if case .idle = reading { reading = .idle(until: moment.after(milliseconds: rules.limits.idleMilliseconds)) }
    }

    // MARK: Deadlines

    /// Time runs for the peer only while the server would read what it sends.
    private var readingDeadline: MonotonicInstant? {
        guard phase == .open else { return nil }
        switch reading {
        case .idle(let until): return answers.isEmpty ? until : nil
        case .head(let until): return until
        case .body(let until): return until
        }
    }

    private mutating func readingTimedOut(at moment: Moment) {
        switch reading {
        case .idle: finish()
        case .head: input.isEmpty ? finish() : refuse(.headTimedOut, at: moment)
        case .body: refuse(.bodyTimedOut, at: moment)
        }
    }
}
