internal import HTTPServer
internal import HTTPTypes

/// A page for people: no script, nothing from elsewhere, readable on a phone.
struct Page: Sendable {
    let title: String
    let language: PageLanguage
    /// The path of its stylesheet.
    let stylesheet: String
    let body: HTML

    /// The whole document.
    var document: HTML {
        """
        <!DOCTYPE html>
        <html lang="\(language.tag)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title)</title>
        <link rel="stylesheet" href="/\(String(stylesheet.drop { $0 == "/" }))">
        <link rel="icon" href="data:,">
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }

    /// What a browser may do with a page: take style from here, images from the page itself, send forms here; run nothing.
    static let policy = """
        default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """

    /// What every page is sent with.
    static let fields: ResponseFields = {
        var fields: ResponseFields = [
            .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff",
        ]
        for (name, value) in [("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin")] {
            if let name = HTTPField.Name(name) { fields.append(name, value) }
        }
        return fields
    }()
}
