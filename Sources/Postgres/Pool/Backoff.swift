/// How long to wait before trying again: doubling from a first delay to a longest one, with jitter.
public struct Backoff: Sendable {
    /// The delay after the first failure.
    public var first: Duration = .milliseconds(50)
    /// The delay that is not exceeded.
    public var longest: Duration = .seconds(5)

    /// The delays that the service uses.
    public init() {}

    /// The delay after so many failures in a row (1 or more); `jitter` in 0..<1 takes off up to half of it, so that
    /// those who failed together do not come back together.
    public func delay(afterFailures failures: Int, jitter: Double) -> Duration {
        let doublings = min(max(0, failures - 1), 20)
        let full = min(first * (1 << doublings), longest)
        return full - full / 2 * jitter
    }
}
