internal import JSON

extension CommandFailure {
    /// `{"error":{"code":"unavailable","exit":69,"what":…,"why":…,"remedy":…,"next":[{"command":…,"purpose":…}]}}`.
    ///
    /// Texts are in the language of the invocation, passwords hidden; `why` and `remedy` are null when there is none. Where
    /// several things are wrong, `problems` lists them with `line`, `column`, `code` and `text`, and `problem_count` says how
    /// many there are.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("error")
        json.beginObject()
        json.key("code")
        json.string(status.name)
        json.key("exit")
        json.integer(Int64(status.rawValue))
        json.key("what")
        json.string(Redaction.redacted(what.current))
        Self.write(why, as: "why", to: &json)
        Self.write(remedy, as: "remedy", to: &json)
        json.key("next")
        json.beginArray()
        for step in next {
            json.beginObject()
            json.key("command")
            json.string(Redaction.redacted(step.command))
            json.key("purpose")
            json.string(step.purpose.current)
            json.endObject()
        }
        json.endArray()
        if !details.isEmpty {
            json.key("problems")
            json.beginArray()
            for detail in details { detail.write(to: &json) }
            json.endArray()
            json.member("problem_count", detailCount)
        }
        json.endObject()
        json.endObject()
    }

    private static func write(_ text: Text?, as name: String, to json: inout JSONWriter) {
        json.key(name)
        if let text {
            json.string(Redaction.redacted(text.current))
        } else {
            json.null()
        }
    }
}
