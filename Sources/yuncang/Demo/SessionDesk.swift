internal import CloudWarehouse

/// Decides what is sent next, hears every answer, and knows what has been promised to whom. Pure: no socket and no clock;
/// every instant is counted from the session's beginning.
struct SessionDesk: Sendable {
    /// Something to send, and when.
    struct Job: Sendable, Equatable {
        enum Step: Sendable, Equatable {
            case place
            case pay(ID<CustomerOrder>)
            case cancel(ID<CustomerOrder>)
        }

        let viewer: Viewer
        let step: Step
        let due: Duration
    }

    /// What whoever has sent something does next.
    enum Verdict: Sendable, Equatable {
        case done
        case again(after: Duration)
    }

    /// What people who watch are told.
    enum News: Sendable, Equatable {
        case halfway(left: Int64)
        case interrupted
        case resumed(Duration)
        case soldOut(Duration)
        case late(pieces: Int64)
    }

    /// How long a viewer goes on asking before it is given up as a mishap.
    static let patience = Duration.seconds(120)

    private(set) var tally: SessionTally
    private var comers: [Viewer]
    private var nextComer = 0
    /// Whether the next comer has been handed out once and is to be handed out again.
    private var owesCopy = false
    /// What is to be done with orders that are placed, the latest first.
    private var followUps: [Job] = []
    private var lastAnswer = Duration.zero
    private var outageSince: Duration?
    private var isPastHalf = false

    init(_ plan: SessionPlan, stock: Int64) {
        tally = SessionTally(stock: stock)
        comers = plan.viewers
        tally.viewers = comers.count
        tally.doubled = comers.count { $0.sendsTwice }
    }

    /// How many viewers there are, for whoever shows how far it has come.
    var expected: Int { comers.count + tally.doubled }

    // MARK: What is next

    /// The next thing to do; nil when whoever asks has nothing left to do.
    ///
    /// What is due of orders that are placed goes before those who come; else it is whatever is due first.
    mutating func next(at now: Duration) -> Job? {
        let comer = nextComer < comers.count ? comers[nextComer] : nil
        if let followUp = followUps.last, followUp.due <= max(now, comer?.arrival ?? .seconds(Int64.max)) {
            return followUps.removeLast()
        }
        guard let comer else { return nil }
        if comer.sendsTwice, !owesCopy {
            owesCopy = true
        } else {
            owesCopy = false
            nextComer += 1
        }
        return Job(viewer: comer, step: .place, due: comer.arrival)
    }

    /// Lets so many viewers come as pieces are left once all others are done, for one piece each; false when none are left, or
    /// something is wrong that more viewers do not mend.
    mutating func addLateViewers(at now: Duration) -> News? {
        let left = tally.left
        guard left > 0, tally.mishaps.isEmpty, tally.lateViewers == 0 else { return nil }
        for number in 1...Int(left) {
            comers.append(
                Viewer(
                    number: tally.viewers + number, arrival: now, pieces: 1, course: .pays, sendsTwice: false))
        }
        tally.viewers += Int(left)
        tally.lateViewers = Int(left)
        return .late(pieces: left)
    }

    // MARK: What is heard

    /// Hears what came of a job that was sent at `sent`, for the `tries`th time.
    mutating func hear(
        _ reply: SessionReply, to job: Job, sent: Duration, at now: Duration, tries: Int
    ) -> (verdict: Verdict, news: [News]) {
        var news: [News] = []
        if case .away(let away) = reply {
            if away.isOutage, outageSince == nil {
                outageSince = lastAnswer
                news.append(.interrupted)
            }
            guard now - job.due < Self.patience else {
                tally.mishaps.append(.init(number: job.viewer.number, words: "\(away)"))
                return (.done, news)
            }
            if tries == 1 { tally.retried += 1 }
            return (.again(after: Self.pause(after: tries, of: job.viewer.number)), news)
        }
        if let since = outageSince {
            tally.outages.append(.init(from: since, until: now))
            outageSince = nil
            news.append(.resumed(now - since))
        }
        lastAnswer = now
        if job.step == .place { tally.answers.append(.init(at: now, took: now - sent, waited: now - job.due)) }
        take(reply, to: job, at: now)
        if !isPastHalf, tally.left <= tally.stock / 2 {
            isPastHalf = true
            news.append(.halfway(left: tally.left))
        }
        if tally.soldOutAt == nil, tally.left <= 0 {
            tally.soldOutAt = now
            news.append(.soldOut(now))
        }
        return (.done, news)
    }

    private mutating func take(_ reply: SessionReply, to job: Job, at now: Duration) {
        let number = job.viewer.number
        switch (job.step, reply) {
        case (.place, .placed(let order)):
            guard let promise = tally.promises[number] else { return promise(order, to: job.viewer, at: now) }
            guard promise.order != order else { return }
            tally.mishaps.append(.init(number: number, words: "\(promise.order) ≠ \(order)"))
        case (.place, .soldOut):
            tally.refusals.insert(number)
        case (.pay, .changed):
            tally.promises[number]?.state = .committed
        case (.cancel, .changed):
            tally.promises[number]?.state = .cancelled
            move(by: job.viewer.pieces, at: now)
        case (_, .refused(let words)):
            tally.mishaps.append(.init(number: number, words: words))
        default:
            tally.mishaps.append(.init(number: number, words: "\(reply)"))
        }
    }

    private mutating func promise(_ order: ID<CustomerOrder>, to viewer: Viewer, at now: Duration) {
        tally.promises[viewer.number] = .init(
            order: order, pieces: viewer.pieces, state: viewer.course.holds ? .held : .committed)
        move(by: -viewer.pieces, at: now)
        switch viewer.course {
        case .pays: return
        case .paysLater(let delay): follow(Job(viewer: viewer, step: .pay(order), due: now + delay))
        case .cancels(let delay): follow(Job(viewer: viewer, step: .cancel(order), due: now + delay))
        }
    }

    private mutating func move(by pieces: Int64, at now: Duration) {
        tally.levels.append(.init(at: now, left: tally.left + pieces))
    }

    private mutating func follow(_ job: Job) {
        let place = followUps.firstIndex { $0.due <= job.due } ?? followUps.count
        followUps.insert(job, at: place)
    }

    /// Twice as long each time, up to 0.4 seconds, and not the same for everybody.
    private static func pause(after tries: Int, of number: Int) -> Duration {
        let full = min(25 << min(tries - 1, 4), 400)
        return .milliseconds(full * (50 + number % 51) / 100)
    }
}
