/// How often something may happen: so often at once, and then at a steady pace.
public struct Rate: Hashable, Sendable {
    /// The steady pace, in times per minute; from 1 to 10^9.
    public var perMinute: Int
    /// So often at once after a pause; from 1 on.
    public var burst: Int

    /// A rate with these bounds.
    public init(perMinute: Int, burst: Int) {
        precondition((1...1_000_000_000).contains(perMinute) && burst >= 1, "a rate is positive")
        self.perMinute = perMinute
        self.burst = burst
    }

    /// So often a second, and a second's worth at once.
    public static func perSecond(_ number: Int) -> Rate {
        Rate(perMinute: number * 60, burst: number)
    }

    /// Between two times at the steady pace, in nanoseconds.
    var interval: Int64 { max(1, 60_000_000_000 / Int64(perMinute)) }

    /// How far ahead of the steady pace one may be, in nanoseconds.
    var tolerance: Int64 {
        let (product, overflowed) = interval.multipliedReportingOverflow(by: Int64(burst - 1))
        return overflowed ? .max / 4 : min(product, .max / 4)
    }
}

/// How often whoever asks may ask; nil: as often as they like.
public struct RateLimits: Hashable, Sendable {
    /// Requests of one token.
    public var perKey: Rate?
    /// Requests from one address; of IPv6 from one network of 64 bits, since whoever has one address of it has all.
    public var perAddress: Rate?
    /// Requests from one address that show no good token; the same for sessions that are over, and for codes. Beyond it, only
    /// tokens that are known here are looked at.
    public var failedSignIns: Rate?

    /// No limits.
    public static let none = RateLimits(perKey: nil, perAddress: nil, failedSignIns: nil)

    /// What a service has unless it is told otherwise: a quarter of what one loop serves for each, and for guessing one try
    /// in six seconds.
    public static let usual = RateLimits(
        perKey: .perSecond(20_000), perAddress: .perSecond(20_000), failedSignIns: Rate(perMinute: 10, burst: 50))

    /// Limits of these rates.
    public init(perKey: Rate?, perAddress: Rate?, failedSignIns: Rate?) {
        self.perKey = perKey
        self.perAddress = perAddress
        self.failedSignIns = failedSignIns
    }
}
