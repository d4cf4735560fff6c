public import Postgres

/// The shop that sold an order, as its platform names it; 1 to 64 characters.
public struct ShopName: ExactText, Sendable, PostgresCodable {
    /// A shop like any other.
    public static var sample: ShopName { ShopName(unchecked: "sample") }

    /// The platform's name or number for the shop.
    public let rawValue: String

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 64) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
