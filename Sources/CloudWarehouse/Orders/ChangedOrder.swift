/// An order after something was asked of it.
public struct ChangedOrder: Hashable, Sendable {
    /// The order as it is now.
    public let order: OrderSummary
    /// Whether it was so already, so that nothing was changed.
    public let isRepeated: Bool
}
