import Postgres

/// Waits for an order that somebody else has locked.
struct AwaitOrder: Statement {
    let order: ID<CustomerOrder>

    static let sql = "SELECT id FROM customer_order WHERE id = $1 FOR NO KEY UPDATE"

    func bind(to parameters: inout Parameters) {
        parameters.append(order)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ID<CustomerOrder> {
        try row.next()
    }
}

extension Pipeline {
    /// Waits for the rows of one obstacle, and then has them: the order, or every pool of the SKU in key order.
    ///
    /// A transaction that has locked anything else already must not wait like this: it would deadlock with whoever locks in
    /// order.
    mutating func add(waitingFor obstacle: IntakeSnapshot.Obstacle) {
        switch obstacle {
        case .order(let order): add(AwaitOrder(order: order))
        case .sku(let sku): add(LockPoolsOfSKUs(skus: [sku]))
        }
    }
}
