public import Postgres

/// 等级: a grade of produce, in the words of the base's people; 1 to 32 characters, no control characters.
public struct Grade: ExactText, Sendable, PostgresCodable {
    /// A grade like any other.
    public static var sample: Grade { Grade(unchecked: "sample") }

    /// The grade as it was given.
    public let rawValue: String

    /// Takes the grade, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 32) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
