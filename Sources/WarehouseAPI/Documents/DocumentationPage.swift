internal import EventLoop
internal import HTTPServer
internal import HTTPTypes

/// The route table for people, in each language rendered once; only where the service is found depends on who asks.
final class DocumentationPage: Sendable {
    private struct Place: Hashable {
        let address: String
        let language: PageLanguage
    }

    /// The addresses and languages of which a page is kept: a service has few, and whoever asks may name any.
    private static let keptAtMost = 16

    private let english: HTML
    private let chinese: HTML
    private let kept = Lock<[Place: ConstantContent]>([:])

    init(of routes: [Route]) {
        english = DocumentationText(routes, .english).content
        chinese = DocumentationText(routes, .chinese).content
    }

    /// The page, with the address under which this request has found the service.
    ///
    /// It is compressed once for each of a few addresses; under more than those it goes out as it is, which costs little.
    func response(to request: Request, in language: PageLanguage) -> Response {
        var fields = Page.fields
        fields.append(.vary, "Accept-Language")
        let place = Place(address: "\(request.scheme.rawValue)://\(request.authority)", language: language)
        if let content = kept.withLock({ $0[place] }) {
            return Response(status: .ok, fields: fields, constant: content)
        }
        let content = ConstantContent(document(at: place))
        let isKept = kept.withLock { kept in
            guard kept.count < Self.keptAtMost else { return false }
            kept[place] = content
            return true
        }
        if !isKept { fields.append(.cacheControl, "no-transform") }
        return Response(status: .ok, fields: fields, constant: content)
    }

    private func document(at place: Place) -> [UInt8] {
        let (words, language) = (DocumentationText.self, place.language)
        let body: HTML = """
            \(words.heading(in: language))
            \(words.start(at: place.address, in: language))
            \(language == .chinese ? chinese : english)
            """
        let page = Page(title: words.title[language], language: language, stylesheet: "/docs.css", body: body)
        return Array(page.document.markup.utf8)
    }
}
