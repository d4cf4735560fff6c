internal import JSON

/// Everything that a command shows, in the form that was asked for.
///
/// Results go to standard output, all else to standard error. As JSON, standard output holds the results' values, one
/// a line, and standard error at most one object `{"error": …}`; hints and warnings for people are left out.
final class Output: Sendable {
    /// For whom the output is.
    enum Format: Sendable, Equatable {
        /// People.
        case text
        /// Programs.
        case json
    }

    /// For whom the output is.
    let format: Format
    private let standardOutput: Channel
    private let standardError: Channel

    /// Output through these channels.
    init(standardOutput: Channel, standardError: Channel, format: Format) {
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.format = format
    }

    /// Whether nothing more can be shown, because the reader went away or the disk is full.
    var isUnread: Bool { standardOutput.failure != nil }

    /// Shows a result.
    func show(_ value: some Presentable) {
        switch format {
        case .text:
            var page = Page()
            value.show(on: &page)
            standardOutput.write(page.rendered(on: standardOutput.surface))
        case .json:
            var json = JSONWriter()
            value.write(to: &json)
            write(json, to: standardOutput)
        }
    }

    /// Passes on a file's content that yuncang has made itself, byte for byte, whatever the format.
    func pass(_ content: String) {
        standardOutput.write(content.hasSuffix("\n") ? content : content + "\n")
    }

    /// Says something to people beside the result, such as what is being waited for.
    func note(_ text: Text, _ role: Role = .plain) {
        guard format == .text else { return }
        var page = Page()
        page.line(Text.verbatim(Redaction.redacted(text.current)), role)
        standardError.write(page.rendered(on: standardError.surface))
    }

    /// Proposes what to do after a success, to a person at a terminal only.
    func hint(_ steps: NextStep...) {
        guard format == .text, standardError.isTerminal else { return }
        standardError.write(steps.map { $0.line(on: standardError.surface) + "\n" }.joined())
    }

    /// Says that a list goes on, and how to see more of it: to people, in a pipe too, since an end must not be taken for the
    /// last one. A program sees it by the number of rows.
    func more(_ page: NextPage) {
        note(Text(en: "there is more: \(page.command)", zh: "还有更多：\(page.command)"), .quiet)
    }

    /// Tells of a failure, with its next steps, in a pipe too.
    func report(_ failure: CommandFailure) {
        switch format {
        case .text:
            let lines = failure.lines(on: standardError.surface)
            standardError.write(lines.map { $0 + "\n" }.joined())
        case .json:
            var json = JSONWriter()
            failure.write(to: &json)
            write(json, to: standardError)
        }
    }

    /// Starts to show how far work has come: on a terminal, even if the result goes to a program.
    func progress(_ label: Text, total: Int?, isSteady: Bool = true) -> ProgressDisplay {
        ProgressDisplay(ProgressBar(label: label, total: total, isSteady: isSteady), on: standardError)
    }

    private func write(_ json: borrowing JSONWriter, to channel: Channel) {
        let text = String(decoding: json.bytes, as: UTF8.self)
        channel.write(ControlCharacters.escapedInJSON(text) + "\n")
    }
}
