public import Postgres

/// Why somebody has corrected the stock, in their own words; 1 to 200 characters, no control characters.
public struct AdjustmentNote: ExactText, Sendable, PostgresCodable {
    /// A note like any other.
    public static var sample: AdjustmentNote { AdjustmentNote(unchecked: "sample") }

    /// The note as it was given.
    public let rawValue: String

    /// Takes the note, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 200) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
