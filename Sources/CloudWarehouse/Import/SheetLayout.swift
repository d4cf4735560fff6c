/// Where the columns of a sheet stand in one file, found from its first row.
struct SheetLayout<Column: SheetColumn>: Sendable {
    let mapping: ColumnMapping<Column>
    let indices: [Column: Int]
    /// The headings under which columns stand in the file, but for those headed by their own names.
    private let found: [Column: String]
    /// The headings that stand for no column.
    let unused: [String]
    /// How many fields each row has.
    let width: Int

    /// Finds the columns, and records every one that is missing or there twice.
    init?(header: CSVRecord, mapping: ColumnMapping<Column>, problems: inout ImportProblems) {
        let headings = (0..<header.count).map { header[$0] }
        var indices: [Column: Int] = [:]
        var found: [Column: String] = [:]
        let before = problems.count
        // Columns that were named come first, so that no other is guessed to stand there.
        for column in Column.allCases.filter(mapping.named.contains)
            + Column.allCases.filter({ !mapping.named.contains($0) })
        {
            let heading = mapping.heading(of: column)
            // A sheet may also be headed by the columns' own names.
            let guesses = (mapping.named.contains(column) ? [] : column.otherHeadings) + [column.rawValue]
            let free = headings.indices.filter { !indices.values.contains($0) }
            let places =
                ([heading] + guesses).lazy.map { guess in free.filter { headings[$0] == guess } }.first { !$0.isEmpty }
                ?? []
            if places.count > 1 {
                problems.append(ImportProblem(.repeatedColumn, line: header.line, column: headings[places[0]]))
            } else if let place = places.first {
                indices[column] = place
                if headings[place] != column.rawValue { found[column] = headings[place] }
            } else if column.isRequired {
                problems.append(
                    ImportProblem(
                        .missingColumn(option: column.rawValue, headings: headings), line: header.line, column: heading)
                )
            }
        }
        guard problems.count == before else { return nil }
        unused = headings.indices.filter { !indices.values.contains($0) }.map { headings[$0] }
        self.mapping = mapping
        self.indices = indices
        self.found = found
        width = header.count
    }

    /// What people know a column by: its heading in the file, or the one that it should have.
    func heading(of column: Column) -> String { found[column] ?? mapping.heading(of: column) }
}
