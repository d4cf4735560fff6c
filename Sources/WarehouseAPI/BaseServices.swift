public import CloudWarehouse

/// What answers for one base on one loop.
public struct BaseServices: Sendable {
    /// What there is, in memory.
    public let board: StockBoard
    /// Takes orders.
    public let intake: OrderIntake
    /// Reads, pays and calls off orders.
    public let orders: Orders
    /// Tells who asks.
    public let authenticator: Authenticator

    /// These services together.
    public init(board: StockBoard, intake: OrderIntake, orders: Orders, authenticator: Authenticator) {
        self.board = board
        self.intake = intake
        self.orders = orders
        self.authenticator = authenticator
    }
}
