import EventLoop
import Testing

@testable import CloudWarehouse

@Suite("What is remembered of tokens")
struct TokenCacheTests {
    private static let start = MonotonicInstant(nanoseconds: 1_000_000_000_000)

    private static func after(_ milliseconds: Int64) -> MonotonicInstant {
        start.advanced(by: .milliseconds(milliseconds))
    }

    private static func token(_ prefix: TokenPrefix, remaining: Duration? = nil) -> LiveToken {
        LiveToken(
            caller: Caller(
                token: .sample, prefix: prefix, scope: try! TokenScope(role: .host), name: .sample,
                bearing: .program),
            digest: .none, remaining: remaining)
    }

    private func knows(_ cache: TokenCache, _ prefix: TokenPrefix, at milliseconds: Int64) -> String {
        switch cache.knowledge(of: prefix, at: Self.after(milliseconds)) {
        case .known(let token): token == nil ? "none" : "live"
        case .unknown: "unknown"
        }
    }

    @Test("a good token and an absent one are believed until 5 s after the question, and not a moment longer")
    func trust() {
        var cache = TokenCache(limits: AuthenticatorLimits())
        let (good, absent) = (TokenPrefix.random(), TokenPrefix.random())
        #expect(knows(cache, good, at: 0) == "unknown")
        cache.learn([good: Self.token(good)], of: [good, absent], askedAt: Self.start)
        for milliseconds: Int64 in [0, 1, 4_999] {
            #expect(knows(cache, good, at: milliseconds) == "live")
            #expect(knows(cache, absent, at: milliseconds) == "none")
        }
        for milliseconds: Int64 in [5_000, 5_001, 3_600_000] {
            #expect(knows(cache, good, at: milliseconds) == "unknown")
            #expect(knows(cache, absent, at: milliseconds) == "unknown")
        }
    }

    @Test("a token that ends within the 5 s is believed until its end")
    func expiry() {
        var cache = TokenCache(limits: AuthenticatorLimits())
        let prefix = TokenPrefix.random()
        cache.learn([prefix: Self.token(prefix, remaining: .milliseconds(1_500))], of: [prefix], askedAt: Self.start)
        #expect(knows(cache, prefix, at: 1_499) == "live")
        #expect(knows(cache, prefix, at: 1_500) == "unknown")
        cache.learn([prefix: Self.token(prefix, remaining: .seconds(86_400))], of: [prefix], askedAt: Self.start)
        #expect(knows(cache, prefix, at: 5_000) == "unknown")
    }

    @Test("what was learnt last holds: a good token that is gone, and one that came to be")
    func relearning() {
        var cache = TokenCache(limits: AuthenticatorLimits())
        let prefix = TokenPrefix.random()
        cache.learn([prefix: Self.token(prefix)], of: [prefix], askedAt: Self.start)
        cache.learn([:], of: [prefix], askedAt: Self.after(1))
        #expect(knows(cache, prefix, at: 2) == "none")
        cache.learn([prefix: Self.token(prefix)], of: [prefix], askedAt: Self.after(2))
        #expect(knows(cache, prefix, at: 3) == "live")
        #expect(cache.count == (1, 0))
    }

    @Test("nobody can fill it: neither kind grows over its bound, and unknown prefixes push no good token out")
    func bounds() {
        var limits = AuthenticatorLimits()
        limits.liveTokens = 10
        limits.absentPrefixes = 20
        var cache = TokenCache(limits: limits)
        let good = TokenPrefix.random()
        cache.learn([good: Self.token(good)], of: [good], askedAt: Self.start)
        for _ in 0..<1_000 {
            cache.learn([:], of: (0..<7).map { _ in TokenPrefix.random() }, askedAt: Self.start)
            #expect(cache.count.absent <= 20)
        }
        #expect(knows(cache, good, at: 1) == "live")
        for _ in 0..<100 {
            let prefix = TokenPrefix.random()
            cache.learn([prefix: Self.token(prefix)], of: [prefix], askedAt: Self.start)
            #expect(cache.count.live <= 10)
            #expect(knows(cache, prefix, at: 1) == "live", "the last one learnt is there")
        }
    }

    @Test("where room is made, what no longer holds goes and what holds stays")
    func makingRoom() {
        var limits = AuthenticatorLimits()
        limits.liveTokens = 10
        var cache = TokenCache(limits: limits)
        let prefixes = (0..<11).map { _ in TokenPrefix.random() }
        for prefix in prefixes[..<5] { cache.learn([prefix: Self.token(prefix)], of: [prefix], askedAt: Self.start) }
        for prefix in prefixes[5...] {
            cache.learn([prefix: Self.token(prefix)], of: [prefix], askedAt: Self.after(5_000))
        }
        #expect(cache.count.live == 6)
        for prefix in prefixes[5...] { #expect(knows(cache, prefix, at: 5_001) == "live") }
    }

    @Test("a use is noted once a minute for each token, however often it is read anew")
    func noting() {
        var cache = TokenCache(limits: AuthenticatorLimits())
        let (one, other) = (TokenPrefix.random(), TokenPrefix.random())
        var noted: [Int64] = []
        for milliseconds in stride(from: Int64(0), through: 120_000, by: 500) {
            cache.learn([one: Self.token(one)], of: [one], askedAt: Self.after(milliseconds))
            if cache.noteUse(of: one, at: Self.after(milliseconds)) { noted.append(milliseconds) }
        }
        #expect(noted == [0, 60_000, 120_000])
        cache.learn([other: Self.token(other)], of: [other], askedAt: Self.start)
        let first = cache.noteUse(of: other, at: Self.start)
        #expect(first, "each for itself")
        let unknown = cache.noteUse(of: .random(), at: Self.start)
        #expect(!unknown)
    }
}
