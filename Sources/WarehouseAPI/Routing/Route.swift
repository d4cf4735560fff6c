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
    /// What its path and its query may say.
    var parameters: [RouteParameter] = []
    /// The declared body, if it takes one.
    let body: JSONSchema?
    /// How many bytes the body may have where that is more than usual.
    var bodyBytes: Int?
    /// The declared body of a success; nil where it is no JSON.
    let answer: JSONSchema?
    /// How a success is answered; 304 has no body.
    var statuses: [HTTPResponse.Status] = [.ok]
    /// What a success tells in its fields.
    var fields: [RouteField] = []
    /// The codes of the problems that it may answer with, beside those that every route may.
    let problems: [Problem.Code]
    /// The forms in which a success is to be had; the first is the usual one.
    var formats: [MediaType] = [.json]
    /// Whether it is for those who watch over the service: they are let in however often they ask.
    var isProbe = false
    let handle: Handler
    /// Answers it where that waits for nothing, which costs no task; nil for a route that may have to wait.
    var handleAtOnce: (@Sendable (RoutedRequest) throws(Problem) -> Response)?

    /// The path's segments; a parameter is `nil`.
    var segments: [String?] {
        path.split(separator: "/").map { $0.hasPrefix("{") ? nil : String($0) }
    }

    /// What it is about, for people: `orders`; what is not the product's own is about the service.
    var topic: String {
        let segments = path.split(separator: "/")
        return segments.first == "v1" && segments.count > 1 ? String(segments[1]) : "service"
    }
}

/// A field that the answers of a route have.
struct RouteField: Sendable {
    let name: HTTPField.Name
    let about: String
    /// Whether every answer has it.
    var isAlways = false

    /// What tells one state from others.
    static let eTag = RouteField(
        name: .eTag, about: "what tells this state from others; none where it may be stale")

    /// What every answer has, whatever its route.
    static let requestID = RouteField(
        name: HTTPField.Name("X-Request-Id")!,
        about: "what the request is called: its own `X-Request-Id` if that is well-formed, else 16 digits",
        isAlways: true)
}

/// A request, and what its path's parameters are.
struct RoutedRequest: Sendable {
    let request: Request
    let parameters: PathParameters
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
    /// - Parameter bytes: how many it may have, where that is more than usual: what the route declares.
    func body<Value>(_ type: JSONType<Value>, bytes: Int? = nil) throws(Problem) -> Value {
        guard request.fields[.contentType].map(MediaType.isJSON) == true else {
            throw Problem(.unsupportedMediaType, "Send the body as Content-Type: application/json, in UTF-8.")
        }
        if let coding = request.fields[.contentEncoding], coding.lowercased() != "identity" {
            // RFC 9110, 15.5.16: the field tells that it is the coding, and which would do.
            throw Problem(
                .unsupportedMediaType, "Send the body as it is, without Content-Encoding.",
                fields: [(.acceptEncoding, "identity")])
        }
        do throws(JSONRefusal) {
            return try type.read(request.body, limits: bytes.map { JSONLimits(documentBytes: $0) } ?? JSONLimits())
        } catch {
            throw Problem(error)
        }
    }
}
