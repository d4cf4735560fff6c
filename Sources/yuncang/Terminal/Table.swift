/// Rows under headings, aligned by what a terminal really shows.
///
/// On a terminal that is too narrow, columns of words give way, the widest first, and end in `…`. Numbers, keys and terms are
/// never cut, since a cut number is another number, a cut key is none, and a cut day may be any; rather the line is longer than
/// the terminal. In a pipe nothing is cut.
struct Table: Sendable, Equatable {
    /// A column's heading and how its cells stand.
    struct Column: Sendable, Equatable {
        /// Shown above the cells.
        let title: StyledText
        /// Words lead, numbers trail.
        let alignment: Alignment
        /// Whether a narrow terminal may cut its cells.
        let mayBeCut: Bool

        /// A column of words, which may be cut.
        static func words(_ title: Text) -> Column {
            Column(title: StyledText(title.current, .heading), alignment: .leading, mayBeCut: true)
        }

        /// A column of what is typed again elsewhere, such as codes and ids, which are never cut.
        static func keys(_ title: Text) -> Column {
            Column(title: StyledText(title.current, .heading), alignment: .leading, mayBeCut: false)
        }

        /// A column of times, places, or words out of a few, such as states: short, and nothing without their ends.
        static func terms(_ title: Text) -> Column { keys(title) }

        /// A column of numbers, which are never cut.
        static func numbers(_ title: Text) -> Column {
            Column(title: StyledText(title.current, .heading), alignment: .trailing, mayBeCut: false)
        }
    }

    /// From left to right.
    let columns: [Column]
    /// Each with one cell per column.
    private(set) var rows: [[StyledText]] = []

    /// A table without rows.
    init(_ columns: [Column]) {
        precondition(!columns.isEmpty, "a table needs a column")
        self.columns = columns
    }

    /// Adds a row, which must have one cell per column.
    mutating func append(_ cells: [StyledText]) {
        precondition(cells.count == columns.count, "a row has one cell per column")
        rows.append(cells)
    }

    /// One line per row, the headings first, without spaces at the end of a line.
    func lines(on surface: Surface) -> [String] {
        let widths = TableLayout(table: self, width: surface.width).widths(within: surface.columns)
        return ([columns.map(\.title)] + rows).map { line(of: $0, widths: widths, on: surface) }
    }

    private func line(of cells: [StyledText], widths: [Int], on surface: Surface) -> String {
        var line = ""
        var pendingSpaces = 0
        for (index, cell) in cells.enumerated() {
            let text = surface.width.truncated(cell.text, to: widths[index])
            let padding = widths[index] - surface.width.columns(of: text)
            let before = columns[index].alignment == .trailing ? padding : 0
            pendingSpaces += (index == 0 ? 0 : TableLayout.gap) + before
            if !text.isEmpty {
                line += String(repeating: " ", count: pendingSpaces) + surface.style.paint(text, cell.role)
                pendingSpaces = 0
            }
            pendingSpaces += padding - before
        }
        return line
    }
}
