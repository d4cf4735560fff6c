/// The rows of one page of a list, and whether more follow.
struct Listed<Row: Sendable>: Sendable {
    /// As many as were asked for, or fewer at the end.
    let rows: [Row]
    /// Whether there is another page.
    let hasMore: Bool

    /// Reads a page by `fetch`, which gives at most so many rows after a position; a page that is full is followed by a
    /// look at whether there is one more row.
    static func page<Position>(
        after: Position?, limit: Int32, position: (Row) -> Position,
        _ fetch: (Position?, Int32) async throws -> [Row]
    ) async throws -> Listed {
        let rows = try await fetch(after, limit)
        guard rows.count == Int(limit), let last = rows.last else { return Listed(rows: rows, hasMore: false) }
        return Listed(rows: rows, hasMore: try await !fetch(position(last), 1).isEmpty)
    }
}

/// The command that shows the page after this one, as it would be typed.
struct NextPage {
    /// The whole command line.
    let command: String

    /// `command` with the options that were given this time, and where the next page begins.
    init(
        _ command: String, after position: String, limit: Int32, filters: [(option: String, value: String?)] = [],
        database: DatabaseOptions, global: GlobalOptions
    ) {
        let page: [(option: String, value: String?)] = [
            ("--after", position), ("--limit", "\(limit)"), ("--base", database.base), ("--profile", global.profile),
        ]
        let options = filters + page
        self.command = options.reduce("yuncang \(command)") { line, option in
            option.value.map { "\(line) \(option.option) \(ShellWord.quoted($0))" } ?? line
        }
    }
}

/// A word of a command line.
enum ShellWord {
    /// The text as a shell takes it for one word.
    static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 43, 45, 46, 47, 58, 61, 64, 95: true
            default: false
            }
        }
        return plain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
