internal import HTTPServer
internal import HTTPTypes

/// A page of somebody's own: it runs the scripts of this service and no others, and no cache keeps it.
struct PersonPage: Sendable {
    let title: String
    let language: PageLanguage
    /// The elements that load its scripts.
    var scripts: [HTML] = []
    /// What the whole page looks like, for the stylesheet.
    var look = "plain"
    /// Which of the service's stylesheets it has.
    var stylesheet = "pages.css"
    let body: HTML

    /// The whole document.
    var document: HTML {
        """
        <!DOCTYPE html>
        <html lang="\(language.tag)" class="\(look)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title)</title>
        <link rel="stylesheet" href="/assets/\(stylesheet)">
        <link rel="icon" href="data:,">
        \(scripts)
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }

    /// What a browser may do with it: style, scripts and data from here, forms to here, and nothing else.
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    /// What it is sent with. The referrer is kept within the site: a form that sends none would come from nowhere.
    static let fields: ResponseFields = {
        var fields: ResponseFields = [
            .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store", .vary: "Accept-Language, Cookie",
        ]
        for (name, value) in [("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin")] {
            if let name = HTTPField.Name(name) { fields.append(name, value) }
        }
        return fields
    }()

    /// The answer with this page.
    func response(status: HTTPResponse.Status = .ok, cookie: String? = nil) -> Response {
        var fields = Self.fields
        if let cookie { fields.append(.setCookie, cookie) }
        return Response(status: status, fields: fields, body: Array(document.markup.utf8))
    }
}

extension Response {
    /// Sends a browser on to another page, which it asks for with GET.
    static func seeOther(_ path: String, cookie: String? = nil) -> Response {
        var fields: ResponseFields = [.location: path, .cacheControl: "no-store"]
        if let cookie { fields.append(.setCookie, cookie) }
        return Response(status: .seeOther, fields: fields)
    }
}
