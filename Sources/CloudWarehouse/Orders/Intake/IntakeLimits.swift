/// The bounds of an order intake.
public struct IntakeLimits: Sendable {
    /// Commands that may wait for a batch; more are sent away, before latency collapses.
    public var queuedOrders = 8_192
    /// Commands that may wait for rows which somebody else has locked, beside those that wait for a batch; more are sent away,
    /// so that one locked row leaves the room of everybody else alone. Those of the batches under way may come on top.
    public var waitingOrders = 4_096
    /// Commands in one batch.
    public var batchOrders = 1_000
    /// Lines in one batch, those of the orders that it changes and the parts of sets included, which bounds the size of its
    /// statements: a batch that turns out to have more is done in halves, down to a single order.
    public var batchLines = 10_000
    /// How often a batch is run before its commands fail.
    public var attempts = 3
    /// How long a command may wait for a batch before it is sent away: well under the time that a client is given to wait for
    /// its answer, so that what was answered as not placed is never placed later.
    public var queueDeadline: Duration = .seconds(8)
    /// How long after that a command that was in a batch is still tried again, when the database was too slow for it: then it is
    /// sent away too, so that it is not placed long after everybody has given up.
    public var retryDeadline: Duration = .seconds(30)
    /// How long the lane waits in one go for one row which somebody else has locked; then whatever does not need it is decided,
    /// and the next row has its turn. Nobody else waits with those in the lane.
    public var lockPatience: Duration = .milliseconds(250)
    /// How long closing works at what waits; then the rest is sent away, and the batch under way given up, unless it is
    /// being committed.
    public var closeDeadline: Duration = .seconds(10)
    /// When an order that was sent away may come back, in seconds.
    public var retryAfterSeconds = 1

    /// The bounds that the service uses.
    public init() {}
}
