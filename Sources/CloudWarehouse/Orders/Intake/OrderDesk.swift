import EventLoop
public import Postgres

/// Where orders are placed and changed: at the intake itself, or at its window on the loop of whoever asks.
public struct OrderDesk: Sendable {
    private let intake: OrderIntake
    private let window: OrderWindow?

    /// The desk of that intake; with a window on the loops that it does not live on.
    public init(of intake: OrderIntake, window: OrderWindow? = nil) {
        self.intake = intake
        self.window = window
    }

    /// Places an order, all of it or nothing, and answers when it is durable.
    ///
    /// The same order under the same reference gets the same answer, however often it comes and on whichever connection.
    /// An order that was taken in is decided even if the caller's task is cancelled meanwhile.
    public func place(_ order: PlaceOrder) async throws(IntakeError) -> PlacedOrder {
        guard case .placed(let placed) = try await perform(.place(order)) else {
            preconditionFailure("an order was placed, and the answer is another")
        }
        return placed
    }

    /// Places several orders, each for itself as ``place(_:)-(PlaceOrder)`` does, in their order; gives an answer for each.
    public func place(_ orders: [PlaceOrder]) async -> [Result<PlacedOrder, IntakeError>] {
        await perform(all: orders.map { .place($0) }).map { answer in
            answer.map { answer in
                guard case .placed(let placed) = answer else {
                    preconditionFailure("an order was placed, and the answer is another")
                }
                return placed
            }
        }
    }

    /// Changes an order, and answers when it is durable. What is so already is answered the same way, and nothing is done.
    ///
    /// After a COMMIT that nobody answered the order is looked at again: what has taken effect is found, and what has not is
    /// done now. Other lines, unless they are for a revision that the order still has, are not given to it a second time, since
    /// somebody else may have changed them in between: when they are not there, or the order does not allow the change any
    /// more, the outcome is unknown, as it is when the order cannot be looked at.
    public func change(_ change: ChangeOrder) async throws(IntakeError) -> ChangedOrder {
        guard case .changed(let changed) = try await perform(.change(change)) else {
            preconditionFailure("an order was changed, and the answer is another")
        }
        return changed
    }

    /// Does several things at once, so that they can share a batch, in their order; gives an answer for each.
    func perform(all commands: [OrderCommand]) async -> [Result<OrderAnswer, IntakeError>] {
        if commands.isEmpty { return [] }
        if let window { return await window.perform(all: commands) }
        return await intake.perform(all: commands)
    }

    private func perform(_ command: OrderCommand) async throws(IntakeError) -> OrderAnswer {
        if let window { return try await window.perform(command).get() }
        return try await intake.perform(command).get()
    }
}

extension OrderIntake {
    /// The desk of whoever is on its own loop.
    public nonisolated var desk: OrderDesk { OrderDesk(of: self) }

    /// Runs an intake of its own for as long as `body` does: for a program that does one thing and ends.
    public static func once<Value>(
        pool: Pool, recipientKeys: RecipientKeys? = nil,
        _ body: (OrderDesk) async throws(IntakeError) -> Value
    ) async throws(IntakeError) -> Value {
        let intake = OrderIntake(pool: pool, recipientKeys: recipientKeys)
        let running = Task(executorPreference: intake.loop) { await intake.run() }
        let outcome: Result<Value, IntakeError>
        do throws(IntakeError) { outcome = .success(try await body(intake.desk)) } catch { outcome = .failure(error) }
        await intake.close()
        await running.value
        return try outcome.get()
    }
}
