extension RouteGuide {
    /// What describes the API itself.
    static let documents: [String: RouteGuide] = [
        "openAPI": RouteGuide(
            chinese: "本 API 的 OpenAPI 3.1 描述，供程序使用。",
            notes: PageText(
                en: "With `Accept: application/vnd.oai.openapi+json` it comes under that media type.",
                zh: "带 `Accept: application/vnd.oai.openapi+json` 时以该媒体类型返回。")),
        "docs": RouteGuide(chinese: "本页：供人阅读的 API 说明，中文或英文。", query: [("lang", "zh")]),
        "docsStyle": RouteGuide(chinese: "本页的样式表。"),
    ]
}
