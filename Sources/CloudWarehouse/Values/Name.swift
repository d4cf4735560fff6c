public import Postgres

/// A name for people: 1 to 200 characters, any script, no control characters.
public struct Name: ExactText, Sendable, PostgresCodable {
    /// The name as it was given.
    public let rawValue: String

    /// A name like any other.
    public static var sample: Name { Name(unchecked: "sample") }

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 200) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes the name, or says what the rule is.
    public init(_ text: String) throws(InvalidValue) {
        guard let name = Self(rawValue: text) else {
            throw .name
        }
        self = name
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}

extension Name: CustomStringConvertible {
    /// The name itself: it holds nothing that a terminal would obey.
    public var description: String { rawValue }
}
