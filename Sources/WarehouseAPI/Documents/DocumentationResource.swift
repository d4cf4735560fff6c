internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/openapi.json` for programs and `/docs` for people: what the route table says, rendered once.
///
/// They are everybody's. They tell of the program, which is the same in every installation and printed in its repository, and
/// nothing of a base: no code, name or number of it, nor whether it has any. Whoever writes a client reads them before there
/// is a token, in a browser that has none to send. Paths that they do not list still answer 401 to whoever has no good token.
struct DocumentationResource: Sendable {
    /// What tells programs that JSON is an OpenAPI document (its registration with IANA).
    private static let openAPIMedia = MediaType("application/vnd.oai.openapi+json", parameters: ";version=3.1")
    private static let css = MediaType("text/css", parameters: "; charset=utf-8")

    private let document: Response
    private let named: Response
    private let tag: EntityTag
    private let page: DocumentationPage

    /// Describes these routes, and its own.
    init(of routes: [Route]) {
        let all = routes + Self.routes { _, _ throws(Problem) in throw Problem(.notFound, "It is being written.") }
        let content = ConstantContent(OpenAPIDocument(all).bytes)
        tag = EntityTag(hashing: content.plain)
        document = Self.response(content, media: .json, tag: tag)
        named = Self.response(content, media: Self.openAPIMedia, tag: tag)
        page = DocumentationPage(of: all)
    }

    /// The routes that show it.
    var routes: [Route] { Self.routes { part, request throws(Problem) in try self.show(part, request) } }

    private enum Part: Sendable {
        case openAPI
        case page
        case style
    }

    private static let language = QueryParameter<PageLanguage>(
        "lang", .choice(of: PageLanguage.self), about: "the language of the page; absent: what the browser prefers")

    private static func routes(
        _ show: @escaping @Sendable (Part, RoutedRequest) throws(Problem) -> Response
    ) -> [Route] {
        [
            Route(
                method: .get, path: "/openapi.json", operation: "openAPI",
                summary: "This API as an OpenAPI 3.1 document, for programs.", audience: .everyone,
                parameters: RouteParameter.conditions, body: nil, answer: .any,
                statuses: [.ok, .notModified], fields: [.eTag], problems: [.invalidParameter, .preconditionFailed],
                formats: [.json, openAPIMedia],
                handle: { request throws(Problem) in try show(.openAPI, request) }),
            Route(
                method: .get, path: "/docs", operation: "docs",
                summary: "This API as a page for people, in English or Chinese.", audience: .everyone,
                parameters: [language.declaration], body: nil, answer: nil,
                problems: [.invalidParameter], formats: [.html],
                handle: { request throws(Problem) in try show(.page, request) }),
            Route(
                method: .get, path: "/docs.css", operation: "docsStyle", summary: "The page's stylesheet.",
                audience: .everyone, body: nil, answer: nil, problems: [.invalidParameter], formats: [css],
                handle: { request throws(Problem) in try show(.style, request) }),
        ]
    }

    private func show(_ part: Part, _ request: RoutedRequest) throws(Problem) -> Response {
        switch part {
        case .openAPI:
            try request.query()
            let whole = request.format == Self.openAPIMedia ? named : document
            return try Preconditions(request.request).answer(whole, tagged: tag)
        case .page:
            let asked = try request.query([Self.language.declaration])[Self.language]
            return page.response(to: request.request, in: asked ?? PageLanguage(of: request.request))
        case .style:
            try request.query()
            return DocumentationStyle.response
        }
    }

    private static func response(_ content: ConstantContent, media: MediaType, tag: EntityTag) -> Response {
        Response(
            status: .ok,
            fields: [.contentType: media.contentType, .eTag: tag.description, .cacheControl: "no-cache"],
            constant: content)
    }
}
