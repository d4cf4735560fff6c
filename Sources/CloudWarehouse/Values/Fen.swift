public import Postgres

/// An amount of money in fen (分), hundredths of a yuan.
public struct Fen: RawRepresentable, Hashable, Sendable, PostgresCodable {
    /// No money.
    public static let zero = Fen(rawValue: 0)

    /// No money.
    public static var sample: Fen { zero }

    /// The number of fen.
    public let rawValue: Int64

    /// Takes any number of fen.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The sum, or an error when it leaves what 64 bits hold.
    public func adding(_ other: Fen) throws(InvalidValue) -> Fen {
        let (sum, overflow) = rawValue.addingReportingOverflow(other.rawValue)
        guard !overflow else { throw InvalidValue("the sum of the amounts is too large") }
        return Fen(rawValue: sum)
    }
}

extension Fen: Comparable, CustomStringConvertible {
    /// Compares the numbers of fen.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The number of fen.
    public var description: String { String(rawValue) }
}
