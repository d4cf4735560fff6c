public import Postgres

/// The number under which a carrier knows a parcel (快递单号): 4 to 64 letters, digits and hyphens, never a number here.
public struct TrackingNumber: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// A number like any other.
    public static var sample: TrackingNumber { TrackingNumber(unchecked: "sample") }

    /// The number as it was given.
    public let rawValue: String

    /// Takes the number, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        guard (4...64).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes the number, or says what the rule is.
    public init(_ text: String) throws(InvalidValue) {
        guard let number = TrackingNumber(rawValue: text) else { throw .trackingNumber }
        self = number
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
