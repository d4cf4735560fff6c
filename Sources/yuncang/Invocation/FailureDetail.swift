internal import JSON

/// One of several things that are wrong, and where it is, in words that a person can act on.
struct FailureDetail: Sendable, Equatable {
    /// At most so many are shown to people; the rest is counted. Programs get all that are listed.
    static let shownAtMost = 20

    /// A stable name for programs.
    let code: String
    /// The line of a file, counted from 1; nil when it is about no file.
    let line: Int?
    /// The heading of a column; nil when the whole row or file is meant.
    let column: String?
    /// What is wrong and what would be right.
    let text: Text

    /// A detail with these fields.
    init(code: String, line: Int? = nil, column: String? = nil, text: Text) {
        self.code = code
        self.line = line
        self.column = column
        self.text = text
    }

    /// `line 812, column 销量(千克): …`; what steers a terminal is made visible, since headings come from anywhere.
    var located: Text {
        let heading = column.map(ControlCharacters.neutralised)
        return switch (line, heading) {
        case (let line?, let heading?):
            Text(en: "line \(line), column \(heading): \(text.en)", zh: "第 \(line) 行，列 \(heading)：\(text.zh)")
        case (let line?, nil): Text(en: "line \(line): \(text.en)", zh: "第 \(line) 行：\(text.zh)")
        case (nil, let heading?): Text(en: "column \(heading): \(text.en)", zh: "列 \(heading)：\(text.zh)")
        case (nil, nil): text
        }
    }

    /// `{"line":812,"column":"销量(千克)","code":"invalid_value","text":…}`
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("line")
        if let line { json.integer(Int64(line)) } else { json.null() }
        json.member("column", column)
        json.member("code", code)
        json.member("text", Redaction.redacted(text.current))
        json.endObject()
    }
}

extension CommandFailure {
    /// The details as people see them: the first ones, a line each, and how many more there are.
    var detailLines: Text? {
        guard !details.isEmpty else { return nil }
        let shown = details.prefix(FailureDetail.shownAtMost).map(\.located)
        let rest = detailCount - shown.count
        let more =
            rest > 0
            ? [Text(en: "and \(rest) more; all of them as JSON with --json", zh: "另有 \(rest) 个问题；加 --json 可输出为 JSON")]
            : []
        return Text(
            en: (shown + more).map(\.en).joined(separator: "\n"), zh: (shown + more).map(\.zh).joined(separator: "\n"))
    }
}
