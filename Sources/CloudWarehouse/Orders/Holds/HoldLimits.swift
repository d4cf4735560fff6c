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
    /// So long after the end of its hold an order that was written slowly is still found by the next walk.
    public var margin: Duration = .seconds(2)
    /// And so long by the walk that comes after each ``lateInterval``: longer than that, and than a transaction lasts.
    public var lateMargin: Duration = .seconds(240)
    /// Between two walks that look back farther.
    public var lateInterval: Duration = .seconds(120)
    /// Looks of one turn at all orders that are there.
    public var allLooksPerTurn = 5
    /// Between two walks through all orders.
    public var allInterval: Duration = .seconds(21_600)

    /// The bounds that the service uses.
    public init() {}
}
