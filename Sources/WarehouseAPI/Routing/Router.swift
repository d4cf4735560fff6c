internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// Finds the route of a request.
struct Router: Sendable {
    /// Finds out who asks, or why nobody may.
    typealias Authentication = (Request, Audience?) async throws(Problem) -> Caller
    /// Lets whoever asks what is everybody's pass, unless that asks too often.
    typealias Admission = (Request) throws(Problem) -> Void
    /// The same as ``Authentication`` for whoever is known already; nil where somebody has to be asked.
    typealias ImmediateAuthentication = (Request) throws(Problem) -> Caller?

    private typealias Methods = [Entry]

    /// A route that fits a path, by reference: to copy all that a route declares costs more than to find it.
    private final class Entry: Sendable {
        let method: HTTPRequest.Method
        let route: Route
        /// The roles that may ask, in a form that is asked quickly; none where that is not all there is to it.
        let roles: RoleSet
        /// What answers at once whoever may ask; nil where that is to be found out first, or the answer may have to wait.
        let handleAtOnce: (@Sendable (RoutedRequest) throws(Problem) -> Response)?
        let isEverybodys: Bool
        /// What caches are told.
        private let caching: ResponseFields
        private let variance: ResponseFields

        init(_ route: Route) {
            method = route.method
            self.route = route
            isEverybodys = route.audience == .everyone
            roles = if case .roles(let roles) = route.audience { RoleSet(roles) } else { RoleSet([]) }
            // What is everybody's has to be admitted first, which the other way does.
            handleAtOnce = isEverybodys && !route.isProbe ? nil : route.handleAtOnce
            (caching, variance) = Self.caching(of: route)
        }

        /// What the form of an answer depends on; and of what is not everybody's, that it is for whoever asked alone, and asked
        /// for again each time.
        private static func caching(of route: Route) -> (caching: ResponseFields, variance: ResponseFields) {
            let isPersonal = route.method == .get && route.audience != .everyone && !route.audience.isPage
            let parts = (route.formats.count > 1 ? ["Accept"] : []) + (isPersonal ? ["Authorization", "Cookie"] : [])
            return (
                isPersonal ? [.cacheControl: "private, no-cache"] : [:],
                parts.isEmpty ? [:] : [.vary: parts.joined(separator: ", ")]
            )
        }

        /// What the handler is given: the request, with the form that the answer is wanted in.
        func routed(
            _ request: Request, _ parameters: PathParameters, _ bearer: Caller?
        ) throws(Problem) -> RoutedRequest {
            guard let format = request.preferred(of: route.formats) else {
                throw Problem(
                    .notAcceptable, "This is to be had as \(route.formats.map(\.name).joined(separator: ", ")).")
            }
            return RoutedRequest(request: request, parameters: parameters, bearer: bearer, format: format)
        }

        /// Tells caches how to keep an answer.
        func finish(_ response: inout Response) {
            // What is answered at once says nothing of its own, and is not looked through for it.
            if route.handleAtOnce != nil || !response.fields.contains(.cacheControl) {
                response.fields.append(contentsOf: caching)
            }
            response.fields.append(contentsOf: variance)
        }
    }

    /// What one path takes, and what it is called; by reference, too.
    private final class Place: Sendable {
        let number: RouteNumber
        let pattern: PathPattern
        let methods: Methods

        init(number: RouteNumber, pattern: PathPattern, methods: Methods) {
            (self.number, self.pattern, self.methods) = (number, pattern, methods)
        }
    }

    /// By the number of their segments, so that few are looked at; of those, paths without parameters first.
    private var places: [[Place]] = []
    /// Those of which a body may have more bytes than usual: few, so that every other request is hardly looked at.
    let generous: [(method: HTTPRequest.Method, pattern: PathPattern, bytes: Int)]

    init(_ routes: [Route], names: RouteNames = RouteNames()) {
        generous = routes.compactMap { route in
            route.bodyBytes.map { (route.method, PathPattern(route.path), $0) }
        }
        for route in routes {
            let entry = Entry(route)
            let pattern = PathPattern(route.path)
            while places.count <= pattern.segmentCount { places.append([]) }
            let row = pattern.segmentCount
            if let index = places[row].firstIndex(where: { $0.pattern == pattern }) {
                let place = places[row][index]
                places[row][index] = Place(
                    number: place.number, pattern: pattern, methods: place.methods + [entry])
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
        let (place, parameters): (Place, PathParameters)
        do throws(Problem) { (place, parameters) = try find(request) } catch {
            _ = try await authenticating(request, nil)
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
        let (place, parameters): (Place, PathParameters)
        do throws(Problem) { (place, parameters) = try find(request) } catch { return nil }
        let wanted = request.method == .head ? HTTPRequest.Method.get : request.method
        guard let entry = place.methods.first(where: { $0.method == wanted }), let handle = entry.handleAtOnce else {
            return nil
        }
        do throws(Problem) {
            var bearer: Caller?
            if !entry.isEverybodys {
                guard let caller = try authenticating(request) else { return nil }
                if !entry.roles.contains(caller.role) { try entry.route.audience.admit(caller) }
                bearer = caller
            }
            var response = try handle(entry.routed(request, parameters, bearer))
            entry.finish(&response)
            response.route = place.number
            return response
        } catch {
            var problem = error
            problem.route = place.number
            throw problem
        }
    }

    private func answer(
        _ request: Request, at methods: Methods, _ parameters: PathParameters, admitting: Admission,
        authenticating: Authentication
    ) async throws(Problem) -> Response {
        // HEAD is GET without its content, which the server leaves out.
        let wanted = request.method == .head ? HTTPRequest.Method.get : request.method
        if let entry = methods.first(where: { $0.method == wanted }) {
            let route = entry.route
            if route.audience.isPage { return try await page(of: entry, request, parameters, authenticating) }
            var bearer: Caller?
            if route.audience != .everyone {
                bearer = try await authenticating(request, route.audience)
            } else if !route.isProbe {
                try admitting(request)
            }
            try route.audience.admit(bearer)
            var response = try await route.handle(entry.routed(request, parameters, bearer))
            entry.finish(&response)
            return response
        }
        if methods.contains(where: { $0.route.audience != .everyone && $0.route.audience != .visitors }) {
            _ = try await authenticating(request, methods.first?.route.audience)
        } else if !methods.contains(where: \.route.isProbe) {
            try admitting(request)
        }
        let allowed = Self.allow(methods)
        if request.method == .options { return Response(status: .noContent, fields: [.allow: allowed]) }
        throw Problem(.methodNotAllowed, "This path takes \(allowed).", fields: [(.allow, allowed)])
    }

    /// Answers for a page: whoever is not signed in is a visitor, or is sent to where one signs in; a failure is a page.
    private func page(
        of entry: Entry, _ request: Request, _ parameters: PathParameters, _ authenticating: Authentication
    ) async throws(Problem) -> Response {
        let route = entry.route
        do throws(Problem) {
            var (bearer, clearing): (Caller?, String?) = (nil, nil)
            do throws(Problem) { bearer = try await authenticating(request, route.audience) } catch {
                guard error.code == .unauthenticated else { throw error }
                clearing = error.fields.first { $0.name == .setCookie }?.value
                guard route.audience == .visitors else { return .seeOther("/", cookie: clearing) }
            }
            try route.audience.admit(bearer)
            var response = try await route.handle(entry.routed(request, parameters, bearer))
            entry.finish(&response)
            // Unless it has signed in just now.
            if let clearing, !response.fields.contains(.setCookie) { response.fields.append(.setCookie, clearing) }
            return response
        } catch {
            var problem = error
            problem.page = PageLanguage(of: request)
            throw problem
        }
    }

    private func find(_ request: Request) throws(Problem) -> (Place, PathParameters) {
        let path = request.pathBytes
        let (count, isEscaped) = PathPattern.shape(of: path)
        if count < places.count {
            for place in places[count] where isEscaped || place.pattern.mayFit(path) {
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
