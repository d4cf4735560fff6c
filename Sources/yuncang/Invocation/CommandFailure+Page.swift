extension CommandFailure {
    /// The failure as lines for people: what, then why, remedy and next steps, indented under it.
    func lines(on surface: Surface) -> [String] {
        let heading = Text(en: "error: ", zh: "错误：").current
        var lines = [surface.style.paint(heading, .bad) + Self.neutral(what)]
        let details: [(label: Text, text: String)] =
            ((why ?? detailLines).map { [(Text(en: "why:", zh: "原因："), $0.current)] } ?? [])
            + (remedy.map { [(Text(en: "do:", zh: "办法："), $0.current)] } ?? [])
        for detail in details {
            lines += indented(detail.text, under: detail.label, on: surface)
        }
        return lines + next.map { $0.line(on: surface, indent: "  ") }
    }

    /// One line without indentation: line breaks and escapes in it are made visible, passwords hidden.
    private static func neutral(_ text: Text) -> String {
        ControlCharacters.neutralised(Redaction.redacted(text.current))
    }

    /// Wrapped under its label. Line breaks are kept, but every line is indented: none can pose as another error.
    private func indented(_ text: String, under label: Text, on surface: Surface) -> [String] {
        let head = "  " + surface.width.padded(label.current, to: 6)
        let indent = surface.width.columns(of: head)
        let paragraphs = Redaction.redacted(text).split(separator: "\n")
            .map { ControlCharacters.neutralised(String($0)) }
        let wrapping = TextWrapping(width: surface.width)
        let wrapped = paragraphs.flatMap { paragraph in
            surface.columns == nil
                ? [paragraph]
                : wrapping.lines(of: paragraph, columns: max(20, surface.columnsForProse - indent))
        }
        return wrapped.enumerated().map { index, line in
            (index == 0 ? surface.style.paint(head, .quiet) : String(repeating: " ", count: indent)) + line
        }
    }
}

extension NextStep {
    /// `next: yuncang doctor  (what is wrong with this installation)`
    func line(on surface: Surface, indent: String = "") -> String {
        let label = surface.width.padded(Text(en: "next:", zh: "接着：").current, to: 6)
        let command = ControlCharacters.neutralised(Redaction.redacted(command))
        let purpose = ControlCharacters.neutralised(purpose.current)
        return indent + surface.style.paint(label, .quiet) + surface.style.paint(command, .command)
            + surface.style.paint(Text(en: "  (\(purpose))", zh: "（\(purpose)）").current, .quiet)
    }
}
