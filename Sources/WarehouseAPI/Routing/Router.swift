internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// Finds the route of a request.
struct Router: Sendable {
    /// Finds out who asks, or why nobody may.
    typealias Authentication = (Request, Audience?) async throws(Problem) -> Caller

    private typealias Methods = [(method: HTTPRequest.Method, route: Route)]

    /// Paths without parameters, by their bytes, so that a look-up makes no strings.
    private var plain: [ArraySlice<UInt8>: Methods] = [:]
    private var templates: [(segments: [String?], methods: Methods)] = []

    init(_ routes: [Route]) {
        for route in routes {
            let entry = (method: route.method, route: route)
            if route.segments.allSatisfy({ $0 != nil }) {
                plain[Array(route.path.utf8)[...], default: []].append(entry)
            } else if let index = templates.firstIndex(where: { $0.segments == route.segments }) {
                templates[index].methods.append(entry)
            } else {
                templates.append((route.segments, [entry]))
            }
        }
    }

    /// Answers by the route that fits: 404 without one, 405 for another method, and OPTIONS by itself.
    ///
    /// Whatever is not everybody's is told, and denied, to bearers of a good token only: which paths there are, too.
    func answer(_ request: Request, authenticating: Authentication) async throws(Problem) -> Response {
        // OPTIONS * asks about the server, not about a path of it (RFC 9110, 9.3.7).
        if request.method == .options, request.target == "*" { return Response(status: .noContent) }
        let (methods, parameters): (Methods, [String])
        do throws(Problem) { (methods, parameters) = try find(request) } catch {
            _ = try await authenticating(request, nil)
            throw error
        }
        // HEAD is GET without its content, which the server leaves out.
        let wanted = request.method == .head ? HTTPRequest.Method.get : request.method
        if let route = methods.first(where: { $0.method == wanted })?.route {
            if route.audience.isPage { return try await page(of: route, request, parameters, authenticating) }
            let bearer = route.audience == .everyone ? nil : try await authenticating(request, route.audience)
            try route.audience.admit(bearer)
            return try await answer(request, by: route, parameters, bearer)
        }
        if methods.contains(where: { $0.route.audience != .everyone && $0.route.audience != .visitors }) {
            _ = try await authenticating(request, methods.first?.route.audience)
        }
        let allowed = Self.allow(methods)
        if request.method == .options { return Response(status: .noContent, fields: [.allow: allowed]) }
        throw Problem(.methodNotAllowed, "This path takes \(allowed).", fields: [(.allow, allowed)])
    }

    /// Answers for a page: whoever is not signed in is a visitor, or is sent to where one signs in; a failure is a page.
    private func page(
        of route: Route, _ request: Request, _ parameters: [String], _ authenticating: Authentication
    ) async throws(Problem) -> Response {
        do throws(Problem) {
            var bearer: Caller?
            do throws(Problem) { bearer = try await authenticating(request, route.audience) } catch {
                guard error.code == .unauthenticated else { throw error }
                guard route.audience == .visitors else { return .seeOther("/") }
            }
            try route.audience.admit(bearer)
            return try await answer(request, by: route, parameters, bearer)
        } catch {
            var problem = error
            problem.page = PageLanguage(of: request)
            throw problem
        }
    }

    private func answer(
        _ request: Request, by route: Route, _ parameters: [String], _ bearer: Caller?
    ) async throws(Problem) -> Response {
        guard let format = request.preferred(of: route.formats) else {
            let formats = route.formats.map(\.name).joined(separator: ", ")
            throw Problem(.notAcceptable, "This is to be had as \(formats).")
        }
        var response = try await route.handle(
            RoutedRequest(request: request, parameters: parameters, bearer: bearer, format: format))
        if route.formats.count > 1 { response.fields.append(.vary, "Accept") }
        return response
    }

    private func find(_ request: Request) throws(Problem) -> (Methods, [String]) {
        if let methods = plain[request.pathBytes] { return (methods, []) }
        let segments: [String]
        do throws(Refusal) { segments = try request.pathSegments() } catch {
            throw Problem(.malformedRequest, error.explanation)
        }
        for (template, methods) in templates where template.count == segments.count {
            let fits = zip(template, segments).allSatisfy { $0 == nil || $0 == $1 }
            guard fits else { continue }
            return (methods, zip(template, segments).filter { $0.0 == nil }.map(\.1))
        }
        throw Problem(.notFound, "There is nothing at this path.")
    }

    private static func allow(_ methods: Methods) -> String {
        var names = methods.map(\.method.rawValue)
        if names.contains("GET") { names.append("HEAD") }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }
}
