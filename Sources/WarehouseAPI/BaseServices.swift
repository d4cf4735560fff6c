public import CloudWarehouse

/// What answers for one base on one loop.
public struct BaseServices: Sendable {
    /// What there is, in memory.
    public let board: StockBoard
    /// Takes orders, of all loops.
    public let intake: OrderIntake
    /// Where this loop's are placed, paid and called off.
    public let desk: OrderDesk
    /// Reads orders.
    public let orders: Orders
    /// Lists owners and products, and takes new ones.
    public let catalog: Catalog
    /// Takes deliveries in, and knows where they stand.
    public let stock: Stock
    /// Tells who asks.
    public let authenticator: Authenticator
    /// Lets people sign in.
    public let signIn: SignIn
    /// What happened.
    public let outbox: Outbox
    /// Wakes those who wait for it.
    public let watch: EventWatch

    /// These services together; orders go to the intake through its window on this loop, where it has one.
    public init(
        board: StockBoard, intake: OrderIntake, window: OrderWindow? = nil, orders: Orders, catalog: Catalog,
        stock: Stock, authenticator: Authenticator, signIn: SignIn, outbox: Outbox, watch: EventWatch
    ) {
        self.board = board
        self.intake = intake
        desk = OrderDesk(of: intake, window: window)
        self.orders = orders
        self.catalog = catalog
        self.stock = stock
        self.authenticator = authenticator
        self.signIn = signIn
        self.outbox = outbox
        self.watch = watch
    }
}
