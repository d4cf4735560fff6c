internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/loadings` and `/v1/loading-report`: who loads and unloads what, and what they did on a day.
struct LoadingsResource: Sendable {
    let stock: Stock
    let authenticator: Authenticator

    private static let audience = Audience.roles([.warehouse, .operator])

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/loadings", operation: "listLoadings",
                summary: "Loading and unloading, the newest first, a page at a time, by state and warehouse.",
                audience: Self.audience, parameters: Self.listParameters, body: nil,
                answer: JSONType<LoadingPage>.loadings.schema, problems: [.invalidParameter, .unavailable],
                handle: list),
            Route(
                method: .post, path: "/v1/loadings/{reference}/steps", operation: "stepLoading",
                summary: "Take a loading one step further. The same step again gives the same answer.",
                audience: Self.audience, parameters: [Self.named], body: LoadingStepDocument.json.schema,
                answer: Self.progress.schema,
                problems: [
                    .invalidParameter, .notFound, .wrongState, .unknownWarehouse, .referenceConflict, .outcomeUnknown,
                    .unavailable,
                ],
                handle: step),
            Route(
                method: .get, path: "/v1/loadings/{reference}", operation: "showLoading",
                summary: "One loading: what it is about, who is at it, and what was moved.",
                audience: Self.audience, parameters: [Self.named], body: nil,
                answer: JSONType<LoadingDetails>.loading.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .get, path: "/v1/loading-report", operation: "reportLoadings",
                summary: "What was loaded and unloaded on a day of the base: by loading, and by person.",
                audience: Self.audience, parameters: Self.reportParameters, body: nil,
                answer: JSONType<LoadingDay>.report.schema, problems: [.invalidParameter, .unavailable],
                formats: [.json, .csv], handle: report),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.listParameters)
        let page = try await Problem.asking { () throws(StockError) in
            try await stock.loadings(
                in: query[Self.state], at: query[Self.warehouse], before: query[Self.after],
                limit: query[Self.limit] ?? Self.usualPage)
        }
        return Response(page, as: .loadings)
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let unknown = Problem(.notFound, "There is no such loading.")
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else { throw unknown }
        let found = try await Problem.asking { () throws(StockError) in try await stock.loading(reference) }
        guard let found else { throw unknown }
        return Response(found, as: .loading)
    }

    private func step(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else {
            throw Problem(.notFound, "There is no such loading.")
        }
        let task = try request.body(LoadingStepDocument.json).task
        let principal = try request.principal
        do throws(StockError) {
            let progress = try await stock.handle(task, of: reference, by: principal)
            return Response(Answer(reference: reference, progress: progress), as: Self.progress)
        } catch .unknownWarehouse(let code) {
            throw Problem(.unknownWarehouse, "There is no warehouse \(code).", at: "/plan/warehouse")
        } catch {
            throw Problem(error)
        }
    }

    private func report(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.reportParameters)
        let (day, warehouse) = (query[Self.day], query[Self.warehouse])
        if request.format == .csv { return try await sheet(of: day, at: warehouse, for: request) }
        let report = try await Problem.asking { () throws(StockError) in
            try await stock.loadingDay(day, at: warehouse)
        }
        return Response(report, as: .report)
    }

    private func sheet(
        of day: CalendarDate?, at warehouse: WarehouseCode?, for request: RoutedRequest
    ) async throws(Problem) -> Response {
        // The day is the same for all pages, also past midnight.
        let day = try await Problem.asking { () throws(StockError) in try await stock.day(day) }
        return try await authenticator.csv(LoadingPart.csvColumns, named: "loading-\(day)", for: request) {
            [stock] after throws(Problem) -> CSVPage<LoadingPart.Position> in
            let page = try await Problem.asking { () throws(StockError) in
                try await stock.loadingParts(of: day, at: warehouse, after: after)
            }
            return CSVPage(rows: page.parts.map(\.csvRow), next: page.next)
        }
    }

    // MARK: Parameters

    /// How many loadings a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let named = RouteParameter.path(
        "reference", JSONType<ReceiptReference>.receiptReference, about: "what the loading is known by")
    private static let state = QueryParameter<LoadingState>(
        "state", .choice(of: LoadingState.self), about: "only loadings in this state")
    private static let warehouse = QueryParameter<WarehouseCode>(
        "warehouse", .code(), about: "only loadings at this warehouse")
    private static let day = QueryParameter<CalendarDate>(
        "day", .date, about: "the day at the base on which they ended; absent: today")
    private static let after = QueryParameter<ID<Loading>>.after(.id())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Stock.maximumLoadings)
    private static let listParameters = [
        state.declaration, warehouse.declaration, after.declaration, limit.declaration,
    ]
    private static let reportParameters = [day.declaration, warehouse.declaration]

    // MARK: Answers

    private struct Answer: Sendable {
        var reference: ReceiptReference
        var progress: LoadingProgress
    }

    private static let progress = JSONType<Answer>.object(
        "LoadingProgress", about: "what has become of a loading",
        .required("id", \.progress.id, .id(), about: "its identity, for ever"),
        .required("reference", \.reference, .receiptReference, about: "what the loading is known by"),
        .required("state", \.progress.state, .choice(of: LoadingState.self), about: "how far it has come"),
        make: { id, reference, state in
            Answer(reference: reference, progress: LoadingProgress(id: id, state: state))
        })
}
