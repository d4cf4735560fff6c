/// One row of a platform's export: a line of an order.
public struct OrderRow: Hashable, Sendable {
    /// The order that it belongs to.
    public let reference: OrderReference
    /// What is bought; nil for what is not to be sent.
    public let line: PlaceOrder.Line?
    /// Who gets the order, as far as this row says so.
    public let recipient: Recipient?
    /// What is read and has no place in an order yet, as it stands there.
    public let details: [OrderColumn: String]
    /// The row as it stands in the file.
    public let raw: RawRow
}
