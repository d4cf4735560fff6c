/// The bounds of an outbox relay.
public struct RelayLimits: Sendable {
    /// For how long a lease holds unless it is renewed: so long events wait when a relay dies.
    public var lease: Duration = .seconds(10)
    /// Between two looks when there was nothing to do.
    public var pause: Duration = .milliseconds(250)
    /// Events that one transaction numbers.
    public var batch: Int32 = 1_000
    /// How far back each look reaches: nearly all events commit so soon after their ids were made.
    public var recent: Duration = .seconds(10)
    /// Between two looks at everything that is not settled, for those that committed later.
    public var sweep: Duration = .seconds(30)
    /// After so long no transaction can be open any more: what lies before is settled, and not looked at again.
    public var settled: Duration = .seconds(86_400)

    /// The bounds that the service uses.
    public init() {}
}
