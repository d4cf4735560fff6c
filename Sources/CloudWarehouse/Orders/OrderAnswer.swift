/// What the intake answers.
public enum OrderAnswer: Hashable, Sendable {
    /// The order is placed, or was.
    case placed(PlacedOrder)
    /// The order is as it was asked to be.
    case changed(ChangedOrder)
}
