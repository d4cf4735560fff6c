import EventLoop

/// What was lately read of tokens, and for how long it holds. It decides only; whoever has it asks the database.
///
/// Instants are of the monotonic clock: this machine's wall clock may be days off, or be set. An answer of the database is as
/// old as the question, so its time runs from when the question was put.
struct TokenCache: Sendable {
    /// What is known of a prefix.
    enum Knowledge: Sendable {
        /// It is this token's, or no good token's.
        case known(LiveToken?)
        /// Nothing that still holds.
        case unknown
    }

    private struct Entry {
        let token: LiveToken
        let trustedUntil: MonotonicInstant
        var notedAt: MonotonicInstant?
    }

    private let limits: AuthenticatorLimits
    private var live: [TokenPrefix: Entry] = [:]
    private var absent: [TokenPrefix: MonotonicInstant] = [:]

    /// Knows nothing.
    init(limits: AuthenticatorLimits) {
        self.limits = limits
    }

    /// How many prefixes something is remembered of.
    var count: (live: Int, absent: Int) { (live.count, absent.count) }

    /// What is known of a prefix now.
    func knowledge(of prefix: TokenPrefix, at now: MonotonicInstant) -> Knowledge {
        if let entry = live[prefix], now < entry.trustedUntil { return .known(entry.token) }
        if let trustedUntil = absent[prefix], now < trustedUntil { return .known(nil) }
        return .unknown
    }

    /// Until when what was read of a good token holds.
    func trust(in prefix: TokenPrefix) -> MonotonicInstant? { live[prefix]?.trustedUntil }

    /// Whether a good token had this prefix when the database was asked last, however long ago.
    func holds(_ prefix: TokenPrefix) -> Bool { live[prefix] != nil }

    /// Learns what the database knew of all these prefixes when it was asked.
    mutating func learn(
        _ found: [TokenPrefix: LiveToken], of prefixes: some Sequence<TokenPrefix>, askedAt: MonotonicInstant
    ) {
        let trustedUntil = askedAt.advanced(by: limits.trust)
        for prefix in prefixes {
            if let token = found[prefix] {
                // Its end comes by the database's clock, which counted no less than has passed here since the question.
                let end = token.remaining.map { askedAt.advanced(by: $0) } ?? .distantFuture
                makeRoom(forLive: prefix, at: askedAt)
                live[prefix] = Entry(
                    token: token, trustedUntil: min(trustedUntil, end), notedAt: live[prefix]?.notedAt)
                absent[prefix] = nil
            } else {
                makeRoom(forAbsent: prefix, at: askedAt)
                absent[prefix] = trustedUntil
                live[prefix] = nil
            }
        }
    }

    /// Knows nothing of a prefix any more.
    mutating func forget(_ prefix: TokenPrefix) {
        live[prefix] = nil
    }

    /// Whether a use of this token is to be noted; if so, the next one is not for a while.
    mutating func noteUse(of prefix: TokenPrefix, at now: MonotonicInstant) -> Bool {
        guard let index = live.index(forKey: prefix) else { return false }
        if let notedAt = live.values[index].notedAt, now - notedAt < limits.noting { return false }
        live.values[index].notedAt = now
        return true
    }

    /// What no longer holds goes first; where all holds, all goes, and is asked for again.
    private mutating func makeRoom(forLive prefix: TokenPrefix, at now: MonotonicInstant) {
        guard live[prefix] == nil, live.count >= limits.liveTokens else { return }
        live = live.filter { now < $0.value.trustedUntil }
        if live.count >= limits.liveTokens { live.removeAll() }
    }

    private mutating func makeRoom(forAbsent prefix: TokenPrefix, at now: MonotonicInstant) {
        guard absent[prefix] == nil, absent.count >= limits.absentPrefixes else { return }
        absent = absent.filter { now < $0.value }
        if absent.count >= limits.absentPrefixes { absent.removeAll() }
    }
}
