public import Postgres

/// Who carries a parcel (快递公司), as people write it: 1 to 64 characters, no control characters.
public struct Carrier: ExactText, Sendable, PostgresCodable {
    /// A carrier like any other.
    public static var sample: Carrier { Carrier(unchecked: "sample") }

    /// The name as it was given.
    public let rawValue: String

    /// Takes the name, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.isPlainText(atMost: 64) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes the name, or says what the rule is.
    public init(_ text: String) throws(InvalidValue) {
        guard let carrier = Carrier(rawValue: text) else { throw .carrier }
        self = carrier
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}
