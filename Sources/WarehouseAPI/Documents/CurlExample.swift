internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// A route's example as a command that works when it is copied into a shell that has `YUNCANG` and `TOKEN`,
/// and `KEY` for what is shown to overlays.
struct CurlExample: Sendable {
    private let route: Route
    private let guide: RouteGuide

    init(_ route: Route, _ guide: RouteGuide) {
        self.route = route
        self.guide = guide
    }

    /// The target of the example, with variables for what commands before have kept.
    var target: String {
        let segments = route.path.split(separator: "/").map { segment in
            segment.hasPrefix("{") ? guide.path[String(segment.dropFirst().dropLast())] ?? "" : String(segment)
        }
        let query = guide.query.map { "\($0.name)=\($0.value.replacing(" ", with: "+"))" }.joined(separator: "&")
        return "/" + segments.joined(separator: "/") + (query.isEmpty ? "" : "?" + query)
    }

    /// The command.
    var command: String {
        var words = ["curl -sS"]
        if let bearer { words.append(#"-H "Authorization: Bearer $\#(bearer)""#) }
        if route.method == .put || route.method == .post && guide.body == nil {
            words.append("-X \(route.method.rawValue)")
        }
        if let body = guide.body {
            words.append("-H 'Content-Type: application/json'")
            // A variable stands outside of the quotes that keep the shell from the rest.
            let quoted = Self.quoted(PrettyJSON.text(of: body))
            words.append("-d " + RouteGuide.filled(quoted) { "'\"$\($0)\"'" })
        }
        // What is no text is for a file, and for no terminal.
        if let picture = route.formats.first?.name, picture.hasPrefix("image/") {
            words.append("-o picture." + picture.dropFirst("image/".count))
        }
        words.append("\"$YUNCANG\(target)\"")
        let command = words.joined(separator: body == nil ? " " : " \\\n  ")
        guard let kept = guide.keeps else { return command }
        return "\(kept.variable)=$(\(command) | tee /dev/stderr | sed 's/.*\"\(kept.member)\":\"\\([^\"]*\\)\".*/\\1/')"
    }

    /// The variable of the shell with what is shown.
    private var bearer: String? {
        switch route.audience {
        case .roles: "TOKEN"
        case .overlays: "KEY"
        case .everyone, .visitors, .people: nil
        }
    }

    private var body: String? { guide.body }

    /// A word of a shell, whatever it holds.
    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: #"'\''"#))'" }
}

/// JSON for people: indented, with what is short on one line.
enum PrettyJSON {
    /// How many bytes may stand on one line.
    private static let width = 72

    /// A document; what is no JSON stays as it is.
    static func text(of document: String) -> String {
        guard let value = try? JSONType<JSONValue>.any.read(Array(document.utf8)) else { return document }
        return text(of: value, indent: "")
    }

    private static func text(of value: JSONValue, indent: String) -> String {
        let compact = String(decoding: JSONType<JSONValue>.any.bytes(of: value), as: UTF8.self)
        if indent.utf8.count + compact.utf8.count <= width { return compact }
        let inner = indent + "  "
        switch value {
        case .array(let elements):
            let lines = elements.map { inner + text(of: $0, indent: inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members):
            let lines = members.map { member in
                let name = String(decoding: JSONType<JSONValue>.any.bytes(of: .string(member.name)), as: UTF8.self)
                return "\(inner)\(name): \(text(of: member.value, indent: inner))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        default: return compact
        }
    }
}
