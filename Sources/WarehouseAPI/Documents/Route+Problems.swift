internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// The problems of one status that a route may answer with.
struct RouteProblems: Hashable, Sendable {
    let status: HTTPResponse.Status
    /// In the order in which the codes are declared.
    let codes: [Problem.Code]
}

extension Route {
    /// Every problem that it may answer with: those that it names, those that come with its audience, its body and its
    /// parameters, and what the server refuses before any route is found. By status, the lowest first.
    var allProblems: [RouteProblems] {
        // By the statuses themselves: their reason phrases come with them.
        var found: [HTTPResponse.Status: Set<Problem.Code>] = [:]
        for code in ownProblems { found[code.status, default: []].insert(code) }
        for refusal in Refusal.allCases where refusal != .changeTimedOut || method != .get {
            let problem = Problem(refusal)
            found[problem.status, default: []].insert(problem.code)
        }
        return found.sorted { $0.key.code < $1.key.code }.map { status, codes in
            RouteProblems(status: status, codes: Problem.Code.allCases.filter(codes.contains))
        }
    }

    /// The same without what the server itself refuses, which is alike everywhere.
    var ownProblems: Set<Problem.Code> {
        var codes = Set(problems)
        codes.insert(.notAcceptable)
        if !isProbe { codes.insert(.tooManyRequests) }
        if audience != .everyone {
            // Who asks is looked up in the database, and until it is there nobody is known.
            codes.formUnion([.unauthenticated, .busy, .unavailable])
        }
        if case .roles(let roles) = audience {
            if roles.count < Role.allCases.count { codes.insert(.forbidden) }
            // A browser's session changes nothing for the pages of another site.
            if method != .get { codes.insert(.foreignOrigin) }
        }
        if body != nil { codes.formUnion([.malformedJSON, .invalidBody, .unsupportedMediaType]) }
        if problems.contains(.invalidParameter) { codes.insert(.malformedRequest) }
        return codes
    }
}
