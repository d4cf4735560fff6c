internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/parcels/steps`, `/v1/manifests/{manifest}` and `/v1/today`: parcels on their way to the truck.
struct ParcelsResource: Sendable {
    let fulfilment: Fulfilment

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/parcels/steps", operation: "stepParcels",
                summary: "Pack parcels, hand them over, number, relabel or dissolve them: a result for each scan.",
                audience: WavesResource.packers, body: ParcelStepDocument.json.schema, answer: Self.results.schema,
                problems: [
                    .invalidParameter, .unknownLocation, .closed, .referenceConflict, .outcomeUnknown, .unavailable,
                ], handle: step),
            Route(
                method: .get, path: "/v1/manifests/{manifest}", operation: "showManifest",
                summary: "What a carrier took along.", audience: WavesResource.packers,
                parameters: [Self.named, Self.after.declaration], body: nil, answer: Self.manifest.schema,
                problems: [.notFound, .invalidParameter, .unavailable], handle: show),
            Route(
                method: .get, path: "/v1/today", operation: "showToday",
                summary: "How the day's shipping stands: due, done, the pace, and what is at risk.",
                audience: WavesResource.packers, parameters: [Self.cutOff.declaration], body: nil,
                answer: Self.day.schema, problems: [.invalidParameter, .unavailable], handle: today),
        ]
    }

    private func step(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let step = try request.body(ParcelStepDocument.json)
        let principal = try request.principal
        return Response(try await step.run(fulfilment, by: principal), as: Self.results)
    }

    private func show(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query([Self.after.declaration])
        let unknown = Problem(.notFound, "There is no such manifest.")
        guard let code = ManifestCode(rawValue: request.parameters[0]) else { throw unknown }
        let found = try await Problem.fulfilling { () throws(FulfilmentError) in
            let found = try await fulfilment.manifest(code, after: query[Self.after])
            return Handed(manifest: found.manifest, parcels: found.parcels)
        }
        return Response(found, as: Self.manifest)
    }

    private func today(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query([Self.cutOff.declaration])
        let day = try await Problem.fulfilling { () throws(FulfilmentError) in
            try await fulfilment.today(cutOff: query[Self.cutOff])
        }
        return Response(day, as: Self.day)
    }

    private static let named = RouteParameter.path(
        "manifest", JSONType<ManifestCode>.code(), about: "the manifest's code")
    private static let after = QueryParameter<ID<Parcel>>("after", .id(), about: "only parcels after this one")
    private static let cutOff = QueryParameter<Timestamp>(
        "cut_off", .timestamp, about: "what is due is due before it; absent: the end of the base's day")

    // MARK: Answers

    private struct Handed: Sendable {
        var manifest: Manifest
        var parcels: [Parcel]
    }

    private static let manifest = JSONType<Handed>.object(
        "Manifest", about: "what a carrier took along",
        .required("id", \.manifest.id, .id(), about: "its identity, for ever"),
        .required("code", \.manifest.code, .code(), about: "what people call it"),
        .optional("carrier", \.manifest.carrier, .carrier, about: "who took the parcels; absent: the base's own cars"),
        .required("opened_at", \.manifest.openedAt, .timestamp, about: "when its first parcel was handed over"),
        .required(
            "parcels", \.parcels, .array(of: .parcel, count: 0...Int(FulfilmentLimits.maximumPage)),
            about: "what was handed over, a page at a time"),
        make: { id, code, carrier, at, parcels in
            Handed(manifest: Manifest(id: id, code: code, carrier: carrier, openedAt: at), parcels: parcels)
        })

    private static let day = JSONType<ShippingDay>.object(
        "ShippingDay", about: "how the day's shipping stands",
        .required("at", \.at, .timestamp, about: "when it was looked at"),
        .required("cut_off", \.cutOff, .timestamp, about: "what is due is due before it"),
        .required("due", \.due, .count, about: "orders that have to leave before the cut-off and are in the house"),
        .required("packed", \.packed, .count, about: "of these, those that are packed"),
        .required("overdue", \.overdue, .count, about: "of these, those whose time is over"),
        .required("undated", \.undated, .count, about: "orders of which nobody has said when they have to leave"),
        .required("done_orders", \.doneOrders, .count, about: "orders of which a parcel was handed over today"),
        .required("done_parcels", \.doneParcels, .count, about: "parcels that were handed over today"),
        .required("per_hour", \.perHour, .count, about: "orders that were packed within the last hour"),
        .required(
            "at_risk", \.atRisk, .count, about: "of those that are due, those that at this pace are packed too late"),
        .optional("finish", \.finish, .timestamp, about: "when all that is due is packed at this pace; absent: never"),
        make: { at, cutOff, due, packed, overdue, undated, orders, parcels, perHour, atRisk, _ in
            ShippingDay(
                at: at, cutOff: cutOff, due: due, packed: packed, overdue: overdue, undated: undated,
                doneOrders: orders, doneParcels: parcels, perHour: perHour, atRisk: atRisk)
        })

    private static let result = JSONType<ParcelOutcomeDocument>.object(
        "ParcelResult", about: "what became of a parcel that was scanned",
        .required("scan", \.scan, .scan, about: "as it was scanned"),
        .optional("label", \.label, .label, about: "what stands on its label; absent: there is no such parcel"),
        .required("outcome", \.outcome, .choice(of: ParcelOutcomeDocument.Outcome.self), about: "what became of it"),
        .optional(
            "reason", \.reason, .string(1...64),
            about: "why it was refused, for programs; stopped_ and why: it must not leave"),
        .optional("detail", \.detail, .string(1...500), about: "why it was refused, in words"),
        make: ParcelOutcomeDocument.init(scan:label:outcome:reason:detail:))

    private static let results = JSONType<[ParcelOutcomeDocument]>.object(
        "ParcelResults", about: "what became of each scan, in their order",
        .required(
            "results", { @Sendable list in list }, .array(of: result, count: 1...FulfilmentLimits.scansPerCall)),
        make: { $0 })
}
