import EventLoop
public import Logging
public import Postgres

/// Tells who asks, by the token that they show. One for each loop, so that a request finds it without changing threads.
///
/// What was read of a token is trusted for ``AuthenticatorLimits/trust`` and then read anew, so a revoked one is dead by
/// then on every server, whether or not anybody told them. While one question is put to the database, those that come
/// gather and are put together: at most one connection of the pool is ever taken, however many ask.
public actor Authenticator {
    private typealias Answer = Result<LiveToken?, AuthenticationError>
    private typealias Waiter = CheckedContinuation<Answer, Never>

    private let pool: Pool
    private let loop: EventLoop
    /// The base whose tokens it knows.
    public nonisolated let base: BaseKey
    private let limits: AuthenticatorLimits
    private let logger: Logger
    private let clock: @Sendable () -> MonotonicInstant
    private var cache: TokenCache
    /// Beside the actor's own, so that a request needs no proof of where it is for it. Touched only on the loop's thread.
    @exclusivity(unchecked) private nonisolated(unsafe) var shown: ShownTokens
    /// Whom the database is being asked about, and who wants to know.
    private var asked: [TokenPrefix: [Waiter]] = [:]
    /// Whom it will be asked about next.
    private var gathered: [TokenPrefix: [Waiter]] = [:]
    /// How many want to know.
    private(set) var waiting = 0
    private var unnoted: [ID<Token>] = []
    /// Whether uses are being written to the database.
    private(set) var isNoting = false

    /// The loop of the pool's connections.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// The authenticator of the base that the connections of `pool` belong to, which has this key.
    public init(pool: Pool, base: BaseKey, limits: AuthenticatorLimits = AuthenticatorLimits(), logger: Logger) {
        // Older than the clock by the length of a turn so far, which the time of trust is a thousand times as long as.
        self.init(pool: pool, base: base, limits: limits, logger: logger, clock: { [loop = pool.loop] in loop.now })
    }

    init(
        pool: Pool, base: BaseKey, limits: AuthenticatorLimits, logger: Logger,
        clock: @escaping @Sendable () -> MonotonicInstant
    ) {
        self.pool = pool
        loop = pool.loop
        self.base = base
        self.limits = limits
        self.logger = logger
        self.clock = clock
        cache = TokenCache(limits: limits)
        shown = ShownTokens(of: base)
    }

    /// Finds out who shows this as a token of a kind, nil for nothing.
    ///
    /// What is no good token is refused in one way, whatever is wrong with it: something is hashed and compared each time.
    public nonisolated func caller(
        showing text: ArraySlice<UInt8>?, as kind: TokenKind = .program
    ) async throws(AuthenticationError) -> Caller {
        if kind == .program, let text, let caller = callerShowing(again: text) { return caller }
        let presented = PresentedToken(text, in: base, as: kind)
        if let answer = immediate(to: presented) {
            if kind == .program, let text, case .success(let caller) = answer { remember(text, of: caller) }
            return try answer.get()
        }
        return try await found(of: presented)
    }

    /// Who shows this as a program's token, where the same was found good lately: nothing is hashed or looked up. Nil for
    /// anything else, which ``immediateCaller(showing:admit:)`` takes.
    ///
    /// The use is not noted: it was when the token was found good, which holds for seconds.
    public nonisolated func callerShowing(again text: ArraySlice<UInt8>) -> Caller? {
        loop.isCurrent ? shown.caller(showing: text, at: clock()) : nil
    }

    private nonisolated func remember(_ text: ArraySlice<UInt8>, of caller: Caller) {
        guard let trustedUntil = assumeIsolated({ $0.cache.trust(in: caller.prefix) }) else { return }
        shown.remember(text, of: caller, until: trustedUntil)
    }

    /// Finds out who shows this as a token where nothing has to be looked up; nil where something has.
    ///
    /// - Parameter admit: is called before anything is hashed, and may refuse.
    public nonisolated func immediateCaller<Refused: Error>(
        showing text: ArraySlice<UInt8>, admit: () throws(Refused) -> Void
    ) throws(Refused) -> Result<Caller, AuthenticationError>? {
        guard loop.isCurrent, let prefix = PresentedToken.prefix(of: text, in: base),
            let stored = assumeIsolated({ $0.trusted(prefix) })
        else { return nil }
        try admit()
        let presented = PresentedToken(digest: TokenDigest(of: text), prefix: prefix)
        let answer = assumeIsolated { $0.answer(to: presented, stored: stored) }
        if case .success(let caller) = answer { remember(text, of: caller) }
        return answer
    }

    private func trusted(_ prefix: TokenPrefix) -> LiveToken? {
        guard case .known(let stored) = cache.knowledge(of: prefix, at: clock()) else { return nil }
        return stored
    }

    /// Whether this claims to be a token that was found good lately, with a right secret or not; nothing is hashed or looked up.
    public nonisolated func remembers(_ text: ArraySlice<UInt8>?) -> Bool {
        guard loop.isCurrent, let prefix = PresentedToken.prefix(of: text ?? [], in: base) else { return false }
        return assumeIsolated { $0.cache.holds(prefix) }
    }

    /// A request is on the loop's thread already, so it can look at what is remembered without a hop to the actor.
    private nonisolated func immediate(to presented: PresentedToken) -> Result<Caller, AuthenticationError>? {
        loop.isCurrent ? assumeIsolated { $0.remembered(of: presented) } : nil
    }

    /// The answer to what need not be looked up; nil for what must be.
    private func remembered(of presented: PresentedToken) -> Result<Caller, AuthenticationError>? {
        guard let prefix = presented.prefix else { return answer(to: presented, stored: nil) }
        guard case .known(let stored) = cache.knowledge(of: prefix, at: clock()) else { return nil }
        return answer(to: presented, stored: stored)
    }

    private func found(of presented: PresentedToken) async throws(AuthenticationError) -> Caller {
        guard let prefix = presented.prefix else { return try answer(to: presented, stored: nil).get() }
        let stored = try await withCheckedContinuation { admit(prefix, $0) }.get()
        return try answer(to: presented, stored: stored).get()
    }

    /// Compares, whether or not there is something to compare with.
    private func answer(to presented: PresentedToken, stored: LiveToken?) -> Result<Caller, AuthenticationError> {
        let matches = presented.digest.matches(stored?.digest ?? .none)
        guard matches, let caller = stored?.caller else { return .failure(.refused) }
        noteUse(of: caller)
        return .success(caller)
    }

    /// Believes nothing any more of a token that was ended here: the other servers have their five seconds, this one needs none.
    public func forget(_ prefix: TokenPrefix) {
        cache.forget(prefix)
        shown.forget(prefix)
    }

    // MARK: Looking up

    /// Looks, perhaps again: entering the continuation may have let the answer in.
    private func admit(_ prefix: TokenPrefix, _ waiter: Waiter) {
        if case .known(let token) = cache.knowledge(of: prefix, at: clock()) {
            return waiter.resume(returning: .success(token))
        }
        guard waiting < limits.waiting else { return waiter.resume(returning: .failure(.busy)) }
        waiting += 1
        if asked[prefix] != nil {
            asked[prefix]?.append(waiter)
            return
        }
        gathered[prefix, default: []].append(waiter)
        guard asked.isEmpty else { return }
        (asked, gathered) = (gathered, [:])
        // Not a child of whoever asked: others wait for it too. Its time is bounded by the query's deadline.
        Task(executorPreference: loop) { await self.ask() }
    }

    private func ask() async {
        while !asked.isEmpty {
            let askedAt = clock()
            let answer: Result<[TokenPrefix: LiveToken], AuthenticationError>
            do throws(PostgresError) {
                let tokens = try await pool.query(LiveTokensByPrefix(prefixes: Array(asked.keys)), deadline: deadline)
                let found = Dictionary(uniqueKeysWithValues: tokens.map { ($0.caller.prefix, $0) })
                cache.learn(found, of: asked.keys, askedAt: askedAt)
                for prefix in asked.keys { shown.forget(prefix) }
                answer = .success(found)
            } catch {
                answer = .failure(.database(error))
            }
            for (prefix, waiters) in asked {
                let own = answer.map { $0[prefix] }
                for waiter in waiters { waiter.resume(returning: own) }
                waiting -= waiters.count
            }
            (asked, gathered) = (gathered, [:])
        }
    }

    /// What comes later than the time of trust would be too old to be believed.
    private var deadline: MonotonicInstant {
        MonotonicInstant.now().advanced(by: min(limits.trust, pool.limits.leaseDeadline))
    }

    // MARK: Noting uses

    private func noteUse(of caller: Caller) {
        guard cache.noteUse(of: caller.prefix, at: clock()), unnoted.count < limits.waitingUses else { return }
        unnoted.append(caller.token)
        guard !isNoting else { return }
        isNoting = true
        Task(executorPreference: loop) { await self.noteUses() }
    }

    /// One after another, so that it takes one connection at most, and nobody waits for it.
    private func noteUses() async {
        while let token = unnoted.popLast() {
            do {
                try await pool.withTransaction { transaction in
                    let now = try await transaction.now()
                    try await transaction.execute(NoteTokenUse(token: token, at: now))
                }
            } catch PostgresError.pool(.closed) {
                break
            } catch {
                logger.warning("a token's use was not noted", metadata: ["cause": "\(error)"])
            }
        }
        isNoting = false
    }
}
