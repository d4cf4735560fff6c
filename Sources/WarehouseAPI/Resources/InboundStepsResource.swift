internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/inbounds/{reference}`: a delivery, and its steps from the announcement to the shelf.
struct InboundStepsResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/inbounds/{reference}/steps", operation: "stepInbound",
                summary: "Take a delivery one step further. The same step again gives the same answer.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.named],
                body: InboundStepDocument.json.schema, answer: Self.progress.schema,
                problems: [
                    .invalidParameter, .notFound, .wrongState, .unknownWarehouse, .unknownLocation, .unknownSKU,
                    .giftSet, .unknownOwner, .unknownLot, .quantityTooLarge, .closed, .notThere, .noRoom, .expired,
                    .referenceConflict, .outcomeUnknown, .unavailable,
                ],
                handle: step),
            Route(
                method: .get, path: "/v1/inbounds/{reference}", operation: "showInbound",
                summary: """
                    A delivery: how far it has come, what was expected, what came, and where it may go; a cooperative sees \
                    its own goods of it.
                    """,
                audience: .roles([.cooperative, .warehouse, .operator]), parameters: [Self.named], body: nil,
                answer: InboundDocument.json.schema, problems: [.notFound, .invalidParameter, .unavailable],
                handle: show),
        ]
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let unknown = Problem(.notFound, "There is no such delivery.")
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else { throw unknown }
        let own = try request.caller.owner
        let found = try await Problem.asking { () async throws(StockError) in
            try await stock.inbound(reference, ownedBy: own)
        }
        guard let found else { throw unknown }
        let pictures = try await Problem.asking { () async throws(StockError) in
            try await stock.pictures(of: found.details.summary.id, ownedBy: own)
        }
        let document = InboundDocument(
            details: found.details, tallies: found.tallies, suggestions: found.suggestions, pictures: pictures)
        return Response(document, as: InboundDocument.json)
    }

    private func step(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        guard let reference = ReceiptReference(rawValue: request.parameters[0]) else {
            throw Problem(.notFound, "There is no such delivery.")
        }
        let task = try request.body(InboundStepDocument.json).task
        let principal = try request.principal
        do throws(StockError) {
            let progress = try await stock.handle(task, of: reference, by: principal)
            return Response(Answer(reference: reference, progress: progress), as: Self.progress)
        } catch {
            throw Problem(error, lines: task.lines).moved(into: task)
        }
    }

    private static let named = RouteParameter.path(
        "reference", JSONType<ReceiptReference>.receiptReference, about: "what stands on the delivery's paper")

    // MARK: Bodies

    private struct Answer: Sendable {
        var reference: ReceiptReference
        var progress: InboundProgress
    }

    private static let progress = JSONType<Answer>.object(
        "InboundProgress", about: "what has become of a delivery",
        .required("id", \.progress.id, .id(), about: "its identity, for ever"),
        .required("reference", \.reference, .receiptReference, about: "what stands on the delivery's paper"),
        .required("state", \.progress.state, .choice(of: InboundState.self), about: "how far it has come"),
        .optional("lot", \.progress.lot, .id(), about: "the lot that a count has become"),
        make: { id, reference, state, lot in
            Answer(reference: reference, progress: InboundProgress(id: id, state: state, lot: lot))
        })
}

extension InboundTask {
    /// What it names, as lines of a delivery.
    fileprivate var lines: [Receipt.Line] {
        switch self {
        case .announce(_, let goods): goods.map { Receipt.Line(sku: $0.sku, owner: $0.owner, quantity: $0.quantity) }
        case .count(let count): [count.goods]
        case .arrive, .finish, .release, .putAway, .cancel, .retract: []
        }
    }
}

extension Problem {
    /// The same with its pointers into the member that a task stands in.
    fileprivate func moved(into task: InboundTask) -> Problem {
        let member: String
        switch task {
        case .count: member = "/count"
        case .putAway: member = "/put_away"
        case .retract: member = "/retraction"
        case .announce, .arrive, .finish, .release, .cancel: return self
        }
        var problem = self
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
