/// One SQL statement as a value: the text, what it binds, and how a row of it reads.
///
/// ```swift
/// struct OnHand: Statement {
///     var sku: SKUCode
///     static let sql = """
///         SELECT location_id, on_hand FROM balance WHERE sku_code = $1
///         """
///     func bind(to parameters: inout Parameters) { parameters.append(sku) }
///     static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (LocationID, Quantity) {
///         (try row.next(), try row.next())
///     }
/// }
/// ```
/// A connection prepares it on first use. Values are only ever bound, never written into the text.
public protocol Statement: Sendable {
    /// What one row reads as.
    associatedtype Row: Sendable
    /// The text, with explicit columns and `$1`, `$2` … for what is bound.
    static var sql: String { get }
    /// Appends the values of `$1`, `$2` …, in that order and always of the same types.
    func bind(to parameters: inout Parameters)
    /// Reads a row, column by column from the left; which columns are read must not depend on their values.
    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Row
}

/// A statement that returns no rows.
public protocol Command: Statement where Row == NoRow {}

/// A row that never comes.
public enum NoRow: Sendable {}

extension Command {
    /// Fails: the statement declares no rows.
    public static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> NoRow {
        throw .noRowsDeclared
    }
}

extension Statement {
    /// The types of its parameters, in order.
    public var parameterTypes: [UInt32] {
        var parameters = Parameters()
        bind(to: &parameters)
        return parameters.types
    }

    /// The types of the columns that it reads, in order, found by reading a row of samples.
    public static func columnTypes() throws(DecodingFailure) -> [PostgresType] {
        if Row.self == NoRow.self { return [] }
        var decoder = RowDecoder()
        _ = try decode(&decoder)
        return decoder.sampled
    }
}
