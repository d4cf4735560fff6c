/// The bounds of a pool.
public struct PoolLimits: Sendable {
    /// Connections at the same time; they are made when needed and kept.
    public var connections = 4
    /// Tasks that may wait for one.
    public var waiters = 1_024
    /// How long a task waits for one unless it says otherwise.
    public var leaseDeadline: Duration = .seconds(5)
    /// Delays between failed attempts to connect.
    public var backoff = Backoff()
    /// How often a transaction is run again after 40001 or 40P01.
    public var transactionRetries = 5
    /// Delays between those runs.
    public var retryBackoff: Backoff = {
        var backoff = Backoff()
        backoff.first = .milliseconds(2)
        backoff.longest = .milliseconds(200)
        return backoff
    }()

    /// The bounds that the service uses.
    public init() {}
}
