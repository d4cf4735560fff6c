internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// Corrections by hand under `/v1/movements`: each is a row of the ledger, and none is changed.
struct AdjustmentsResource: Sendable {
    let stock: Stock

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/movements", operation: "adjustStock",
                summary: "Correct the stock by hand. The same reference gives the same answer.",
                audience: .roles([.warehouse, .operator]), body: Self.adjustment.schema, answer: Self.adjusted.schema,
                statuses: [.created],
                problems: [
                    .invalidParameter, .unknownLot, .unknownWarehouse, .unknownLocation, .quantityTooLarge, .expired,
                    .closed, .notThere, .promised, .referenceConflict, .outcomeUnknown, .unavailable,
                ],
                handle: adjust),
            Route(
                method: .post, path: "/v1/movements/{movement}/reversal", operation: "reverseMovement",
                summary: "Take a movement back by another one the other way, once.",
                audience: .roles([.warehouse, .operator]), parameters: [Self.movement], body: Self.reversal.schema,
                answer: Self.adjusted.schema, statuses: [.created],
                problems: [
                    .invalidParameter, .notFound, .notReversible, .quantityTooLarge, .closed, .notThere, .promised,
                    .outcomeUnknown, .unavailable,
                ],
                handle: reverse),
        ]
    }

    private func adjust(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let body = try request.body(Self.adjustment)
        let principal = try request.principal
        let adjustment: Adjustment
        do throws(InvalidValue) {
            adjustment = try Adjustment(
                reference: body.reference, kind: body.kind, lot: body.lot, warehouse: body.warehouse,
                location: body.location, quality: body.quality ?? .good, quantity: body.quantity, note: body.note)
        } catch {
            throw Problem(.invalidBody, error.description)
        }
        let adjusted = try await Problem.asking { () throws(StockError) in
            try await stock.adjust(adjustment, by: principal)
        }
        return Response(adjusted, as: Self.adjusted, status: .created)
    }

    private func reverse(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let note = try request.body(Self.reversal)
        let principal = try request.principal
        guard let movement = ID<LedgerEntry>(request.parameters[0]) else {
            throw Problem(.notFound, "There is no such movement.")
        }
        let adjusted = try await Problem.asking { () throws(StockError) in
            try await stock.reverse(movement, note: note, by: principal)
        }
        return Response(adjusted, as: Self.adjusted, status: .created)
    }

    private static let movement = RouteParameter.path(
        "movement", JSONType<ID<LedgerEntry>>.id(), about: "the row's identity")

    // MARK: Bodies

    private struct Body: Sendable {
        var reference: ReceiptReference
        var kind: Adjustment.Kind
        var lot: ID<Lot>
        var warehouse: WarehouseCode
        var location: LocationCode
        var quality: Quality?
        var quantity: Quantity
        var note: AdjustmentNote
    }

    private static let adjustment = JSONType<Body>.object(
        "Adjustment", about: "some goods of one lot at one location that are not as recorded",
        .required("reference", \.reference, .receiptReference, about: "what stands on the paper"),
        .required("kind", \.kind, .choice(of: Adjustment.Kind.self), about: "what is corrected"),
        .required("lot", \.lot, .id(), about: "goods of which lot"),
        .required("warehouse", \.warehouse, .code(), about: "where they are, or should be"),
        .required("location", \.location, .code(), about: "where in the warehouse"),
        .optional(
            "quality", \.quality, .choice(of: Quality.self),
            about: "in what state they are, or were found; absent: good"),
        .required("quantity", \.quantity, .quantity, about: "in the SKU's base unit: pieces or grams"),
        .required("note", \.note, .note, about: "why, in the person's words"), make: Body.init)

    private static let reversal = JSONType<AdjustmentNote>.object(
        "Reversal", about: "a row of the ledger that is taken back",
        .required("note", { @Sendable note in note }, .note, about: "why, in the person's words"),
        make: { $0 })

    private static let adjusted = JSONType<AdjustedStock>.object(
        "AdjustedStock", about: "the row of the ledger that was written",
        .required("movement", \.movement, .id(), about: "the row's identity"),
        .required("recorded_at", \.recordedAt, .timestamp, about: "when it was written down"),
        make: { movement, at in AdjustedStock(movement: movement, recordedAt: at) })
}

extension JSONType where Value == AdjustmentNote {
    /// Why the stock was corrected.
    static var note: Self {
        .text(
            JSONTextRule(
                pattern: PlainText.pattern, length: 1...200,
                about: "a note of 1 to 200 characters without control characters"),
            parse: { AdjustmentNote(rawValue: JSONText.string($0)) }, text: \.rawValue)
    }
}
