internal import CloudWarehouse

/// The rows of a sheet that were not imported, with what is wrong with each: to be mended and imported again.
struct RefusedRows {
    private var csv = CSVWriter()

    /// The refused rows of a file that was read.
    init<Kind: Sheet>(_ contents: SheetFile.Contents<Kind>) {
        let problems = Dictionary(grouping: contents.problems.listed, by: \.line)
        csv.append(contents.headings + [Text(en: "problem", zh: "问题").current])
        for row in contents.refused {
            let reasons = problems[row.line, default: []].map { FailureDetail($0).located.current }.joined(
                separator: "; ")
            csv.append(row.cells + [reasons])
        }
    }

    /// Writes them to a new file.
    func write(to path: String) throws(CommandFailure) {
        // A byte order mark: Excel takes a CSV file without it for something else than UTF-8.
        try SmallFile(path: path).create("\u{FEFF}" + csv.text)
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
