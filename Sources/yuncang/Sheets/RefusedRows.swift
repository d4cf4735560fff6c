internal import CloudWarehouse
internal import Glibc

/// The rows of a sheet that were not imported, with what is wrong with each: to be mended and imported again.
struct RefusedRows {
    /// The headings of the column that tells what is wrong, in every language: a file that was mended has one already.
    static let problemHeadings = ["problem", "问题"]

    private let table: NewTable

    /// The refused rows of a file that was read.
    init<Kind: Sheet>(_ contents: SheetFile.Contents<Kind>) {
        let problems = Dictionary(grouping: contents.problems.listed, by: \.line)
        self.init(
            headings: contents.headings,
            rows: contents.refused.map { row in (row, problems[row.line, default: []].map { FailureDetail($0) }) })
    }

    /// These rows, with what is wrong with each.
    init(headings: [String], rows: [(raw: RawRow, details: [FailureDetail])]) {
        let old = headings.indices.filter { Self.problemHeadings.contains(headings[$0]) }
        let kept = headings.indices.filter { !old.contains($0) }
        var table = [kept.map { headings[$0] } + [Text(en: "problem", zh: "问题").current]]
        for row in rows {
            let reasons = row.details.map(\.located.current).joined(separator: "; ")
            // A row may have more or fewer cells than the header.
            let cells = row.raw.cells.enumerated().filter { !old.contains($0.offset) }.map(\.element)
            let padding = [String](repeating: "", count: max(0, kept.count - cells.count))
            table.append(cells + padding + [reasons])
        }
        self.table = NewTable(rows: table)
    }

    /// Writes them to a new file.
    func write(to path: String) throws(CommandFailure) {
        try table.write(to: path)
    }

    /// A new file beside the one that was read, of its kind.
    static func path(beside file: String) -> String {
        let name = file.split(separator: "/").last ?? ""
        let ending = name.lastIndex(of: ".").map { String(name[$0...].lowercased()) } ?? ""
        let stem = ending.isEmpty ? file : String(file.dropLast(ending.count))
        let kind = ending == ".xlsx" ? ".xlsx" : ".csv"
        let candidates = [".refused"] + (2...99).map { ".refused-\($0)" }
        return candidates.map { stem + $0 + kind }.first { access($0, F_OK) != 0 } ?? stem + ".refused" + kind
    }
}

extension CommandFailure {
    /// A file with problems, of which nothing was taken.
    init(_ problems: ImportProblems, in file: String, undone: Text, remedy: Text) {
        self.init(
            .badInput,
            what: Text(
                en: "\(file): \(Text.count(problems.count, "problem")), \(undone.en)",
                zh: "\(file)：\(problems.count) 个问题，\(undone.zh)"),
            remedy: remedy)
        details = problems.listed.map { FailureDetail($0) }
        detailCount = problems.count
    }
}

extension SheetFile.Failure: ExplainedFailure {
    /// A file that cannot be read at all.
    var commandFailure: CommandFailure {
        CommandFailure(
            .noInput, what: Text(en: "the file cannot be read", zh: "文件无法读取"), why: .system(code, at: path))
    }
}
