internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// Finds the route of a request.
struct Router: Sendable {
    /// Finds out who asks, or why nobody may.
    typealias Authentication = (Request) async throws(Problem) -> Caller
    /// Lets whoever asks what is everybody's pass, unless that asks too often.
    typealias Admission = (Request) throws(Problem) -> Void
    /// The same as ``Authentication`` for whoever is known already; nil where somebody has to be asked.
    typealias ImmediateAuthentication = (Request) throws(Problem) -> Caller?

    private typealias Methods = [(method: HTTPRequest.Method, route: Route)]

    /// What one path takes, and what it is called.
    private struct Place {
        let number: RouteNumber
        let pattern: PathPattern
        var methods: Methods
    }

    /// By the number of their segments, so that few are looked at; of those, paths without parameters first.
    private var places: [[Place]] = []

    init(_ routes: [Route], names: RouteNames = RouteNames()) {
        for route in routes {
            let entry = (method: route.method, route: route)
            let pattern = PathPattern(route.path)
            while places.count <= pattern.segmentCount { places.append([]) }
            let row = pattern.segmentCount
            if let index = places[row].firstIndex(where: { $0.pattern == pattern }) {
                places[row][index].methods.append(entry)
                continue
            }
            let place = Place(number: names.number(of: route.path), pattern: pattern, methods: [entry])
            places[row].insert(place, at: pattern.hasParameters ? places[row].endIndex : 0)
        }
    }

    /// Answers by the route that fits: 404 without one, 405 for another method, and OPTIONS by itself.
    ///
    /// Whatever is not everybody's is told, and denied, to bearers of a good token only: which paths there are, too.
    func answer(
        _ request: Request, admitting: Admission, authenticating: Authentication
    ) async throws(Problem) -> Response {
        // OPTIONS * asks about the server, not about a path of it (RFC 9110, 9.3.7).
        if request.method == .options, request.target == "*" {
            try admitting(request)
            return Response(status: .noContent)
        }
        let (place, parameters): (Place, [String])
        do throws(Problem) { (place, parameters) = try find(request) } catch {
            _ = try await authenticating(request)
            throw error
        }
        do throws(Problem) {
            var response = try await answer(
                request, at: place.methods, parameters, admitting: admitting, authenticating: authenticating)
            response.route = place.number
            return response
        } catch {
            var problem = error
            problem.route = place.number
            throw problem
        }
    }

    /// Answers at once what can be: a route that waits for nothing, asked by somebody who is known; nil for anything else.
    func answerAtOnce(
        _ request: Request, authenticating: ImmediateAuthentication
    ) throws(Problem) -> Response? {
        let (place, parameters): (Place, [String])
        do throws(Problem) { (place, parameters) = try find(request) } catch { return nil }
        let wanted = request.method == .head ? HTTPRequest.Method.get : request.method
        guard let route = place.methods.first(where: { $0.method == wanted })?.route,
            let handle = route.handleAtOnce
        else { return nil }
        do throws(Problem) {
            var bearer: Caller?
            if route.audience != .everyone {
                bearer = try authenticating(request)
                if bearer == nil { return nil }
            }
            try route.audience.admit(bearer)
            var response = try handle(route.routed(request, parameters, bearer))
            route.finish(&response)
            response.route = place.number
            return response
        } catch {
            var problem = error
            problem.route = place.number
            throw problem
        }
    }

    private func answer(
        _ request: Request, at methods: Methods, _ parameters: [String], admitting: Admission,
        authenticating: Authentication
    ) async throws(Problem) -> Response {
        // HEAD is GET without its content, which the server leaves out.
        let wanted = request.method == .head ? HTTPRequest.Method.get : request.method
        if let route = methods.first(where: { $0.method == wanted })?.route {
            var bearer: Caller?
            if route.audience != .everyone {
                bearer = try await authenticating(request)
            } else if !route.isProbe {
                try admitting(request)
            }
            try route.audience.admit(bearer)
            var response = try await route.handle(route.routed(request, parameters, bearer))
            route.finish(&response)
            return response
        }
        if methods.contains(where: { $0.route.audience != .everyone }) {
            _ = try await authenticating(request)
        } else if !methods.contains(where: \.route.isProbe) {
            try admitting(request)
        }
        let allowed = Self.allow(methods)
        if request.method == .options { return Response(status: .noContent, fields: [.allow: allowed]) }
        throw Problem(.methodNotAllowed, "This path takes \(allowed).", fields: [(.allow, allowed)])
    }

    private func find(_ request: Request) throws(Problem) -> (Place, [String]) {
        let path = request.pathBytes
        let count = PathPattern.segmentCount(of: path)
        if count < places.count {
            for place in places[count] {
                do throws(Refusal) {
                    if let parameters = try place.pattern.parameters(of: path) { return (place, parameters) }
                } catch {
                    throw Problem(.malformedRequest, error.explanation)
                }
            }
        }
        // What cannot be decoded is malformed wherever it stands.
        do throws(Refusal) { _ = try request.pathSegments() } catch {
            throw Problem(.malformedRequest, error.explanation)
        }
        throw Problem(.notFound, "There is nothing at this path.")
    }

    private static func allow(_ methods: Methods) -> String {
        var names = methods.map(\.method.rawValue)
        if names.contains("GET") { names.append("HEAD") }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }
}

extension Route {
    /// What its handler is given: the request, with the form that the answer is wanted in.
    fileprivate func routed(
        _ request: Request, _ parameters: [String], _ bearer: Caller?
    ) throws(Problem) -> RoutedRequest {
        guard let format = request.preferred(of: formats) else {
            throw Problem(
                .notAcceptable, "This is to be had as \(formats.map(\.name).joined(separator: ", ")).")
        }
        return RoutedRequest(request: request, parameters: parameters, bearer: bearer, format: format)
    }

    /// Tells caches what the form of an answer depends on.
    fileprivate func finish(_ response: inout Response) {
        if formats.count > 1 { response.fields.append(.vary, "Accept") }
    }
}
