/// What is to become of one order of a batch.
enum OrderDecision: Equatable {
    /// It is placed: these lines are written, and claimed.
    case place(PricedOrder)
    /// It was placed before: this was the answer.
    case answer(PlacedOrder)
    /// It repeats the order that stands earlier in the batch, at this index, and gets the same answer.
    case repeats(Int)
    /// It is not placed.
    case refuse(OrderRefusal)
}

/// An order with what it costs and where it claims.
struct PricedOrder: Equatable {
    /// A line with its price as it is now, and the pool that it claims from.
    struct Line: Equatable {
        let pool: PoolKey
        let quantity: Quantity
        let price: Price
        let amount: Fen
    }

    let lines: [Line]
    let total: Fen
}
