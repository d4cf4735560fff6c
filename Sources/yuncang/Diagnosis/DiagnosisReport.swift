internal import JSON

/// Everything that was looked at, in order.
struct DiagnosisReport: Presentable {
    /// One for each thing.
    let diagnoses: [Diagnosis]

    /// 3 when there is a problem; a warning alone is none.
    var status: ExitStatus { count(of: .problem) == 0 ? .success : .differences }

    func show(on page: inout Page) {
        var record = Record()
        for diagnosis in diagnoses { diagnosis.add(to: &record) }
        page.record(record)
        page.blank()
        page.line(summary, count(of: .problem) > 0 ? .bad : count(of: .warning) > 0 ? .warning : .good)
    }

    /// `[{"check":"version","verdict":"ok","found":…,"remedy":null,"next":[{"command":…,"purpose":…}]}]`
    func write(to json: inout JSONWriter) {
        json.beginArray()
        for diagnosis in diagnoses { diagnosis.write(to: &json) }
        json.endArray()
    }

    private var summary: Text {
        let problems = count(of: .problem)
        let warnings = count(of: .warning)
        let skipped = count(of: .notExamined)
        return Text(
            en: "\(Self.counted(problems, "problem")), \(Self.counted(warnings, "warning"))"
                + (skipped == 0 ? "" : ", \(skipped) not looked at"),
            zh: "\(problems) 个问题，\(warnings) 个注意事项" + (skipped == 0 ? "" : "，\(skipped) 项未检查"))
    }

    private func count(of verdict: Diagnosis.Verdict) -> Int {
        diagnoses.count { $0.verdict == verdict }
    }

    private static func counted(_ number: Int, _ noun: String) -> String {
        "\(number == 0 ? "no" : "\(number)") \(noun)\(number == 1 ? "" : "s")"
    }
}

extension Diagnosis {
    /// `✗ problem  migrations  schema yuncang is not migrated`, with what to do and what next below.
    fileprivate func add(to record: inout Record) {
        let label = StyledText("\(verdict.sign) \(verdict.word.current)  \(check.name.current)", verdict.role)
        record.append(label, Self.line(found))
        if let remedy { record.append("", Self.line(remedy, after: Text(en: "do: ", zh: "办法："))) }
        for step in next {
            let purpose = Text(en: "  (\(step.purpose.en))", zh: "（\(step.purpose.zh)）").current
            record.append(
                "",
                Self.line(
                    .verbatim(step.command + purpose), after: Text(en: "next: ", zh: "接着："), role: .command))
        }
    }

    private static func line(_ text: Text, after label: Text? = nil, role: Role = .plain) -> StyledText {
        StyledText((label?.current ?? "") + Redaction.redacted(text.current), role)
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("check", check.rawValue)
        json.member("verdict", verdict.rawValue)
        json.member("found", Redaction.redacted(found.current))
        json.member("remedy", remedy.map { Redaction.redacted($0.current) })
        json.key("next")
        json.beginArray()
        for step in next {
            json.beginObject()
            json.member("command", Redaction.redacted(step.command))
            json.member("purpose", step.purpose.current)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
