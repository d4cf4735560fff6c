internal import HTTPServer
internal import HTTPTypes

/// `/overlay`: big figures on a transparent ground, for a stream's picture. The page is anybody's; the figures need a key.
struct OverlayPages: Sendable {
    private static let script: HTML = "<script src=\"/assets/overlay.js\" defer></script>"

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/overlay", operation: "overlayPage",
                summary: "Live figures for a stream's picture; the key stands behind the #.", audience: .visitors,
                body: nil, answer: nil, problems: [], formats: [.html], handle: show)
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        let language = PageLanguage(ofPerson: request.request)
        let stale = PageText(en: "Not up to date for 0 s", zh: "已 0 秒未更新")[language]
        let refused = PageText(en: "The key of this overlay is not valid", zh: "叠加的密钥无效")[language]
        let (piece, gram) = (PageText(en: "left", zh: "件")[language], PageText(en: "g left", zh: "克")[language])
        return PersonPage(
            title: "云仓", language: language, scripts: [Self.script], look: "overlay",
            body: """
                <main><ul id="figures"></ul>
                <p id="state" role="status" data-stale="\(stale)" data-refused="\(refused)" data-piece="\(piece)" \
                data-gram="\(gram)"></p></main>
                """
        ).response()
    }
}
