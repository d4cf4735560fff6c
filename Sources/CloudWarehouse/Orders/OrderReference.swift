public import Postgres

/// The number under which an order's source knows it: 1 to 128 bytes of UTF-8 without control characters.
///
/// It is never a number here: eighteen digits are text.
public struct OrderReference: ExactText, Sendable, PostgresCodable {
    /// A reference like any other.
    public static var sample: OrderReference { OrderReference(unchecked: "sample") }

    /// The reference as it was given.
    public let rawValue: String

    /// Takes the reference, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard rawValue.utf8.count <= 128, rawValue.isPlainText(atMost: 128) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }
}

/// What makes an order one and the same: its source and the source's reference.
public struct OrderKey: Hashable, Sendable {
    /// Who sent it.
    public let source: OrderSource
    /// The source's number for it.
    public let reference: OrderReference

    /// A key of these parts.
    public init(source: OrderSource, reference: OrderReference) {
        self.source = source
        self.reference = reference
    }
}
