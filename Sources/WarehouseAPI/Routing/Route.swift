internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// Who may ask a route. A route without an audience does not compile, so nothing is open by omission.
enum Audience: Hashable, Sendable {
    /// Anybody, without a token: what tells nothing of the base.
    case everyone
    /// Programs with a token, and people who are signed in, of one of these roles.
    case roles(Set<Role>)
    /// Anybody with a browser; the page tells whoever is signed in what is theirs.
    case visitors
    /// People of these roles who are signed in with a browser; others are sent to where one signs in.
    case people(Set<Role>)
    /// Overlays, with a key.
    case overlays

    /// Whether browsers ask, and failures are pages too.
    var isPage: Bool {
        switch self {
        case .visitors, .people: true
        case .everyone, .roles, .overlays: false
        }
    }
}

/// One thing that can be asked of the API, as data: what is read off it cannot fall out of step with what is served.
struct Route: Sendable {
    /// Answers a request whose path has matched.
    typealias Handler = @Sendable (RoutedRequest) async throws(Problem) -> Response

    let method: HTTPRequest.Method
    /// The path, with parameters in braces: `/v1/stock/{sku}`.
    let path: String
    /// What it is called in programs: `placeOrder`.
    let operation: String
    /// One line for people.
    let summary: String
    /// Who may ask it.
    let audience: Audience
    /// The declared body, if it takes one.
    let body: JSONSchema?
    /// The declared body of a success; nil where it is no JSON.
    let answer: JSONSchema?
    /// In which form a success comes, the usual one first.
    var media = ["application/json"]
    /// The codes of the problems that it may answer with, beside those that every route may.
    let problems: [Problem.Code]
    let handle: Handler

    /// The path's segments; a parameter is `nil`.
    var segments: [String?] {
        path.split(separator: "/").map { $0.hasPrefix("{") ? nil : String($0) }
    }
}

/// A request, and what its path's parameters are.
struct RoutedRequest: Sendable {
    let request: Request
    let parameters: [String]
    /// Who asks; nil on a route that is everybody's.
    let bearer: Caller?

    /// Who asks.
    ///
    /// - Throws: 401 where nobody had to say so, so that a route of the wrong audience shows nothing.
    var caller: Caller {
        get throws(Problem) {
            guard let bearer else { throw .unauthenticated }
            return bearer
        }
    }

    /// Reads the body as it is declared.
    ///
    /// - Throws: 415 for another content type, 400 for what is no JSON, 422 for what is not as declared, each problem named.
    func body<Value>(_ type: JSONType<Value>) throws(Problem) -> Value {
        // White space may stand before the parameters (RFC 9110, 5.6.6).
        let media = request.fields[.contentType]?.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        guard media?.lowercased() == "application/json" else {
            throw Problem(.unsupportedMediaType, "Send the body as Content-Type: application/json.")
        }
        do throws(JSONRefusal) {
            return try type.read(request.body)
        } catch {
            throw Problem(error)
        }
    }

    /// The query's parameters, each of which must be one of `names` and come once; none are, unless they are named.
    @discardableResult
    func query(_ names: Set<String> = []) throws(Problem) -> [String: String] {
        let items: [(name: String, value: String)]
        do throws(Refusal) { items = try request.queryItems() } catch {
            throw Problem(.malformedRequest, error.explanation)
        }
        var found: [String: String] = [:]
        for (name, value) in items {
            guard names.contains(name) else {
                let known = names.isEmpty ? "none" : names.sorted().joined(separator: ", ")
                // A name of the client's own may be of any length.
                let shown = name.count > 64 ? name.prefix(64) + "…" : name
                throw Problem(.invalidParameter, "\(shown) is not a parameter here; there are: \(known).", at: shown)
            }
            guard found.updateValue(value, forKey: name) == nil else {
                throw Problem(.invalidParameter, "\(name) is given twice.", at: name)
            }
        }
        return found
    }
}
