internal import EventLoop

/// The reading half of a connection: bytes become requests, in the time that the peer has for them. Pure.
struct RequestIntake: ~Copyable {
    enum Arrival {
        case needsMore
        /// A request, complete.
        case request(Request)
        /// A request whose handler reads its content as it arrives; that follows.
        case streamed(Request)
        case content([UInt8])
        case contentEnd
        case refused(Refusal)
    }

    /// What the peer is doing, and until when it may.
    private enum Reading {
        case idle(until: MonotonicInstant)
        case head(until: MonotonicInstant)
        case body(BodyClock)
        /// It waits for `100 Continue`, or has nothing to send, and has all the time.
        case nothing
    }

    private let rules: ConnectionRules
    private let peer: ClientAddress
    private var numbers: RequestNumbers
    private var parser: RequestParser
    private var input = InputBuffer()
    private var arriving: RequestHead?
    private var delivery = BodyDelivery.collected(atMost: 0)
    private var arrivingBody: [UInt8] = []
    private(set) var owesContinue = false
    private var reading: Reading
    /// Since when the server does not read what the peer sends.
    private var pausedSince: MonotonicInstant?

    /// The intake of a connection that was just accepted; the first head must come within its deadline.
    init(rules: ConnectionRules, peer: ClientAddress, seed: UInt64, at moment: Moment) {
        self.rules = rules
        self.peer = peer
        numbers = RequestNumbers(seed: seed)
        parser = RequestParser(limits: rules.limits)
        reading = .head(until: moment.after(milliseconds: rules.limits.headMilliseconds))
    }

    /// Whether no byte of a next request has arrived.
    var isEmpty: Bool { arriving == nil && input.isEmpty }
    /// Whether bytes have arrived that are not looked at yet.
    var holdsInput: Bool { !input.isEmpty }
    /// How much of the current body is still to come; nil where only its end will tell.
    var remainingBytes: Int? { parser.remainingBytes }

    mutating func received(_ bytes: UnsafeRawBufferPointer) {
        input.append(bytes)
    }

    /// What has arrived next.
    mutating func next(at moment: Moment) -> Arrival {
        while true {
            switch input.next(&parser, body: &arrivingBody) {
            case .needsMore:
                awaitMore(at: moment)
                return .needsMore
            case .refused(let refusal): return .refused(refusal)
            case .head(let head):
                begin(head, at: moment)
                if case .streamed = delivery, parser.admitsBody { return .streamed(Request(head: head, body: [])) }
            case .body(let range):
                if case .body(var clock) = reading {
                    clock.arrived(range.count)
                    reading = .body(clock)
                }
                if case .streamed = delivery { return .content(takeBody()) }
            case .end:
                guard case .streamed = delivery else { return .request(complete()) }
                forgetRequest()
                return .contentEnd
            }
        }
    }

    /// Drops what of a request has arrived.
    mutating func removeAll() {
        input.removeAll()
        forgetRequest()
    }

    private mutating func begin(_ head: RequestHead, at moment: Moment) {
        arriving = head
        head.belongs(
            to: rules.trust.client(of: RequestFields(of: head), from: peer),
            as: RequestID(of: head, orNumber: numbers.next()))
        reading = .nothing
        guard head.hasBody else { return }
        let usual = BodyDelivery.collected(atMost: rules.limits.bodyBytes)
        delivery = rules.bodyRule?(Request(head: head, body: [])) ?? usual
        parser.allowBody(ofBytes: delivery.limit)
        owesContinue = head.expectsContinue
        if !owesContinue { reading = .body(clock(at: moment)) }
    }

    private mutating func complete() -> Request {
        guard let head = arriving else { preconditionFailure("a request ends that did not begin") }
        let request = Request(head: head, body: takeBody())
        forgetRequest()
        return request
    }

    /// The exchange of what has arrived, which is refused as it is; of nothing, if that is no head yet.
    mutating func exchange(at moment: Moment) -> Exchange {
        if let arriving { return Exchange(Request(head: arriving, body: arrivingBody), at: moment) }
        return Exchange(from: peer, id: RequestID(number: numbers.next()), at: moment)
    }

    private mutating func takeBody() -> [UInt8] {
        defer { arrivingBody = [] }
        return arrivingBody
    }

    private mutating func forgetRequest() {
        arriving = nil
        delivery = .collected(atMost: 0)
        arrivingBody = []
        owesContinue = false
    }

    // MARK: Time

    private func clock(at moment: Moment) -> BodyClock {
        let limits = rules.limits
        let isStreamed = if case .streamed = delivery { true } else { false }
        return BodyClock(
            milliseconds: isStreamed ? limits.streamedBodyMilliseconds : limits.bodyMilliseconds, limits: limits,
            at: moment
        )
    }

    private mutating func awaitMore(at moment: Moment) {
        guard arriving == nil else { return }
        switch (reading, input.isEmpty) {
        case (.head, _), (.idle, true): break
        case (_, true): reading = .idle(until: moment.after(milliseconds: rules.limits.idleMilliseconds))
        case (_, false): reading = .head(until: moment.after(milliseconds: rules.limits.headMilliseconds))
        }
    }

    /// Gives the peer all of its idle time again, since its last answer has just left.
    mutating func restartIdleTime(at moment: Moment) {
        guard case .idle = reading else { return }
        reading = .idle(until: moment.after(milliseconds: rules.limits.idleMilliseconds))
    }

    /// Whether the peer is now to be told to send its body; the body's time runs from then on.
    mutating func takeContinue(at moment: Moment) -> Bool {
        guard owesContinue else { return false }
        owesContinue = false
        reading = .body(clock(at: moment))
        return true
    }

    /// Stops the peer's time, since the server does not read what it sends.
    mutating func pause(at moment: Moment) {
        if pausedSince == nil { pausedSince = moment.now }
    }

    /// Lets the peer's time go on.
    mutating func resume(at moment: Moment) {
        guard let since = pausedSince else { return }
        pausedSince = nil
        let pause = moment.now - since
        switch reading {
        case .idle(let until): reading = .idle(until: until.advanced(by: pause))
        case .head(let until): reading = .head(until: until.advanced(by: pause))
        case .body(var clock):
            clock.pass(pause)
            reading = .body(clock)
        case .nothing: break
        }
    }

    /// When ``lateness(at:)`` is to be asked for; a peer that waits for answers has all the time.
    func deadline(isOwed: Bool) -> MonotonicInstant {
        guard pausedSince == nil else { return .distantFuture }
        switch reading {
        case .idle(let until): return isOwed ? .distantFuture : until
        case .head(let until): return until
        case .body(let clock): return clock.deadline
        case .nothing: return .distantFuture
        }
    }

    /// What becomes of a peer whose deadline has passed.
    enum Lateness {
        /// It is not late after all.
        case none
        /// It has said nothing, and is told nothing.
        case silent
        case refused(Refusal)
    }

    /// Judges a peer whose ``deadline(isOwed:)`` has passed.
    mutating func lateness(at moment: Moment) -> Lateness {
        switch reading {
        case .idle: return .silent
        case .head: return input.isEmpty ? .silent : .refused(.headTimedOut)
        case .nothing: return .none
        case .body(var clock):
            let refusal = clock.lateness(at: moment, rules.limits)
            reading = .body(clock)
            return refusal.map(Lateness.refused) ?? .none
        }
    }
}
