public import Postgres

/// Who buys, as the order's source names them: opaque, and never a recipient; 1 to 128 characters.
public struct Buyer: ExactText, Sendable, PostgresCodable {
    /// A buyer like any other.
    public static var sample: Buyer { Buyer(unchecked: "sample") }

    /// The source's name for the buyer.
    public let rawValue: String

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 128) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
