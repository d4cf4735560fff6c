internal import CPostgres

/// Where and how to connect, as libpq reads it: a URL, `key=value` words, and the PG* environment for what they leave out.
///
/// Several hosts (`host=a,b`) are tried in order, and `target_session_attrs` picks among them; TLS is libpq's, by its
/// own keywords (`sslmode`, `sslrootcert` …).
public struct ConnectionOptions: Sendable {
    /// libpq's keywords and their values, as given; later ones win.
    var settings: [(keyword: String, value: String)]

    /// Settings of the session, such as `search_path`, that hold from its first statement on.
    public var session: [(name: String, value: String)] = []

    /// Options from a URL (`postgresql://user@host/db?sslmode=require`) or `key=value` words; empty text means the
    /// environment alone.
    ///
    /// - Throws: ``ConnectFailure/Kind/badOptions`` with libpq's words; a password in the text is not repeated.
    public init(_ text: String) throws(ConnectFailure) {
        var message: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            let words = message.map { String(cString: $0) } ?? "not a connection string"
            throw ConnectFailure(kind: .badOptions, message: Self.withoutSecrets(words, of: text))
        }
        defer { PQconninfoFree(parsed) }
        settings = Self.given(in: parsed)
    }

    /// These options with one of libpq's keywords set, such as `dbname` or `application_name`.
    public func setting(_ keyword: String, to value: String) -> ConnectionOptions {
        var copy = self
        copy.settings.append((keyword, value))
        return copy
    }

    /// These options with a setting of the session, such as `search_path` or `statement_timeout`.
    public func session(_ name: String, _ value: String) -> ConnectionOptions {
        var copy = self
        copy.session.append((name, value))
        return copy
    }

    /// The value that libpq will use for a keyword: what was given, else the environment's, else its own default.
    public func effectiveValue(of keyword: String) -> String? {
        if let given = settings.last(where: { $0.keyword == keyword }) { return given.value }
        guard let defaults = PQconndefaults() else { return nil }
        defer { PQconninfoFree(defaults) }
        return Self.given(in: defaults).first { $0.keyword == keyword }?.value
    }

    /// What libpq gets: the settings, the session's as `options`, and text as UTF-8.
    var forLibpq: [(keyword: String, value: String)] {
        var all = settings
        let words = session.map { "-c \($0.name)=\(Self.escaped($0.value))" }
        if !words.isEmpty {
            let given = effectiveValue(of: "options").map { [$0] } ?? []
            all.append(("options", (given + words).joined(separator: " ")))
        }
        all.append(("client_encoding", "UTF8"))
        if effectiveValue(of: "application_name") == nil { all.append(("application_name", "yuncang")) }
        return all
    }

    /// Words of `options` are split at spaces unless a backslash precedes them.
    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if character == "\\" || character == " " { text.append("\\") }
            text.append(character)
        }
    }

    private static func given(
        in options: UnsafeMutablePointer<PQconninfoOption>
    ) -> [(keyword: String, value: String)] {
        var found: [(keyword: String, value: String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found.append((String(cString: keyword), String(cString: value))) }
            option += 1
        }
        return found
    }

    /// libpq quotes the part that it does not understand, which may be the one with the password.
    private static func withoutSecrets(_ message: String, of text: String) -> String {
        let holdsSecret = text.contains("@") || text.contains("password")
        return holdsSecret
            ? "the connection string cannot be read (not repeated here: it may hold a password)" : message
    }
}

extension ConnectionOptions: CustomStringConvertible {
    /// The settings as `key=value` words, without password.
    public var description: String {
        var last: [String: String] = [:]
        for (keyword, value) in settings { last[keyword] = value }
        last["password"] = last["password"].map { _ in "***" }
        last["sslpassword"] = last["sslpassword"].map { _ in "***" }
        return last.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
