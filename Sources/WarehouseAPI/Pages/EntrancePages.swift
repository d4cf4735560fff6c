internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes

/// `/`: where one signs in, and what somebody who is signed in may do.
struct EntrancePages: Sendable {
    let signIn: SignIn
    let authenticator: Authenticator
    let rates: RateLimiter

    static let script: HTML = "<script src=\"/assets/entrance.js\" defer></script>"

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/", operation: "entrance", summary: "Where one signs in; what one may do.",
                audience: .visitors, body: nil, answer: nil, problems: [.unavailable], formats: [.html],
                handle: show),
            Route(
                method: .post, path: "/sign-in", operation: "signIn",
                summary: "Signs a browser in with a one-time code.",
                audience: .visitors, body: nil, answer: nil,
                problems: [.foreignOrigin, .unsupportedMediaType, .outcomeUnknown, .unavailable], formats: [.html],
                handle: enter),
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        let language = PageLanguage(ofPerson: request.request)
        guard let caller = request.bearer, case .session(let family) = caller.bearing else {
            return Self.entrance(language).response()
        }
        let sessions = try await Problem.signing { () throws(SignInError) in try await signIn.sessions(of: family) }
        return RolePage(caller: caller, sessions: sessions.filter { $0.state == .live }, language: language)
            .page.response()
    }

    /// Whoever guesses meets five tries for each code, and after some guesses their address is not heard for a while.
    private func enter(_ request: RoutedRequest) async throws(Problem) -> Response {
        guard RequestOrigin.isOwn(request.request) else { throw .foreignOrigin }
        let language = PageLanguage(ofPerson: request.request)
        let form = try FormFields(of: request.request)
        guard let typed = form["code"].flatMap(SignInCodeText.init(typed:)) else {
            return Self.entrance(language, isWrong: true).response(status: .forbidden)
        }
        // Counted before anybody looks, so that guesses that come together are no more than those that come one by one.
        let address = request.request.clientAddress
        try rates.admitGuess(from: address)
        let session: IssuedToken
        do throws(SignInError) {
            // A browser has one session: the one that it had before is nobody's from now on.
            session = try await signIn.enter(typed, leaving: request.bearer)
        } catch {
            guard case .refused = error else {
                rates.forgiveGuess(from: address)
                throw Problem(error)
            }
            return Self.entrance(language, isWrong: true).response(status: .forbidden)
        }
        rates.forgiveGuess(from: address)
        if let before = request.bearer { await authenticator.forget(before.prefix) }
        return .seeOther(
            "/?lang=\(language.rawValue)",
            cookie: SessionCookie(of: authenticator.base).setting(session, over: request.request.scheme))
    }

    private static func entrance(_ language: PageLanguage, isWrong: Bool = false) -> PersonPage {
        let label = PageText(en: "Sign-in code", zh: "登录码")[language]
        let help = PageText(
            en: "Ten letters and digits from your base's operator. It is good once, for ten minutes.",
            zh: "由基地管理员提供的十位字母和数字，十分钟内有效，只能用一次。")[language]
        let wrong = PageText(
            en: "This code is wrong, used or too old. Ask for a new one.", zh: "登录码不对、已使用或已过期，请索取新的登录码。")[language]
        let button = PageText(en: "Sign in", zh: "登录")[language]
        let notice: HTML = isWrong ? "<p class=\"wrong\" id=\"wrong\" role=\"alert\">\(wrong)</p>" : .empty
        return PageFrame(
            title: PageText(en: "Sign in", zh: "登录"), language: language, path: "/", scripts: [script],
            content: """
                <form class="card" id="sign-in" method="post" action="/sign-in?lang=\(language.rawValue)">
                \(notice)
                <label for="code">\(label)</label>
                <input type="text" id="code" name="code" required autofocus maxlength="40" autocomplete="one-time-code" \
                autocapitalize="characters" autocorrect="off" spellcheck="false" inputmode="text" \
                placeholder="XXXXX-XXXXX" aria-describedby="help">
                <p class="quiet" id="help">\(help)</p>
                <button>\(button)</button>
                </form>
                """
        ).page
    }
}
