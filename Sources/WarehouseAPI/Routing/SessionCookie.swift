internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import Postgres

/// The cookie that a browser's session is in: not for scripts, not for other sites, and over TLS for no other host either.
///
/// Cookies of one host are one jar, whatever the port: the name has the base in it, so that bases do not sign each other out.
struct SessionCookie: Sendable {
    private let base: BaseKey

    /// The cookie of sessions of this base.
    init(of base: BaseKey) {
        self.base = base
    }

    /// A browser takes the name with the prefix only from this very host over TLS, so that no neighbour can plant one.
    private func name(over scheme: Scheme) -> String {
        (scheme == .https ? "__Host-yuncang-" : "yuncang-") + base.rawValue
    }

    /// What a request's only Cookie field holds under the name, if it holds one; nil for none or for several.
    func token(of request: Request) -> ArraySlice<UInt8>? {
        guard let field = request.fields.bytes(ofOnly: .cookie) else { return nil }
        let start = Array((name(over: request.scheme) + "=").utf8)
        var found: ArraySlice<UInt8>?
        for pair in field.split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            guard pair.starts(with: start) else { continue }
            guard found == nil else { return nil }
            found = pair.dropFirst(start.count)
        }
        return found
    }

    /// Gives a browser the session that it has signed in to, for as long as that lives.
    func setting(_ session: IssuedToken, over scheme: Scheme) -> String {
        let token = session.token
        let end = token.expiresAt?.microsecondsSince1970 ?? token.createdAt.microsecondsSince1970
        let seconds = max(0, (end - token.createdAt.microsecondsSince1970) / 1_000_000)
        return text(session.text.revealed, seconds: seconds, over: scheme)
    }

    /// Takes it away.
    func clearing(over scheme: Scheme) -> String { text("", seconds: 0, over: scheme) }

    private func text(_ value: String, seconds: Int64, over scheme: Scheme) -> String {
        let secure = scheme == .https ? "; Secure" : ""
        return "\(name(over: scheme))=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict\(secure)"
    }
}
