/// The bounds of a hold sweeper.
public struct HoldLimits: Sendable {
    /// Between the end of one walk and the next: so much longer than asked for may an order hold its stock.
    public var interval: Duration = .seconds(3)
    /// Between two turns of one walk, for whoever else wants the database.
    public var pause: Duration = .milliseconds(50)
    /// Orders that one look passes.
    public var ordersPerLook: Int32 = 2_000
    /// Orders that one look releases, which bounds how long it keeps their pools locked.
    public var releasesPerLook = 200
    /// Looks of one turn; what is left over is taken at the next, which comes after the pause.
    public var looksPerTurn = 50
    /// Looks of one turn at what lies behind the longest hold.
    public var oldLooksPerTurn = 5
    /// So long after its id was made an order may still commit and be found at once; a later one waits for ``oldInterval``.
    public var margin: Duration = .seconds(120)
    /// Between two walks through the orders that lie behind the longest hold.
    public var oldInterval: Duration = .seconds(86_400)

    /// The bounds that the service uses.
    public init() {}
}
