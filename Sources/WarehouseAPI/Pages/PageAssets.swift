internal import HTTPServer
internal import HTTPTypes

/// `/assets/…`: what pages are made of, carried in the binary. They tell nothing of a base.
struct PageAssets: Sendable {
    private struct Asset: Sendable {
        let name: String
        let operation: String
        let type: String
        let bytes: [UInt8]
    }

    private static let assets = [
        Asset(name: "pages.css", operation: "pageStyle", type: "text/css", bytes: PackageResources.pages_css),
        Asset(
            name: "entrance.js", operation: "entranceScript", type: "text/javascript",
            bytes: PackageResources.entrance_js),
        Asset(name: "stock.js", operation: "stockScript", type: "text/javascript", bytes: PackageResources.stock_js),
        Asset(
            name: "overlay.js", operation: "overlayScript", type: "text/javascript", bytes: PackageResources.overlay_js),
    ]

    var routes: [Route] {
        Self.assets.map { asset in
            let fields: ResponseFields = [
                .contentType: "\(asset.type); charset=utf-8", .xContentTypeOptions: "nosniff",
                // Asked again each time: an upgrade is seen at once, and they are small.
                .cacheControl: "no-cache",
            ]
            return Route(
                method: .get, path: "/assets/\(asset.name)", operation: asset.operation,
                summary: "What pages are made of.", audience: .everyone, body: nil, answer: nil,
                media: ["\(asset.type); charset=utf-8"], problems: [],
                handle: { _ throws(Problem) in Response(status: .ok, fields: fields, body: asset.bytes) })
        }
    }
}
