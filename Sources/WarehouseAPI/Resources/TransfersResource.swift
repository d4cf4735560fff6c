internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/transfers`: goods that go from one warehouse to another.
struct TransfersResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/transfers/{reference}/steps", operation: "stepTransfer",
                summary: "Take a transfer one step further. The same step again gives the same answer.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.named],
                body: TransferStepDocument.json.schema, answer: Self.progress.schema,
                problems: [
                    .invalidParameter, .notFound, .wrongState, .unknownWarehouse, .unknownLocation, .unknownSKU,
                    .giftSet, .unknownOwner, .unknownLot, .quantityTooLarge, .closed, .notThere, .promised,
                    .beyondDocument, .unsuitableLocation, .referenceConflict, .outcomeUnknown, .unavailable,
                ],
                handle: step),
            Route(
                method: .get, path: "/v1/transfers", operation: "listTransfers",
                summary: "Transfers, the newest first, a page at a time; those of one warehouse, those that are late.",
                audience: .roles([.warehouse, .operator]), parameters: Self.parameters, body: nil,
                answer: Self.page.schema, problems: [.invalidParameter, .unavailable], handle: list),
            Route(
                method: .get, path: "/v1/transfers/{reference}", operation: "showTransfer",
                summary: "A transfer with its goods, as both ends see it.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.named], body: nil,
                answer: JSONType<TransferDetails>.transferDetails.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .get, path: "/v1/warehouses/{warehouse}/transfer-suggestions", operation: "suggestTransfers",
                summary: "What may be brought to a warehouse from others, by what its open orders take.",
                audience: .roles([.warehouse, .operator]),
                parameters: [.path("warehouse", JSONType<WarehouseCode>.code(), about: "the warehouse's code")],
                body: nil, answer: Self.suggestions.schema, problems: [.notFound, .invalidParameter, .unavailable],
                handle: suggest),
        ]
    }

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let limit = query[Self.limit] ?? Self.usualPage
        let (warehouse, isLate) = (query[Self.warehouse], query[Self.late] ?? false)
        let page = try await Problem.asking { () async throws(StockError) -> Page in
            let found = try await stock.transfers(
                of: warehouse, isLate: isLate, before: query[Self.after], limit: limit)
            guard found.count == Int(limit), let last = found.last else { return Page(transfers: found) }
            let more = try await stock.transfers(of: warehouse, isLate: isLate, before: last.id, limit: 1)
            return Page(transfers: found, next: more.isEmpty ? nil : last.id)
        }
        return Response(page, as: Self.page)
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else { throw Self.unknown }
        let details = try await Problem.asking { () throws(StockError) in try await stock.transfer(reference) }
        guard let details else { throw Self.unknown }
        return Response(details, as: .transferDetails)
    }

    private func step(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else { throw Self.unknown }
        let task = try request.body(TransferStepDocument.json).task
        let principal = try request.principal
        do throws(StockError) {
            let progress = try await stock.handle(task, of: reference, by: principal)
            return Response(Answer(reference: reference, progress: progress), as: Self.progress)
        } catch {
            throw Problem(error, lines: task.lines).moved(into: task)
        }
    }

    private func suggest(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let unknown = Problem(.notFound, "There is no such warehouse.")
        guard let code = WarehouseCode(rawValue: request.parameters[0]) else { throw unknown }
        let suggestions = try await Problem.asking { () async throws(StockError) -> [TransferSuggestion]? in
            guard try await stock.warehouse(code) != nil else { return nil }
            return try await stock.transferSuggestions(to: code)
        }
        guard let suggestions else { throw unknown }
        return Response(suggestions, as: Self.suggestions)
    }

    private static let unknown = Problem(.notFound, "There is no such transfer.")

    // MARK: Parameters

    /// How many transfers a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let named = RouteParameter.path(
        "reference", JSONType<ReceiptReference>.receiptReference, about: "what stands on the transfer's paper")
    private static let warehouse = QueryParameter<WarehouseCode>(
        "warehouse", .code(), about: "only transfers from or to this warehouse")
    private static let late = QueryParameter<Bool>(
        "late", .yes, about: "`true`: only those that are under way although they should have arrived")
    private static let after = QueryParameter<ID<Transfer>>.after(.id())
    private static let limit = QueryParameter.limit(usual: usualPage, most: Stock.maximumTransfers)
    private static let parameters = [
        warehouse.declaration, late.declaration, after.declaration, limit.declaration,
    ]

    // MARK: Bodies

    private struct Page: Sendable {
        var transfers: [TransferSummary]
        var next: ID<Transfer>? = nil
    }

    private static let page = JSONType<Page>.object(
        "TransferPage", about: "transfers, the newest first",
        .required(
            "transfers", \.transfers, .array(of: .transferSummary, count: 0...Int(Stock.maximumTransfers)),
            about: "the newest first"),
        .optional("next", \.next, .id(), about: "pass it as `after` to get the next page; absent: this is the last"),
        make: Page.init(transfers:next:))

    private static let suggestions = JSONType<[TransferSuggestion]>.object(
        "TransferSuggestions", about: "what may be brought; nothing is reserved by it",
        .required(
            "suggestions", { @Sendable suggestions in suggestions },
            .array(of: .transferSuggestion, count: 0...Stock.maximumTransferSuggestions),
            about: "in the order of the codes"),
        make: { $0 })

    private struct Answer: Sendable {
        var reference: ReceiptReference
        var progress: TransferProgress
    }

    private static let progress = JSONType<Answer>.object(
        "TransferProgress", about: "what has become of a transfer",
        .required("id", \.progress.id, .id(), about: "its identity, for ever"),
        .required("reference", \.reference, .receiptReference, about: "what stands on the transfer's paper"),
        .required("state", \.progress.state, .choice(of: TransferState.self), about: "how far it has come"),
        make: { Answer(reference: $1, progress: TransferProgress(id: $0, state: $2)) })
}

extension JSONType where Value == Bool {
    /// `true`, as a query says it.
    fileprivate static var yes: Self {
        .text(
            JSONTextRule(pattern: "^(true|false)$", length: 4...5, about: "true or false"),
            parse: { text in
                switch JSONText.string(text) {
                case "true": true
                case "false": false
                default: nil
                }
            }, text: { $0 ? "true" : "false" })
    }
}

extension TransferTask {
    /// What it names, as lines of a delivery.
    fileprivate var lines: [Receipt.Line] {
        guard case .request(let request) = self else { return [] }
        return request.lines.map { Receipt.Line(sku: $0.sku, owner: $0.owner, quantity: $0.quantity) }
    }
}

extension Problem {
    /// The same with its pointers into the member that a task stands in.
    fileprivate func moved(into task: TransferTask) -> Problem {
        let member: String
        switch task {
        case .request: member = "/request"
        case .pick: member = "/pick"
        case .arrive: member = "/arrival"
        case .approve, .load, .depart, .cancel:
            // Nothing of the body is wrong.
            var problem = self
            problem.faults = []
            return problem
        }
        var problem = self
        problem.faults = faults.map { fault in
            var fault = fault
            fault.pointer = fault.pointer.map { pointer in
                guard pointer == "/warehouse", case .request(let request) = task else { return member + pointer }
                return member + (detail.contains("warehouse \(request.from).") ? "/from" : "/to")
            }
            return fault
        }
        return problem
    }
}
