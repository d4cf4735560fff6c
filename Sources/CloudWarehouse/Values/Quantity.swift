public import Postgres

/// A number of base units, pieces or grams, from 0 to 10^15.
///
/// The bound leaves room to add up the 200 lines of the largest order without overflow.
public struct Quantity: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// The largest quantity: 10^15, a thousand million tonnes.
    public static let maximum = Quantity(unchecked: 1_000_000_000_000_000)
    /// Nothing.
    public static let zero = Quantity(unchecked: 0)

    /// One unit: a quantity that a price may be for.
    public static var sample: Quantity { Quantity(unchecked: 1) }

    /// The number of base units.
    public let rawValue: Int64

    /// Takes the number, or nothing when it is negative or above the maximum.
    public init?(rawValue: Int64) {
        guard (0...Self.maximum.rawValue).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes the number, or says what the rule is.
    public init(_ number: Int64) throws(InvalidValue) {
        guard let quantity = Self(rawValue: number) else {
            throw InvalidValue("a quantity is a whole number of base units from 0 to 10^15")
        }
        self = quantity
    }

    private init(unchecked rawValue: Int64) {
        self.rawValue = rawValue
    }
}

extension Quantity: Comparable, CustomStringConvertible {
    /// Compares the numbers, which means something only within one SKU.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The number without its unit, which is the SKU's.
    public var description: String { String(rawValue) }
}
