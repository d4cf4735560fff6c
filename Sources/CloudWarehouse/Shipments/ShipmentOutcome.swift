/// What became of a parcel that was to be recorded.
public enum ShipmentOutcome: Hashable, Sendable {
    /// It is recorded.
    case recorded
    /// It was recorded before: nothing was changed.
    case repeated
    /// There is no such order.
    case unknownOrder
    /// The order is in a state in which nothing of it is sent.
    case notToBeSent(OrderState)
    /// A refund is asked for: nothing of the order leaves the house until that is settled.
    case refundLocked
}
