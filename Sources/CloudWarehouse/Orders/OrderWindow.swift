public import EventLoop

/// Where the orders of one loop come in, for an intake that lives on another.
///
/// What gathers within a turn goes over in one piece, and the answers of a batch come back in one: order by order, each would
/// cost the intake's loop, for which all others wait, several jobs.
public actor OrderWindow {
    private let intake: OrderIntake
    private let loop: EventLoop
    private var gathered: [(order: PlaceOrder, waiter: OrderWaiter)] = []

    /// The loop that it is on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// A window of the intake on that loop.
    public init(of intake: OrderIntake, on loop: EventLoop) {
        self.intake = intake
        self.loop = loop
    }

    /// Places an order, as ``OrderIntake/place(_:)`` does.
    public func place(_ order: PlaceOrder) async throws(OrderError) -> PlacedOrder {
        try await withCheckedContinuation { gather(order, $0) }.get()
    }

    private func gather(_ order: PlaceOrder, _ continuation: OrderWaiter.Continuation) {
        gathered.append((order, OrderWaiter(continuation, at: loop)))
        // A loop that has stopped has no more turns.
        if loop.hasStopped { return handOver() }
        if gathered.count == 1 { loop.atEndOfTurn { self.assumeIsolated { $0.handOver() } } }
    }

    private func handOver() {
        intake.take(gathered)
        gathered = []
    }
}

/// Where whoever serves on a loop places orders: the intake itself, or its window there.
public struct OrderDesk: Sendable {
    private let intake: OrderIntake
    private let window: OrderWindow?

    /// The desk of that intake; with a window on the loops that it does not live on.
    public init(of intake: OrderIntake, window: OrderWindow? = nil) {
        self.intake = intake
        self.window = window
    }

    /// Places an order, as ``OrderIntake/place(_:)`` does.
    public func place(_ order: PlaceOrder) async throws(OrderError) -> PlacedOrder {
        if let window { return try await window.place(order) }
        return try await intake.place(order)
    }
}
