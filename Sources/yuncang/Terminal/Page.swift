/// What a command shows people: paragraphs, records and tables from top to bottom.
struct Page: Sendable, Equatable {
    private enum Block: Sendable, Equatable {
        case line([StyledText])
        case blank
        case record(Record)
        case table(Table)
    }

    private var blocks: [Block] = []

    /// Adds a line of one or more pieces, which follow each other without spaces.
    mutating func line(_ pieces: StyledText...) {
        blocks.append(.line(pieces))
    }

    /// Adds a line in the current language.
    mutating func line(_ text: Text, _ role: Role = .plain) {
        blocks.append(.line([StyledText(text.current, role)]))
    }

    /// Adds an empty line.
    mutating func blank() {
        blocks.append(.blank)
    }

    /// Adds one thing's properties.
    mutating func record(_ record: Record) {
        blocks.append(.record(record))
    }

    /// Adds a table, or, when it has no rows, a sentence that says so.
    mutating func table(_ table: Table, whenEmpty sentence: Text) {
        if table.rows.isEmpty {
            line(sentence, .quiet)
        } else {
            blocks.append(.table(table))
        }
    }

    /// The whole page, each line ended.
    func rendered(on surface: Surface) -> String {
        blocks.flatMap { lines(of: $0, on: surface) }.map { $0 + "\n" }.joined()
    }

    private func lines(of block: Block, on surface: Surface) -> [String] {
        switch block {
        case .line(let pieces): [pieces.map { surface.style.paint($0.text, $0.role) }.joined()]
        case .blank: [""]
        case .record(let record): record.lines(on: surface)
        case .table(let table): table.lines(on: surface)
        }
    }
}
