public import Postgres

/// What stands on a delivery's paper; 1 to 128 characters, no control characters. One is received once only.
public struct ReceiptReference: ExactText, Sendable, PostgresCodable {
    /// A reference like any other.
    public static var sample: ReceiptReference { ReceiptReference(unchecked: "sample") }

    /// The reference as it was given.
    public let rawValue: String

    /// Takes the reference, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 128) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
