internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// Who may ask a route. A route without an audience does not compile, so nothing is open by omission.
enum Audience: Hashable, Sendable {
    /// Anybody, without a token: what tells nothing of the base.
    case everyone
    /// Bearers of a token of one of these roles.
    case roles(Set<Role>)
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
    /// The declared body of a success.
    let answer: JSONSchema
    /// The codes of the problems that it may answer with, beside those that every route may.
    let problems: [Problem.Code]
    /// The forms in which a success is to be had; the first is the usual one.
    var formats: [MediaType] = [.json]
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
    /// The form that the answer is wanted in, one of the route's.
    let format: MediaType

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
        if let coding = request.fields[.contentEncoding], coding.lowercased() != "identity" {
            // RFC 9110, 15.5.16: the field tells that it is the coding, and which would do.
            throw Problem(
                .unsupportedMediaType, "Send the body as it is, without Content-Encoding.",
                fields: [(.acceptEncoding, "identity")])
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
