/// Whose events somebody sees.
public enum EventScope: Hashable, Sendable {
    /// Everybody's.
    case all
    /// Those of one source's orders.
    case source(OrderSource)
    /// Those of one owner's goods.
    case owner(OwnerCode)

    /// What tells it from others where cursors are sealed.
    var label: String {
        switch self {
        case .all: "all"
        case .source(let source): "source \(source)"
        case .owner(let owner): "owner \(owner)"
        }
    }
}
