/// Where the columns of a sheet stand in one file, found from its first row.
struct SheetLayout<Column: SheetColumn>: Sendable {
    let mapping: ColumnMapping<Column>
    let indices: [Column: Int]
    /// The headings that stand for no column.
    let unused: [String]
    /// How many fields each row has.
    let width: Int

    /// Finds the columns, and records every one that is missing or there twice.
    init?(header: CSVRecord, mapping: ColumnMapping<Column>, problems: inout ImportProblems) {
        let headings = (0..<header.count).map { header[$0] }
        var indices: [Column: Int] = [:]
        let before = problems.count
        for column in Column.allCases {
            let heading = mapping.heading(of: column)
            let named = headings.indices.filter { headings[$0] == heading }
            // A sheet may also be headed by the columns' own names.
            let places = named.isEmpty ? headings.indices.filter { headings[$0] == column.rawValue } : named
            if places.count > 1 {
                problems.append(ImportProblem(.repeatedColumn, line: header.line, column: heading))
            } else if let place = places.first {
                indices[column] = place
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
        width = header.count
    }
}
