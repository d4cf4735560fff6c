public import Postgres

/// What a buyer or a seller has written about an order; 1 to 500 characters, no controls.
public struct OrderNote: ExactText, Sendable, PostgresCodable {
    /// A note like any other.
    public static var sample: OrderNote { OrderNote(unchecked: "sample") }

    /// The note as it was given.
    public let rawValue: String

    /// Takes the note, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 500) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
