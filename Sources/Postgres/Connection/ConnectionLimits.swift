/// The bounds of one connection.
public struct ConnectionLimits: Sendable {
    /// How long one host may take from the first packet to a session, its name's resolution included.
    public var connectDeadline: Duration = .seconds(5)
    /// How long a request may take unless it says otherwise; a stopped server gives no other sign.
    public var queryDeadline: Duration = .seconds(30)
    /// How long what a cancelled task has left under way may go on; then the server is asked to stop it, and the
    /// connection is closed.
    public var abandonedDeadline: Duration = .milliseconds(100)
    /// How long COPY may make no progress.
    public var copyStallDeadline: Duration = .seconds(30)
    /// How many requests may be under way on one connection.
    public var pipelineDepth = 4_096
    /// The oldest server that the service runs on, as libpq counts: 15.0 is 150,000.
    public var oldestServer: Int32 = 150_000

    /// The bounds that the service uses.
    public init() {}
}
