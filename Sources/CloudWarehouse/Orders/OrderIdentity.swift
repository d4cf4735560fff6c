/// An order as somebody names it.
public enum OrderIdentity: Hashable, Sendable {
    /// By its identity in the database.
    case id(ID<CustomerOrder>)
    /// By its source and the source's reference.
    case key(OrderKey)

    /// The id, where it is named by it.
    var id: ID<CustomerOrder>? {
        if case .id(let id) = self { id } else { nil }
    }

    /// The key, where it is named by it.
    var key: OrderKey? {
        if case .key(let key) = self { key } else { nil }
    }
}
