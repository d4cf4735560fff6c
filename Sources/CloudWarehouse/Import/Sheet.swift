/// A kind of file: its columns, and what a row of it means.
public protocol Sheet: Sendable {
    associatedtype Column: SheetColumn
    associatedtype Row: Sendable

    /// The value of a row, or nil with at least one problem recorded through the row.
    ///
    /// Rows come in the order of the file, so that a sheet can tell repeated keys.
    mutating func read(_ row: inout SheetRow<Column>) -> Row?
}

/// One row of a sheet while it is read: its cells by column, and what is wrong with them.
public struct SheetRow<Column: SheetColumn> {
    /// The line on which the row starts, counted from 1.
    public let line: Int
    let record: CSVRecord
    let layout: SheetLayout<Column>
    private(set) var problems: [ImportProblem] = []

    init(_ record: CSVRecord, layout: SheetLayout<Column>) {
        line = record.line
        self.record = record
        self.layout = layout
    }

    /// The text of a cell; nil when the file has no such column or the cell is empty.
    public func text(_ column: Column) -> String? {
        guard let index = layout.indices[column], index < record.count else { return nil }
        let text = Self.unwrapped(record[index])
        return text.isEmpty ? nil : text
    }

    /// Whether the file has such a column.
    public func has(_ column: Column) -> Bool { layout.indices[column] != nil }

    /// The row as it stands in the file.
    public var raw: RawRow { RawRow(record: record) }

    /// Records what keeps a workbook's cell from being relied on; false when nothing does.
    mutating func refusesFault(_ column: Column) -> Bool {
        guard let index = layout.indices[column], let fault = record.faults[index] else { return false }
        refuse(column, .unreadableCell(fault))
        return true
    }

    /// The text without what keeps a spreadsheet from taking it for a number or a formula: `="0123"`, `'0123`, `'=x`.
    private static func unwrapped(_ text: String) -> String {
        var text = text
        if text.first == "'", let second = text.dropFirst().unicodeScalars.first,
            ("0"..."9").contains(second) || "=+-@".unicodeScalars.contains(second)
        {
            text.removeFirst()
        }
        if text.hasPrefix("=\""), text.hasSuffix("\""), text.count >= 3 {
            text = String(text.dropFirst(2).dropLast()).replacing("\"\"", with: "\"")
            while text.first == " " || text.first == "\t" { text.removeFirst() }
        }
        return text
    }

    /// The cell as a value; when `parse` refuses it or it is empty, nil with the problem recorded.
    public mutating func value<Value>(
        _ column: Column, _ parse: (String) throws(InvalidValue) -> Value
    ) -> Value? {
        if refusesFault(column) { return nil }
        guard let text = text(column) else {
            refuse(column, .emptyField)
            return nil
        }
        do throws(InvalidValue) {
            return try parse(text)
        } catch {
            refuse(column, .invalid(error))
            return nil
        }
    }

    /// Records what is wrong with a cell.
    public mutating func refuse(_ column: Column, _ reason: ImportProblem.Reason) {
        let heading = layout.heading(of: column)
        problems.append(ImportProblem(reason, line: line, column: heading))
    }
}
