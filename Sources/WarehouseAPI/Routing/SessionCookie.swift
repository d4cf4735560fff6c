internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import Postgres

/// The cookie that a browser's session is in: not for scripts, not for other sites, and over TLS for no other host either.
enum SessionCookie {
    private static let plainName = Array("yuncang".utf8)
    /// A browser takes this name only from this very host over TLS, so that no neighbour can plant one.
    private static let secureName = Array("__Host-yuncang".utf8)

    private static func name(over scheme: Scheme) -> [UInt8] { scheme == .https ? secureName : plainName }

    /// What a request's only Cookie field holds under the name, if it holds one; nil for none or for several.
    static func token(of request: Request) -> ArraySlice<UInt8>? {
        guard let field = request.fields.bytes(ofOnly: .cookie) else { return nil }
        let name = name(over: request.scheme)
        var found: ArraySlice<UInt8>?
        for pair in field.split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            guard pair.starts(with: name), pair.dropFirst(name.count).first == UInt8(ascii: "=") else { continue }
            guard found == nil else { return nil }
            found = pair.dropFirst(name.count + 1)
        }
        return found
    }

    /// Gives a browser the session that it has signed in to, for as long as that lives.
    static func setting(_ session: IssuedToken, over scheme: Scheme) -> String {
        let token = session.token
        let end = token.expiresAt?.microsecondsSince1970 ?? token.createdAt.microsecondsSince1970
        let seconds = max(0, (end - token.createdAt.microsecondsSince1970) / 1_000_000)
        return text(session.text.revealed, seconds: seconds, over: scheme)
    }

    /// Takes it away.
    static func clearing(over scheme: Scheme) -> String { text("", seconds: 0, over: scheme) }

    private static func text(_ value: String, seconds: Int64, over scheme: Scheme) -> String {
        let name = String(decoding: name(over: scheme), as: UTF8.self)
        let secure = scheme == .https ? "; Secure" : ""
        return "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict\(secure)"
    }
}
