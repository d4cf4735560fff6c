internal import Spreadsheet

/// One row of a CSV file, quotes resolved, or of a workbook's sheet.
struct CSVRecord: Hashable, Sendable {
    /// The line on which the row starts, counted from 1.
    let line: Int
    private let bytes: [UInt8]
    private let ends: [Int]
    /// The cells of a workbook of which the true value is not there, by their places.
    let faults: [Int: CellFault]

    /// A row whose fields stand one after the other in `bytes`, each ending where `ends` says.
    init(line: Int, bytes: [UInt8], ends: [Int]) {
        self.line = line
        self.bytes = bytes
        self.ends = ends
        faults = [:]
    }

    /// A row of a workbook's sheet, in as many fields as the header has: cells beyond them stand under no heading. The header
    /// itself has no such width.
    init(_ row: SpreadsheetRow, width: Int?) {
        line = row.number
        var bytes: [UInt8] = []
        var ends: [Int] = []
        var faults: [Int: CellFault] = [:]
        for (index, cell) in row.cells.prefix(width ?? row.cells.count).enumerated() {
            bytes += Array(cell.text.utf8)
            ends.append(bytes.count)
            if case .fault(let fault) = cell { faults[index] = fault }
        }
        while ends.count < width ?? 0 { ends.append(bytes.count) }
        self.bytes = bytes
        self.ends = ends
        self.faults = faults
    }

    var count: Int { ends.count }

    /// Whether the row is a line with nothing on it.
    var isBlank: Bool { count == 1 && bytes.isEmpty }

    /// The text of a field, without the white space around it.
    subscript(index: Int) -> String {
        var range = (index == 0 ? 0 : ends[index - 1])..<ends[index]
        while let first = range.first, Self.isSpace(bytes[first]) { range.removeFirst() }
        while let last = range.last, Self.isSpace(bytes[last]) { range.removeLast() }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// All cells, as text.
    var cells: [String] { (0..<count).map { self[$0] } }
}
