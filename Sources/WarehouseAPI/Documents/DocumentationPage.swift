internal import HTTPServer
internal import HTTPTypes

/// The route table for people, in each language rendered once; only where the service is found depends on who asks.
struct DocumentationPage: Sendable {
    private let english: HTML
    private let chinese: HTML

    init(of routes: [Route]) {
        english = DocumentationText(routes, .english).content
        chinese = DocumentationText(routes, .chinese).content
    }

    /// The page, with the address under which this request has found the service.
    func response(to request: Request, in language: PageLanguage) -> Response {
        let words = DocumentationText.self
        let body: HTML = """
            \(words.heading(in: language))
            \(words.start(at: "\(request.scheme.rawValue)://\(request.authority)", in: language))
            \(language == .chinese ? chinese : english)
            """
        let page = Page(title: words.title[language], language: language, stylesheet: "/docs.css", body: body)
        var response = page.response()
        response.fields.append(.vary, "Accept-Language")
        return response
    }
}
