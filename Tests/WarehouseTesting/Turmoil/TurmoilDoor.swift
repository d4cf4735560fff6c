package import CloudWarehouse

/// Where those who make the turmoil ask: a desk in this process, or a server over HTTP.
package protocol TurmoilDoor: Sendable {
    /// Asks once, and gives what came of it.
    func place(_ order: PlaceOrder) async -> TurmoilAnswer
    /// Asks once, and gives what came of it.
    func change(_ change: ChangeOrder.Change, of order: TurmoilOrder) async -> TurmoilAnswer
    /// Brings a delivery once; gives whether it is there for certain.
    func receive(_ receipt: Receipt) async -> Bool
}

/// An order that somebody was told is placed.
package struct TurmoilOrder: Hashable, Sendable {
    /// What was asked for.
    package let command: PlaceOrder
    /// What was answered.
    package let placed: PlacedOrder
}

/// What one who asked once was told.
package enum TurmoilAnswer: Hashable, Sendable {
    /// The order is placed, or was.
    case placed(PlacedOrder)
    /// The order is as it was asked to be; nil where it is not told whether it was so already.
    case changed(OrderSummary, isRepeated: Bool?)
    /// It is not done, for a reason of the order's or the goods'.
    case refused(Refusal)
    /// It is not done, and may be asked again.
    case notDone(String)
    /// Nobody knows.
    case unanswered(String)
    /// What must never be answered.
    case wrong(String)

    /// Why something was refused.
    package enum Refusal: Hashable, Sendable {
        /// By the order's state.
        case state
        /// For want of goods, by a limit, or by what its lines are.
        case lines
        /// There is no such order.
        case absent
    }

    /// Whether nobody has to ask again.
    package var isDefinite: Bool {
        switch self {
        case .placed, .changed, .refused: true
        case .notDone, .unanswered, .wrong: false
        }
    }
}

/// What was asked of an order.
package enum TurmoilDeed: Hashable, Sendable {
    case place(PlaceOrder.Payment)
    case change(OrderEvent)

    /// How the outbox names it once it is done, after `orders.`.
    var participle: String {
        switch self {
        case .place: "placed"
        case .change(.pay): "paid"
        case .change(.cancel): "cancelled"
        case .change(.expire): "expired"
        case .change(.claim): "claimed"
        case .change(.edit): "edited"
        case .change(.reduce): "reduced"
        }
    }
}
