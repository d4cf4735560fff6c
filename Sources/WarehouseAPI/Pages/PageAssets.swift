internal import HTTPServer
internal import HTTPTypes

/// `/assets/…`: what pages are made of, carried in the binary. They tell nothing of a base.
struct PageAssets: Sendable {
    private struct Asset: Sendable {
        let name: String
        let operation: String
        let type: MediaType
        let bytes: [UInt8]
    }

    private static let css = MediaType("text/css", parameters: "; charset=utf-8")
    private static let javaScript = MediaType("text/javascript", parameters: "; charset=utf-8")

    private static let assets = [
        Asset(name: "pages.css", operation: "pageStyle", type: css, bytes: PackageResources.pages_css),
        Asset(name: "labels.css", operation: "labelStyle", type: css, bytes: PackageResources.labels_css),
        Asset(
            name: "entrance.js", operation: "entranceScript", type: javaScript,
            bytes: PackageResources.entrance_js),
        Asset(name: "stock.js", operation: "stockScript", type: javaScript, bytes: PackageResources.stock_js),
        Asset(
            name: "overlay.js", operation: "overlayScript", type: javaScript, bytes: PackageResources.overlay_js),
    ]

    var routes: [Route] {
        Self.assets.map { asset in
            let content = ConstantContent(asset.bytes)
            let tag = EntityTag(hashing: asset.bytes)
            let fields: ResponseFields = [
                .contentType: asset.type.contentType, .xContentTypeOptions: "nosniff",
                // Asked again each time: an upgrade is seen at once, and what has not changed is not sent again.
                .cacheControl: "no-cache", .eTag: tag.description,
            ]
            let response = Response(status: .ok, fields: fields, constant: content)
            return Route(
                method: .get, path: "/assets/\(asset.name)", operation: asset.operation,
                summary: "What pages are made of.", audience: .everyone, body: nil, answer: nil,
                statuses: [.ok, .notModified], problems: [.preconditionFailed], formats: [asset.type],
                handle: { request throws(Problem) in
                    try Preconditions(request.request).answer(response, tagged: tag)
                })
        }
    }
}
