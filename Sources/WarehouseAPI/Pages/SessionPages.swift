internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// Signing out, here and elsewhere, and signing another device in.
struct SessionPages: Sendable {
    let signIn: SignIn
    let authenticator: Authenticator

    var routes: [Route] {
        let people = Audience.people(Set(Role.allCases))
        return [
            route("/sign-out", "signOut", "Signs this browser out.", people, [.foreignOrigin], leave),
            route("/devices", "signInDevice", "Shows a code for another device.", people, [.foreignOrigin], addDevice),
            route(
                "/sessions/end", "endSessions", "Signs the same person out on every device.", people, [.foreignOrigin],
                endAll),
            route(
                "/sessions/{session}/end", "endSession", "Signs the same person out on another device.", people,
                [.foreignOrigin, .notFound], end),
        ]
    }

    private func route(
        _ path: String, _ operation: String, _ summary: String, _ audience: Audience, _ problems: [Problem.Code],
        _ handle: @escaping Route.Handler
    ) -> Route {
        Route(
            method: .post, path: path, operation: operation, summary: summary, audience: audience, body: nil,
            answer: nil, problems: problems + [.outcomeUnknown, .unavailable], formats: [.html], handle: handle)
    }

    private func leave(_ request: RoutedRequest) async throws(Problem) -> Response {
        let caller = try request.caller
        _ = try await Problem.signing { () throws(SignInError) in
            try await signIn.end(caller.prefix, by: caller.principal)
        }
        await authenticator.forget(caller.prefix)
        return left(request)
    }

    private func endAll(_ request: RoutedRequest) async throws(Problem) -> Response {
        let caller = try request.caller
        let ended = try await Problem.signing { () throws(SignInError) in
            try await signIn.endFamily(of: caller.prefix, by: caller.principal)
        }
        for session in ended { await authenticator.forget(session.prefix) }
        return left(request)
    }

    private func left(_ request: RoutedRequest) -> Response {
        let language = PageLanguage(ofPerson: request.request)
        let cookie = SessionCookie(of: authenticator.base).clearing(over: request.request.scheme)
        return .seeOther("/?lang=\(language.rawValue)", cookie: cookie)
    }

    private func end(_ request: RoutedRequest) async throws(Problem) -> Response {
        let caller = try request.caller
        guard let prefix = TokenPrefix(rawValue: request.parameters[0]), case .session(let family) = caller.bearing
        else { throw Problem(.notFound, "There is no such session of yours.") }
        _ = try await Problem.signing { () throws(SignInError) in
            try await signIn.end(prefix, of: family, by: caller.principal)
        }
        await authenticator.forget(prefix)
        return .seeOther("/?lang=\(PageLanguage(ofPerson: request.request).rawValue)")
    }

    private func addDevice(_ request: RoutedRequest) async throws(Problem) -> Response {
        let caller = try request.caller
        let issued = try await Problem.signing { () throws(SignInError) in
            try await signIn.makeCode(forAnotherDeviceOf: caller)
        }
        let address = "\(request.request.scheme.rawValue)://\(request.request.authority)/#code=\(issued.text.revealed)"
        return DevicePage(
            code: issued, address: address, language: PageLanguage(ofPerson: request.request)
        ).page.response()
    }
}

extension Problem {
    /// Does something about sessions; what fails is told as a problem.
    static func signing<Value>(
        _ body: () async throws(SignInError) -> Value
    ) async throws(Problem) -> Value {
        do throws(SignInError) { return try await body() } catch { throw Problem(error) }
    }

    /// Why nobody signed in or out.
    init(_ error: SignInError) {
        switch error {
        case .refused, .expiryNotAhead: self = .unauthenticated
        case .unknownSession, .unknownCode, .unknownOwner:
            self.init(.notFound, "There is no such session of yours.")
        case .tooManyCodes(let most):
            self.init(
                .tooManyRequests, "\(most) codes are waiting to be used: use one of them, or wait for 10 minutes.",
                fields: [(.retryAfter, "600")])
        case .crowded:
            self.init(.busy, "Too many codes are waiting to be used; send it again.", fields: [(.retryAfter, "60")])
        case .database(let cause): self.init(database: cause)
        }
    }
}
