internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/v1/overlay`: what is left of the SKUs of an overlay's key, and of nothing else.
struct OverlayResource: Sendable {
    let board: StockBoard

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/overlay", operation: "overlay",
                summary: "What is left of the SKUs that an overlay's key shows.", audience: .overlays,
                parameters: RouteParameter.conditions, body: nil, answer: Self.json.schema,
                statuses: [.ok, .notModified], fields: [.eTag],
                problems: [.invalidParameter, .preconditionFailed, .unavailable], handle: show)
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let caller = try request.caller
        guard case .overlay(let skus) = caller.bearing else { throw .unauthenticated }
        let looks = skus.map { (sku: $0, look: board.levels(of: $0, owner: caller.owner)) }
        guard !looks.contains(where: { $0.look.freshness == .unread }) else {
            throw Problem(.unavailable, "The stock has not been read yet; send it again.", fields: [(.retryAfter, "1")])
        }
        let age = looks.compactMap { $0.look.freshness.age(at: .now()) }.max()
        let overlay = Overlay(
            skus: looks.map { Figure(sku: $0.sku, levels: $0.look.found) }, stale: age.map { _ in true },
            ageSeconds: age?.components.seconds)
        let body = Self.json.bytes(of: overlay)
        let tag = EntityTag(hashing: body)
        var fields: ResponseFields = [.contentType: "application/json", .cacheControl: "no-store"]
        // What is stale changes with every second.
        guard age == nil else { return Response(status: .ok, fields: fields, body: body) }
        fields.append(.eTag, tag.description)
        return try Preconditions(request.request).answer(
            Response(status: .ok, fields: fields, body: body), tagged: tag)
    }

    // MARK: Answers

    private struct Figure: Sendable {
        var sku: SKUCode
        var name: String?
        var unit: BaseUnit?
        var available: Int64

        init(sku: SKUCode, levels: [StockLevel]) {
            self.sku = sku
            name = levels.first?.name.rawValue
            unit = levels.first?.unit
            available = levels.reduce(0) { $0 + $1.counters.available }
        }

        init(sku: SKUCode, name: String?, unit: BaseUnit?, available: Int64) {
            (self.sku, self.name, self.unit, self.available) = (sku, name, unit, available)
        }
    }

    private struct Overlay: Sendable {
        var skus: [Figure]
        var stale: Bool?
        var ageSeconds: Int64?
    }

    private static let figure = JSONType<Figure>.object(
        "OverlayFigure", about: "what is left of one SKU, in all warehouses",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .optional("name", \.name, .string(1...200), about: "what people call it"),
        .optional("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
        .required("available", \.available, .integer(0...Int.max), about: "what can still be sold"),
        make: Figure.init(sku:name:unit:available:))

    private static let json = JSONType<Overlay>.object(
        "Overlay", about: "what is left of the SKUs of a key",
        .required("skus", \.skus, .array(of: figure, count: 1...OverlayKey.skusAtMost), about: "in the key's order"),
        .optional(
            "stale", \.stale, .boolean,
            about: "true: changes may have been missed for `age_seconds`; absent: none is known to be missing"),
        .optional(
            "age_seconds", \.ageSeconds, .integer(0...Int.max), about: "for how long changes may have been missed"),
        make: Overlay.init)
}
