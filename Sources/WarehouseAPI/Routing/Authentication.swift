internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

extension Authenticator {
    /// Finds out who sends a request, by its only Authorization field, or, where it has none, by the cookie of a session.
    ///
    /// Programs, people and overlays come this one way; only what they show it as is told apart. Pages know no programs.
    ///
    /// - Throws: 401 for whatever is no good token, 403 for what another site makes a browser write, 429 for what is asked too
    ///   often, 503 where that cannot be found out.
    nonisolated func caller(
        of request: Request, for audience: Audience?, within rates: RateLimiter
    ) async throws(Problem) -> Caller {
        let address = request.clientAddress
        try rates.admit(address)
        let credentials = Credentials(of: request, for: audience, in: base)
        // Whoever shows nothing has not guessed.
        guard !credentials.isNothing else { throw .unauthenticated }
        do throws(Problem) {
            try rates.admitSignIn(from: address, with: credentials.guess) {
                remembers(credentials.token) || credentials.session.map(rates.knowsDeadSession) ?? false
            }
        } catch {
            // Whatever the browser shows: what anybody may see, and signing in, it may have.
            throw audience == .visitors ? .unauthenticated : error
        }
        let caller: Caller
        do throws(AuthenticationError) {
            caller = try await self.caller(showing: credentials.token, as: credentials.kind)
        } catch {
            guard case .refused = error else { throw Problem(error) }
            guard let session = credentials.session else {
                try rates.refuseSignIn(from: address, with: .token)
                throw .unauthenticated
            }
            rates.noteDeadSession(session, from: address)
            throw .sessionOver(SessionCookie(of: base).clearing(over: request.scheme))
        }
        try rates.admit(caller)
        if credentials.kind == .session, !request.isSafe, !RequestOrigin.isOwn(request) { throw .foreignOrigin }
        return caller
    }

    /// Finds out the same of a program where nothing has to be looked up; nil where something has, and for browsers.
    nonisolated func immediateCaller(of request: Request, within rates: RateLimiter) throws(Problem) -> Caller? {
        guard let token = request.fields.bytes(ofOnly: .authorization).flatMap(BearerCredentials.token(of:)) else {
            return nil
        }
        let address = request.clientAddress
        if let caller = callerShowing(again: token) {
            try rates.admit(address, caller)
            return caller
        }
        let answer = try immediateCaller(showing: token) { () throws(Problem) in try rates.admit(address) }
        switch answer {
        case nil: return nil
        case .success(let caller)?:
            try rates.admit(caller)
            return caller
        case .failure(let error)?:
            if case .refused = error { try rates.refuseSignIn(from: address, with: .token) }
            throw Problem(error)
        }
    }

    /// Finds out again who sent a request that is being answered for long: it is no request more.
    ///
    /// - Throws: 401 once it is not the same any more, 503 where that cannot be found out.
    nonisolated func check(stillAsking request: RoutedRequest) async throws(Problem) {
        let before = try request.caller
        let credentials = Credentials(of: request.request, as: before.bearing, in: base)
        let caller: Caller
        do throws(AuthenticationError) {
            caller = try await self.caller(showing: credentials.token, as: credentials.kind)
        } catch {
            throw Problem(error)
        }
        guard caller.prefix == before.prefix else { throw .unauthenticated }
    }
}

/// What a request shows to say who sends it.
private struct Credentials {
    let kind: TokenKind
    let token: ArraySlice<UInt8>?
    /// Whether it shows nothing at all; what cannot be read is not nothing.
    let isNothing: Bool

    init(of request: Request, for audience: Audience?, in base: BaseKey) {
        let isBearer = audience?.isPage != true && request.fields.bytes(of: .authorization) != nil
        if !isBearer, audience != .overlays {
            (kind, token) = (.session, SessionCookie(of: base).token(of: request))
            isNothing = token == nil
        } else {
            kind = audience == .overlays ? .overlay : .program
            token = request.fields.bytes(ofOnly: .authorization).flatMap(BearerCredentials.token(of:))
            isNothing = !isBearer
        }
    }

    /// The same of a request whose sender was found out before.
    init(of request: Request, as bearing: Caller.Bearing, in base: BaseKey) {
        switch bearing {
        case .session: self.init(of: request, for: .people([]), in: base)
        case .overlay: self.init(of: request, for: .overlays, in: base)
        case .program: self.init(of: request, for: .roles([]), in: base)
        }
    }

    /// What it shows as a browser's session.
    var session: ArraySlice<UInt8>? { kind == .session ? token : nil }

    /// What it may be guessing.
    var guess: RateLimiter.Guess { kind == .session ? .session : .token }
}

extension Request {
    /// Whether it asks for nothing but an answer (RFC 9110, 9.2.1).
    fileprivate var isSafe: Bool { method == .get || method == .head || method == .options }
}

/// `Bearer <token>` (RFC 6750, 2.1).
enum BearerCredentials {
    private static let scheme = Array("bearer ".utf8)
    private static let space = UInt8(ascii: " ")

    /// The token, whatever it may be; nil for another scheme. The scheme's case does not matter, the spaces' number neither.
    static func token(of value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard value.count > scheme.count,
            zip(value, scheme).allSatisfy({ $0 == $1 || $1 != space && $0 | 0x20 == $1 })
        else { return nil }
        return value.dropFirst(scheme.count).drop { $0 == space }
    }
}

extension Audience {
    /// Lets the bearer of a token pass, or says which role would be let.
    func admit(_ bearer: Caller?) throws(Problem) {
        let roles: Set<Role>
        switch self {
        case .everyone, .visitors: return
        case .overlays:
            guard case .overlay = bearer?.bearing else { throw .unauthenticated }
            return
        case .roles(let admitted), .people(let admitted): roles = admitted
        }
        guard let bearer else { throw .unauthenticated }
        guard roles.contains(bearer.role) else {
            let needed = Role.allCases.filter(roles.contains).map(\.rawValue).joined(separator: " or ")
            throw Problem(.forbidden, "This needs a token of role \(needed); yours is of role \(bearer.role.rawValue).")
        }
    }
}

extension Problem {
    /// The one answer to whatever is no good token.
    static let unauthenticated = Problem(
        .unauthenticated, "Send a token of this base that is neither revoked nor expired: Authorization: Bearer TOKEN.",
        fields: [(.wwwAuthenticate, "Bearer")])

    /// The same to a browser, which is to forget its session: it would show it for ever.
    fileprivate static func sessionOver(_ cookie: String) -> Problem {
        var problem = unauthenticated
        problem.fields.append((.setCookie, cookie))
        return problem
    }

    /// Why it is not known who asks.
    fileprivate init(_ error: AuthenticationError) {
        switch error {
        case .refused: self = .unauthenticated
        case .busy:
            self.init(.busy, "Too many tokens are being looked up; send it again.", fields: [(.retryAfter, "1")])
        case .database(let cause): self.init(database: cause)
        }
    }
}
