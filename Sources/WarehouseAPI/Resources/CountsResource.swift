internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/counts`: counting what stands somewhere.
struct CountsResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/counts/{reference}/steps", operation: "stepCount",
                summary: "Take a count one step further. The same step again gives the same answer.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.named],
                body: CountStepDocument.json.schema, answer: Self.progress.schema,
                problems: [
                    .invalidParameter, .notFound, .wrongState, .unknownWarehouse, .unknownLocation, .unknownSKU,
                    .giftSet, .unknownLot, .quantityTooLarge, .closed, .notThere, .promised, .expired,
                    .referenceConflict, .outcomeUnknown, .unavailable,
                ],
                handle: step),
            Route(
                method: .get, path: "/v1/counts", operation: "listCounts",
                summary: "Counts, the newest first, a page at a time; those of one warehouse.",
                audience: .roles([.warehouse, .operator]), parameters: Self.parameters, body: nil,
                answer: Self.page.schema, problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .get, path: "/v1/counts/{reference}", operation: "showCount",
                summary: "A count with its lines; what is expected of a blind one is told when its counting is over.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.named], body: nil,
                answer: JSONType<StockCountDetails>.countDetails.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .get, path: "/v1/warehouses/{warehouse}/due-counts", operation: "dueCounts",
                summary: "Which SKUs are to be counted in a warehouse, the most valuable ones the most often.",
                audience: .roles([.warehouse, .operator]),
                parameters: [.path("warehouse", JSONType<WarehouseCode>.code(), about: "the warehouse's code")],
                body: nil, answer: Self.due.schema, problems: [.notFound, .invalidParameter, .unavailable],
                handle: listDue),
            Route(
                method: .get, path: "/v1/shrinkage", operation: "listShrinkage",
                summary: "What counts have found missing, by reason and by who answers for it.",
                audience: .roles([.warehouse, .operator]), parameters: Self.days, body: nil,
                answer: Self.shrinkage.schema, problems: [.invalidParameter, .unavailable], handle: listShrinkage),
        ]
    }

    private func step(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else { throw Self.unknown }
        let task = try request.body(CountStepDocument.json).task
        let principal = try request.principal
        do throws(StockError) {
            let progress = try await stock.handle(task, of: reference, by: principal)
            return Response(Answer(reference: reference, progress: progress), as: Self.progress)
        } catch {
            throw Problem(error, lines: task.lines).moved(into: task)
        }
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let limit = query[Self.limit] ?? Self.usualPage
        let warehouse = query[Self.warehouse]
        let page = try await Problem.asking { () async throws(StockError) -> Page in
            let found = try await stock.counts(in: warehouse, before: query[Self.after], limit: limit)
            guard found.count == Int(limit), let last = found.last else { return Page(counts: found) }
            let more = try await stock.counts(in: warehouse, before: last.id, limit: 1)
            return Page(counts: found, next: more.isEmpty ? nil : last.id)
        }
        return Response(page, as: Self.page)
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else { throw Self.unknown }
        let details = try await Problem.asking { () throws(StockError) in try await stock.count(reference) }
        guard let details else { throw Self.unknown }
        return Response(details, as: .countDetails)
    }

    private func listDue(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let unknown = Problem(.notFound, "There is no such warehouse.")
        guard let code = WarehouseCode(rawValue: request.parameters[0]) else { throw unknown }
        let due = try await Problem.asking { () async throws(StockError) -> [DueCount]? in
            guard try await stock.warehouse(code) != nil else { return nil }
            return try await stock.dueCounts(in: code)
        }
        guard let due else { throw unknown }
        return Response(due, as: Self.due)
    }

    private func listShrinkage(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.days)
        let found = try await Problem.asking { () async throws(StockError) -> [Shrinkage] in
            let today = try await stock.today()
            let first = query[Self.from] ?? CalendarDate(daysSince1970: today.daysSince1970 - 30)
            return try await stock.shrinkage(from: first, through: query[Self.through] ?? today)
        }
        return Response(found, as: Self.shrinkage)
    }

    private static let unknown = Problem(.notFound, "There is no such count.")

    // MARK: Parameters

    /// How many counts a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let named = RouteParameter.path(
        "reference", JSONType<ReceiptReference>.receiptReference, about: "what stands on the count's paper")
    private static let warehouse = QueryParameter<WarehouseCode>(
        "warehouse", .code(), about: "only counts in this warehouse")
    private static let after = QueryParameter<ID<StockCount>>.after(.id())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Stock.maximumCounts)
    private static let parameters = [warehouse.declaration, after.declaration, limit.declaration]
    private static let from = QueryParameter<CalendarDate>("from", .date, about: "the first day; absent: 30 days ago")
    private static let through = QueryParameter<CalendarDate>("through", .date, about: "the last day; absent: today")
    private static let days = [from.declaration, through.declaration]

    // MARK: Bodies

    private struct Page: Sendable {
        var counts: [StockCountSummary]
        var next: ID<StockCount>? = nil
    }

    private static let page = JSONType<Page>.object(
        "CountPage", about: "counts, the newest first",
        .required(
            "counts", \.counts, .array(of: .countSummary, count: 0...Int(Stock.maximumCounts)),
            about: "the newest first"),
        .optional("next", \.next, .id(), about: "pass it as `after` to get the next page; absent: this is the last"),
        make: Page.init(counts:next:))

    private static let due = JSONType<[DueCount]>.object(
        "DueCounts", about: "what is to be counted in a warehouse",
        .required(
            "due", { @Sendable due in due }, .array(of: .dueCount, count: 0...Stock.maximumDueCounts),
            about: "the most valuable class first, in it the longest uncounted ones first"),
        make: { $0 })

    private static let shrinkage = JSONType<[Shrinkage]>.object(
        "ShrinkageList", about: "what counts have found missing",
        .required(
            "shrinkage", { @Sendable rows in rows }, .array(of: .shrinkage, count: 0...Int(Stock.maximumShrinkage)),
            about: "the most first"),
        make: { $0 })

    private struct Answer: Sendable {
        var reference: ReceiptReference
        var progress: StockCountProgress
    }

    private static let progress = JSONType<Answer>.object(
        "CountProgress", about: "what has become of a count",
        .required("id", \.progress.id, .id(), about: "its identity, for ever"),
        .required("reference", \.reference, .receiptReference, about: "what stands on the count's paper"),
        .required("state", \.progress.state, .choice(of: StockCountState.self), about: "how far it has come"),
        .required(
            "needs_recount", \.progress.needsRecount, .boolean,
            about: "whether what was counted has to be counted once more"),
        make: { Answer(reference: $1, progress: StockCountProgress(id: $0, state: $2, needsRecount: $3)) })
}

extension StockCountTask {
    /// What it names, as lines of a delivery.
    fileprivate var lines: [Receipt.Line] {
        guard case .plan(let plan) = self, case .sku(let sku) = plan.scope else { return [] }
        return [Receipt.Line(sku: sku, owner: .sample, quantity: .zero)]
    }
}

extension Problem {
    /// The same with its pointers into the member that a task stands in.
    fileprivate func moved(into task: StockCountTask) -> Problem {
        var problem = self
        let member: String
        switch task {
        case .plan: member = "/plan"
        case .count: member = "/count"
        case .explain: member = "/explanation"
        case .finish, .approve, .cancel:
            // Nothing of the body is wrong.
            problem.faults = []
            return problem
        }
        problem.faults = faults.map { fault in
            var fault = fault
            fault.pointer = fault.pointer.map { pointer in
                pointer.hasPrefix("/lines/0/") ? member + pointer.dropFirst("/lines/0".count) : member + pointer
            }
            return fault
        }
        return problem
    }
}
