/// One place where what is stored is not what the ledger and the orders explain.
public struct Difference: Hashable, Sendable {
    /// The table of the row that is wrong.
    public let table: String
    /// The row, in the words of its key.
    public let row: String
    /// The column that is wrong.
    public let column: String
    /// What is stored; nil when there is no row.
    public let stored: String?
    /// What should be; nil when there should be no row.
    public let expected: String?
}

extension Difference: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        "\(table) \(row): \(column) is \(stored ?? "missing"), should be \(expected ?? "missing")"
    }
}
