public import Postgres

/// Who sends orders (订单来源): a shop platform or an ERP, 1 to 64 printable ASCII characters without spaces.
public struct OrderSource: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// A source like any other.
    public static var sample: OrderSource { OrderSource(unchecked: "sample") }

    /// The source's name, as its token carries it.
    public let rawValue: String

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard (1...64).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
