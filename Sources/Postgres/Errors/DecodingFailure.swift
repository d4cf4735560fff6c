/// Why a column could not be read as the type that was asked for.
public enum DecodingFailure: Error, Hashable, Sendable {
    /// NULL where the type is not optional.
    case unexpectedNull
    /// The column's type has another number.
    case wrongType(expected: PostgresType, found: UInt32)
    /// The row has fewer columns than were asked for.
    case missingColumn(Int)
    /// The bytes are no value of the type, or one that the type does not admit.
    case malformed(String)
    /// The statement declares no rows, but a row came.
    case noRowsDeclared
}

extension DecodingFailure: CustomStringConvertible {
    /// What was wrong, for a log.
    public var description: String {
        switch self {
        case .unexpectedNull: "NULL where a value was due"
        case .wrongType(let expected, let found): "a column of type \(found) where \(expected.name) was due"
        case .missingColumn(let index): "no column \(index + 1)"
        case .malformed(let what): what
        case .noRowsDeclared: "a row of a statement that declares none"
        }
    }
}
