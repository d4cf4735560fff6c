internal import CloudWarehouse
internal import Spreadsheet

/// Rows of text for a new file, CSV or .xlsx by its ending, in which digits stay text and nothing is a formula.
struct NewTable {
    /// The headings first.
    let rows: [[String]]

    /// Whether a file of that name is a workbook.
    static func isWorkbook(_ path: String) -> Bool { path.lowercased().hasSuffix(".xlsx") }

    /// Writes a new file; one that is there already is never overwritten.
    func write(to path: String) throws(CommandFailure) {
        if Self.isWorkbook(path) {
            var workbook = WorkbookWriter(sheet: "Sheet1")
            for row in rows { workbook.append(row) }
            return try SmallFile(path: path).create(workbook.finished())
        }
        var csv = CSVWriter()
        for row in rows { csv.append(row) }
        // A byte order mark: Excel takes a CSV file without it for something else than UTF-8.
        try SmallFile(path: path).create("\u{FEFF}" + csv.text)
    }
}

extension Output {
    /// Says that nobody looks at these columns of a file.
    func noteUnused(_ headings: [String]) {
        let headings = headings.filter { !RefusedRows.problemHeadings.contains($0) && !$0.isEmpty }
        guard !headings.isEmpty else { return }
        let list = headings.map(ControlCharacters.neutralised).joined(separator: ", ")
        note(
            Text(
                en: "these columns are not used: \(list) (map them with --map column=heading)",
                zh: "这些列没有用到：\(list)（可用 --map 列=标题 对应）"), .warning)
    }
}
