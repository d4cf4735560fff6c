/// The bounds of a stock feed.
public struct BoardLimits: Sendable {
    /// How often the database is asked for changes when nobody rings, because LISTEN is off or its connection down.
    public var pollInterval: Duration = .seconds(1)
    /// How often it is asked while doorbells come, since one that has died between commit and doorbell rings no more.
    public var safetyInterval: Duration = .seconds(10)
    /// How long one query may take.
    public var readDeadline: Duration = .seconds(5)
    /// Rows in one page of a reading of everything, which bounds how long the loop decodes without a pause.
    public var pageRows: Int32 = 1_000
    /// SKUs that are read one by one; when more have rung, everything is read.
    public var rungSKUs = 10_000
    /// The least time between two doorbells of one process; what gathers meanwhile rings together.
    public var ringPause: Duration = .milliseconds(10)
    /// How long one doorbell may take.
    public var ringDeadline: Duration = .seconds(1)

    /// The bounds that the service uses.
    public init() {}
}
