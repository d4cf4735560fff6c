internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import Synchronization

/// Keeps the rates of a service, for all of its loops together.
public final class RateLimiter: Sendable {
    /// What was asked too often.
    enum Kind: Int, CaseIterable {
        case key, address, failedSignIn
    }

    /// What somebody who has no good one may be guessing. Each is counted apart: a program with an old token, or browsers whose
    /// sessions are over, keep nobody from signing in.
    enum Guess {
        case token, session, code
    }

    private let perKey: SharedRateTable?
    private let perAddress: SharedRateTable?
    private let failedSignIns: SharedRateTable?
    /// Sessions that were found to be over in the last minute.
    private let deadSessions = SharedRateTable(Rate(perMinute: 1, burst: 1), rows: 1_024)
    private let clock: @Sendable () -> MonotonicInstant
    private let limitedKeys = Atomic<Int>(0)
    private let limitedAddresses = Atomic<Int>(0)
    private let limitedSignIns = Atomic<Int>(0)

    /// Keeps these rates.
    public convenience init(_ limits: RateLimits) {
        self.init(limits, clock: { MonotonicInstant.now() })
    }

    init(_ limits: RateLimits, clock: @escaping @Sendable () -> MonotonicInstant) {
        perKey = limits.perKey.map { SharedRateTable($0) }
        perAddress = limits.perAddress.map { SharedRateTable($0) }
        failedSignIns = limits.failedSignIns.map { SharedRateTable($0) }
        self.clock = clock
    }

    /// How often each kind of request was sent away.
    var limited: [(kind: Kind, count: Int)] {
        [
            (.key, limitedKeys.load(ordering: .relaxed)), (.address, limitedAddresses.load(ordering: .relaxed)),
            (.failedSignIn, limitedSignIns.load(ordering: .relaxed)),
        ]
    }

    /// Counts a request from an address.
    ///
    /// - Throws: 429 for one too many.
    func admit(_ address: ClientAddress) throws(Problem) {
        try admit(address, at: clock())
    }

    /// Counts a request of a token.
    ///
    /// - Throws: 429 for one too many.
    func admit(_ caller: Caller) throws(Problem) {
        try admit(caller, at: clock())
    }

    /// Counts a request from an address, and then as one of a token.
    ///
    /// - Throws: 429 for one too many.
    func admit(_ address: ClientAddress, _ caller: Caller) throws(Problem) {
        let now = clock()
        try admit(address, at: now)
        try admit(caller, at: now)
    }

    private func admit(_ address: ClientAddress, at now: MonotonicInstant) throws(Problem) {
        guard let perAddress else { return }
        guard case .wait(let nanoseconds) = perAddress.admit(Self.key(address), at: now.nanoseconds) else { return }
        limitedAddresses.add(1, ordering: .relaxed)
        throw Problem(tooMany: "requests from your address", wait: nanoseconds)
    }

    private func admit(_ caller: Caller, at now: MonotonicInstant) throws(Problem) {
        guard let perKey else { return }
        guard case .wait(let nanoseconds) = perKey.admit(caller.tokenHash, at: now.nanoseconds) else { return }
        limitedKeys.add(1, ordering: .relaxed)
        throw Problem(tooMany: "requests with your token", wait: nanoseconds)
    }

    /// Refuses whoever has shown no good token of a kind too often, unless they show one that is known.
    ///
    /// - Throws: 429 before anything is hashed or looked up.
    func admitSignIn(from address: ClientAddress, with guess: Guess, isKnown: () -> Bool) throws(Problem) {
        guard let failedSignIns else { return }
        let (key, now) = (Self.key(address, guess), clock().nanoseconds)
        guard case .wait(let nanoseconds) = failedSignIns.verdict(on: key, at: now), !isKnown()
        else { return }
        throw limitedSignIn(nanoseconds)
    }

    /// Counts a request that showed no good token: the wrong secret of one that is in use, too, is found no faster than others.
    ///
    /// It is counted once the token was looked up: many good ones may come at once, and are not to be taken for guesses; and of
    /// secrets of 160 bits nobody finds one by asking for many at a time.
    /// - Throws: 429 for one too many.
    func refuseSignIn(from address: ClientAddress, with guess: Guess) throws(Problem) {
        try admitSignIn(from: address, with: guess) { false }
        guard let failedSignIns else { return }
        _ = failedSignIns.admit(Self.key(address, guess), at: clock().nanoseconds)
    }

    /// Counts somebody's try at a code, which may be a good one: ``forgiveGuess(from:)`` then takes it back.
    ///
    /// - Throws: 429 for one too many.
    func admitGuess(from address: ClientAddress) throws(Problem) {
        guard let failedSignIns else { return }
        let key = Self.key(address, .code)
        guard case .wait(let nanoseconds) = failedSignIns.admit(key, at: clock().nanoseconds) else { return }
        throw limitedSignIn(nanoseconds)
    }

    /// The try was no guess.
    func forgiveGuess(from address: ClientAddress) {
        failedSignIns?.giveBack(Self.key(address, .code))
    }

    /// Counts a request of a browser whose session is over: each session once, since a browser shows the one that it has
    /// until it is told otherwise, and guesses nothing.
    func noteDeadSession(_ text: ArraySlice<UInt8>, from address: ClientAddress) {
        guard let failedSignIns, case .admitted = deadSessions.admit(Self.key(text), at: clock().nanoseconds) else {
            return
        }
        _ = failedSignIns.admit(Self.key(address, .session), at: clock().nanoseconds)
    }

    /// Whether this was counted as a session that is over, lately.
    func knowsDeadSession(_ text: ArraySlice<UInt8>) -> Bool {
        if case .wait = deadSessions.verdict(on: Self.key(text), at: clock().nanoseconds) { true } else { false }
    }

    private func limitedSignIn(_ nanoseconds: Int64) -> Problem {
        limitedSignIns.add(1, ordering: .relaxed)
        return Problem(tooMany: "requests from your address without a good token", wait: nanoseconds)
    }

    private static func key(_ text: ArraySlice<UInt8>) -> UInt64 {
        var hasher = Hasher()
        text.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private static func key(_ address: ClientAddress, _ guess: Guess) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(key(address))
        hasher.combine(guess)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// A hash with this process's own seed.
    private static func key(_ address: ClientAddress) -> UInt64 {
        switch address {
        case .ip(let address): UInt64(bitPattern: Int64(address.site.hashValue))
        case .local: 0
        }
    }
}

extension Problem {
    /// Something was asked too often.
    fileprivate init(tooMany what: String, wait nanoseconds: Int64) {
        let seconds = max(1, (nanoseconds - 1) / 1_000_000_000 + 1)
        self.init(
            .tooManyRequests, "There are too many \(what); wait \(seconds) s.", fields: [(.retryAfter, "\(seconds)")])
    }
}
