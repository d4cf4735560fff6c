internal import HTTPServer
internal import HTTPTypes

/// Whether a browser's request was made by a page of this very service.
///
/// A browser adds its cookies to whatever any site makes it send, so a write that a cookie speaks for has to say where it comes
/// from; so does signing in, which another site could make a browser do under another's name.
enum RequestOrigin {
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!

    /// Scripts can write neither field. A browser that sends none of them is too old to be let.
    static func isOwn(_ request: Request) -> Bool {
        let (sites, origins) = (request.fields.values(of: fetchSite), request.fields.values(of: .origin))
        guard sites.count <= 1, origins.count <= 1, !(sites.isEmpty && origins.isEmpty) else { return false }
        if let site = sites.first, site != "same-origin" { return false }
        guard let origin = origins.first else { return true }
        // A page whose referrer is hidden says `null`; then the browser's own word counts alone.
        if origin == "null" { return !sites.isEmpty }
        return names(origin, request)
    }

    private static func names(_ origin: String, _ request: Request) -> Bool {
        let authority = request.authority.lowercased()
        // A proxy that ends TLS and is not known as one makes https look like http; the other way round nothing does.
        if origin.lowercased() == "https://\(authority)" { return true }
        return request.scheme == .http && origin.lowercased() == "http://\(authority)"
    }
}

extension Problem {
    /// A write that a cookie speaks for and another site has made.
    static let foreignOrigin = Problem(
        .foreignOrigin,
        "A browser's session changes things only from the pages of this service (Origin, Sec-Fetch-Site).")
}
