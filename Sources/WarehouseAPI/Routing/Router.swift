internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// Finds the route of a request.
struct Router: Sendable {
    /// Finds out who asks, or why nobody may.
    typealias Authentication = (Request) async throws(Problem) -> Caller

    private typealias Methods = [(method: HTTPRequest.Method, route: Route)]

    /// What one path takes, and what it is called.
    private struct Place {
        let number: RouteNumber
        var methods: Methods
    }

    /// Paths without parameters, by their bytes, so that a look-up makes no strings.
    private var plain: [ArraySlice<UInt8>: Place] = [:]
    private var templates: [(segments: [String?], place: Place)] = []

    init(_ routes: [Route], names: RouteNames = RouteNames()) {
        for route in routes {
            let entry = (method: route.method, route: route)
            if route.segments.allSatisfy({ $0 != nil }) {
                plain[Array(route.path.utf8)[...], default: Place(number: names.number(of: route.path), methods: [])]
                    .methods.append(entry)
            } else if let index = templates.firstIndex(where: { $0.segments == route.segments }) {
                templates[index].place.methods.append(entry)
            } else {
                let place = Place(number: names.number(of: route.path), methods: [entry])
                templates.append((route.segments, place))
            }
        }
    }

    /// Answers by the route that fits: 404 without one, 405 for another method, and OPTIONS by itself.
    ///
    /// Whatever is not everybody's is told, and denied, to bearers of a good token only: which paths there are, too.
    func answer(_ request: Request, authenticating: Authentication) async throws(Problem) -> Response {
        // OPTIONS * asks about the server, not about a path of it (RFC 9110, 9.3.7).
        if request.method == .options, request.target == "*" { return Response(status: .noContent) }
        let (place, parameters): (Place, [String])
        do throws(Problem) { (place, parameters) = try find(request) } catch {
            _ = try await authenticating(request)
            throw error
        }
        do throws(Problem) {
            var response = try await answer(request, at: place.methods, parameters, authenticating: authenticating)
            response.route = place.number
            return response
        } catch {
            var problem = error
            problem.route = place.number
            throw problem
        }
    }

    private func answer(
        _ request: Request, at methods: Methods, _ parameters: [String], authenticating: Authentication
    ) async throws(Problem) -> Response {
        // HEAD is GET without its content, which the server leaves out.
        let wanted = request.method == .head ? HTTPRequest.Method.get : request.method
        if let route = methods.first(where: { $0.method == wanted })?.route {
            let bearer = route.audience == .everyone ? nil : try await authenticating(request)
            try route.audience.admit(bearer)
            return try await route.handle(RoutedRequest(request: request, parameters: parameters, bearer: bearer))
        }
        if methods.contains(where: { $0.route.audience != .everyone }) { _ = try await authenticating(request) }
        let allowed = Self.allow(methods)
        if request.method == .options { return Response(status: .noContent, fields: [.allow: allowed]) }
        throw Problem(.methodNotAllowed, "This path takes \(allowed).", fields: [(.allow, allowed)])
    }

    private func find(_ request: Request) throws(Problem) -> (Place, [String]) {
        if let place = plain[request.pathBytes] { return (place, []) }
        let segments: [String]
        do throws(Refusal) { segments = try request.pathSegments() } catch {
            throw Problem(.malformedRequest, error.explanation)
        }
        for (template, place) in templates where template.count == segments.count {
            let fits = zip(template, segments).allSatisfy { $0 == nil || $0 == $1 }
            guard fits else { continue }
            return (place, zip(template, segments).filter { $0.0 == nil }.map(\.1))
        }
        throw Problem(.notFound, "There is nothing at this path.")
    }

    private static func allow(_ methods: Methods) -> String {
        var names = methods.map(\.method.rawValue)
        if names.contains("GET") { names.append("HEAD") }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }
}
