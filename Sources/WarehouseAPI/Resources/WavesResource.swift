internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/waves`: orders that are picked together.
struct WavesResource: Sendable {
    let fulfilment: Fulfilment

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/waves", operation: "listWaves", summary: "Waves, the newest first.",
                audience: Self.packers, parameters: Self.parameters, body: nil, answer: Self.page.schema,
                problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .post, path: "/v1/waves", operation: "planWave",
                summary: "Choose the orders of a wave. The same terms under the same code are planned once.",
                audience: Self.packers, body: WaveDocument.plan.schema,
                answer: JSONType<WaveProgress>.waveProgress.schema,
                problems: [
                    .invalidParameter, .unknownWarehouse, .unknownLocation, .closed, .wrongState, .referenceConflict,
                    .outcomeUnknown, .unavailable,
                ], handle: plan),
            Route(
                method: .post, path: "/v1/wave-previews", operation: "previewWave",
                summary: "What a wave would take, and what could be bound to it; nothing is changed.",
                audience: Self.packers, body: JSONType<WaveTerms>.waveTerms.schema, answer: Self.preview.schema,
                problems: [.invalidParameter, .unknownWarehouse, .unavailable], handle: look),
            Route(
                method: .get, path: "/v1/waves/{wave}", operation: "showWave",
                summary: "A wave: what became of its orders, and what is to be picked, as pickers walk.",
                audience: Self.packers, parameters: [Self.named], body: nil, answer: Self.details.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .get, path: "/v1/waves/{wave}/parcels", operation: "listParcels",
                summary: "The parcels of a wave by their numbers, a page at a time.",
                audience: Self.packers, parameters: [Self.named] + Self.parcelParameters, body: nil,
                answer: Self.parcels.schema, problems: [.notFound, .invalidParameter, .unavailable], handle: parcels),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let waves = try await Problem.fulfilling { () throws(FulfilmentError) in
            try await fulfilment.waves(before: query[Self.after], limit: query[Self.limit] ?? 100)
        }
        return Response(waves, as: Self.page)
    }

    private func plan(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(WaveDocument.plan)
        let principal = try request.principal
        let progress = try await Problem.fulfilling { () throws(FulfilmentError) in
            try await fulfilment.plan(body.code, body.terms, by: principal)
        }
        return Response(progress, as: .waveProgress)
    }

    private func look(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let terms = try request.body(JSONType<WaveTerms>.waveTerms)
        do throws(FulfilmentError) {
            return Response(try await fulfilment.preview(terms), as: Self.preview)
        } catch .dayIsOver(let day, let today) {
            throw .dayIsOver(day, today: today, at: "/ship_on")
        } catch {
            throw Problem(error)
        }
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try Self.code(request)
        let details = try await Problem.fulfilling { () throws(FulfilmentError) in
            Details(progress: try await fulfilment.progress(of: code), picks: try await fulfilment.picks(of: code))
        }
        return Response(details, as: Self.details)
    }

    private func parcels(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parcelParameters)
        let code = try Self.code(request)
        let parcels = try await Problem.fulfilling { () throws(FulfilmentError) in
            try await fulfilment.parcels(
                of: code, after: query[Self.afterNumber] ?? 0, state: query[Self.state],
                limit: query[Self.parcelLimit] ?? 100)
        }
        return Response(parcels, as: Self.parcels)
    }

    static func code(_ request: RoutedRequest) throws(Problem) -> WaveCode {
        guard let code = WaveCode(rawValue: request.parameters[0]) else {
            throw Problem(.notFound, "There is no such wave.")
        }
        return code
    }

    static let packers = Audience.roles([.warehouse, .operator])
    static let named = RouteParameter.path("wave", JSONType<WaveCode>.code(), about: "the wave's code")
    private static let after = QueryParameter<ID<Wave>>.after(.id())
    private static let limit = QueryParameter.limit(most: FulfilmentLimits.maximumPage)
    private static let parameters = [after.declaration, limit.declaration]
    private static let afterNumber = QueryParameter<Int32>(
        "after", .integer(0...Int(Int32.max)), usual: 0, about: "only parcels after this number")
    private static let state = QueryParameter<ParcelState>(
        "state", .choice(of: ParcelState.self), about: "only parcels in this state")
    private static let parcelLimit = QueryParameter.limit(most: FulfilmentLimits.maximumPage)
    private static let parcelParameters = [
        afterNumber.declaration, state.declaration, parcelLimit.declaration,
    ]

    // MARK: Answers

    private struct Details: Sendable {
        var progress: WaveProgress
        var picks: [PickTask]
    }

    private static let details = JSONType<Details>.object(
        "WaveDetails", about: "a wave, and what is to be picked for it",
        .required("wave", \.progress, .waveProgress, about: "how far it has come"),
        .required(
            "picks", \.picks, .array(of: .pickTask, count: 0...Int(FulfilmentLimits.maximumPage)),
            about: "what is to be picked, as pickers walk"),
        make: Details.init)

    private static let parcels = JSONType<[Parcel]>.object(
        "ParcelList", about: "parcels by their numbers",
        .required(
            "parcels", { @Sendable list in list }, .array(of: .parcel, count: 0...Int(FulfilmentLimits.maximumPage))),
        make: { $0 })

    private static let wave = JSONType<Wave>.object(
        "Wave", about: "orders that are picked together",
        .required("id", \.id, .id(), about: "its identity, for ever"),
        .required("code", \.code, .code(), about: "what people call it"),
        .required("state", \.state, .choice(of: WaveState.self), about: "how far it has come"),
        .required("kind", \.kind, .choice(of: Wave.Kind.self), about: "orders of one SKU each, or of several"),
        .required("warehouse", \.warehouse, .code(), about: "where the goods stand"),
        .optional("carrier", \.carrier, .carrier, about: "who carries the parcels; absent: the base's own cars"),
        .required("ship_on", \.shipOn, .date, about: "the day on which they leave"),
        .required("orders", \.orders, .integer(0...Int(Int32.max)), about: "how many orders were chosen"),
        .required("parcels", \.parcels, .integer(0...Int(Int32.max)), about: "how many parcels there are"),
        .required("planned_at", \.plannedAt, .timestamp, about: "when it was planned"),
        make: Wave.init(id:code:state:kind:warehouse:carrier:shipOn:orders:parcels:plannedAt:))

    private static let page = JSONType<[Wave]>.object(
        "WaveList", about: "waves, the newest first",
        .required("waves", { @Sendable list in list }, .array(of: wave, count: 0...Int(FulfilmentLimits.maximumPage))),
        make: { $0 })

    private static let demand = JSONType<WaveDemand>.object(
        "WaveDemand", about: "what a wave would want of one SKU and owner, and what could be bound",
        .required("sku", \.sku, .code(), about: "the SKU's code"),
        .required("unit", \.unit, .choice(of: BaseUnit.self), about: "what its quantities count"),
        .required("owner", \.owner, .code(), about: "whose it is"),
        .required("orders", \.orders, .count, about: "how many orders want it"),
        .required("wanted", \.wanted, .count, about: "how much they want, in base units"),
        .required("bindable", \.bindable, .count, about: "how much may be bound, in base units"),
        make: WaveDemand.init(sku:unit:owner:orders:wanted:bindable:))

    private static let preview = JSONType<WavePreview>.object(
        "WavePreview", about: "what a wave would be",
        .required("orders", \.orders, .count, about: "how many orders it would take"),
        .required("groups", \.groups, .count, about: "how many groups of orders that may share parcels"),
        .required("ship_on", \.shipOn, .date, about: "the day on which they leave"),
        .required("demands", \.demands, .array(of: demand, count: 0...100_000), about: "by SKU and owner"),
        make: WavePreview.init(orders:groups:shipOn:demands:))
}
