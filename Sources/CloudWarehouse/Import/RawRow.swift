/// A row as it stands in its file, kept whole in few bytes.
public struct RawRow: Hashable, Sendable {
    let record: CSVRecord

    /// The line on which the row starts, counted from 1; of a workbook, the row's number.
    public var line: Int { record.line }
    /// Its cells, as text.
    public var cells: [String] { record.cells }
}
