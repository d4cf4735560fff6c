package import CloudWarehouse

extension TestBase {
    /// Changes an order, at an intake of its own unless another's desk is given.
    @discardableResult
    package func change(
        _ change: ChangeOrder.Change, _ order: OrderIdentity, from source: OrderSource? = nil, revision: Int32? = nil,
        by principal: Principal? = nil, at desk: OrderDesk? = nil
    ) async throws -> ChangedOrder {
        let command = try ChangeOrder(change, order, from: source, revision: revision, by: principal)
        if let desk { return try await desk.change(command) }
        return try await OrderIntake.once(pool: pool) { desk throws(IntakeError) in try await desk.change(command) }
    }
}
