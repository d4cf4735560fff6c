internal import CloudWarehouse
internal import JSON
internal import Postgres

/// What is done with parcels that were scanned, as it is sent.
struct ParcelStepDocument: Sendable {
    /// What may be done with several parcels, or with each of them.
    enum Event: String, CaseIterable, Sendable {
        case pack, dissolve, number, relabel
        case handOver = "hand_over"
    }

    /// One scan, with what its event says.
    struct Scan: Sendable {
        var scan: ParcelScan
        var weighedGrams: Int?
        var acceptsShort: Bool?
        var acceptsWeight: Bool?
        var tracking: TrackingNumber?
    }

    var event: Event
    var scans: [Scan]
    var manifest: ManifestCode?
    var carrier: Carrier?
    var location: LocationCode?

    static let json = JSONType<ParcelStepDocument>.object(
        "ParcelStep", about: "what is done with parcels; each event says its own members, and no others are looked at",
        .required("event", \.event, .choice(of: Event.self), about: "what happens"),
        .required(
            "scans", \.scans, .array(of: scan, count: 1...FulfilmentLimits.scansPerCall), about: "which parcels"),
        .optional("manifest", \.manifest, .code(), about: "of hand_over: under which manifest"),
        .optional(
            "carrier", \.carrier, .carrier,
            about: "of hand_over and number: who carries them; absent at hand_over: the base's own cars"),
        .optional(
            "location", \.location, .code(), about: "of dissolve: where the goods are put; absent: where they came from"
        ),
        make: ParcelStepDocument.init)

    private static let scan = JSONType<Scan>.object(
        "ParcelScan", about: "a parcel that was scanned",
        .required("scan", \.scan, .scan, about: "its label, or its carrier's number"),
        .optional("weighed_grams", \.weighedGrams, .integer(1...1_000_000_000), about: "of pack: what it weighs"),
        .optional("accept_short", \.acceptsShort, .boolean, about: "of pack: true: it goes without what was not found"),
        .optional("accept_weight", \.acceptsWeight, .boolean, about: "of pack: true: it goes whatever it weighs"),
        .optional("tracking", \.tracking, .tracking, about: "of number: under which number of the carrier"),
        make: Scan.init)

    /// Does it, and says what became of each scan.
    func run(_ fulfilment: Fulfilment, by principal: Principal) async throws(Problem) -> [ParcelOutcomeDocument] {
        switch event {
        case .pack:
            let scans = scans.map { scan in
                PackScan(
                    scan.scan, weighedGrams: scan.weighedGrams.map { Int64($0) },
                    acceptsShort: scan.acceptsShort ?? false, acceptsWeight: scan.acceptsWeight ?? false)
            }
            return try await Problem.fulfilling { () throws(FulfilmentError) in
                try await fulfilment.pack(scans, by: principal).map(ParcelOutcomeDocument.init)
            }
        case .handOver:
            let manifest = try said(manifest, "manifest")
            return try await Problem.fulfilling { () throws(FulfilmentError) in
                try await fulfilment.handOver(scans.map(\.scan), on: manifest, to: carrier, by: principal)
                    .map(ParcelOutcomeDocument.init)
            }
        case .dissolve, .number, .relabel:
            var outcomes: [ParcelOutcomeDocument] = []
            for (index, scan) in scans.enumerated() {
                outcomes.append(try await change(scan, at: index, fulfilment, by: principal))
            }
            return outcomes
        }
    }

    private func change(
        _ scan: Scan, at index: Int, _ fulfilment: Fulfilment, by principal: Principal
    ) async throws(Problem) -> ParcelOutcomeDocument {
        let change: ParcelChange =
            switch event {
            case .number:
                .number(try said(carrier, "carrier"), try said(scan.tracking, "scans/\(index)/tracking"))
            case .relabel: .relabel
            case .dissolve, .pack, .handOver: .dissolve(to: location)
            }
        do throws(FulfilmentError) {
            return ParcelOutcomeDocument(try await fulfilment.change(scan.scan, change, by: principal))
        } catch .parcelStays(let reason) {
            return ParcelOutcomeDocument(ParcelResult(scan: scan.scan, label: nil, outcome: .refused(reason)))
        } catch {
            throw Problem(error)
        }
    }

    private func said<Value>(_ value: Value?, _ name: String) throws(Problem) -> Value {
        guard let value else {
            throw Problem(.invalidBody, "The event \(event.rawValue) says \(name) too.", at: "/\(name)")
        }
        return value
    }
}

/// What became of a scan, as it is told.
struct ParcelOutcomeDocument: Sendable {
    /// In one word.
    enum Outcome: String, CaseIterable, Sendable {
        case done, repeated, refused
    }

    var scan: ParcelScan
    var label: ParcelLabel?
    var outcome: Outcome
    var reason: String?
    var detail: String?

    init(scan: ParcelScan, label: ParcelLabel?, outcome: Outcome, reason: String?, detail: String?) {
        (self.scan, self.label, self.outcome, self.reason, self.detail) = (scan, label, outcome, reason, detail)
    }

    init(_ result: ParcelResult) {
        (scan, label) = (result.scan, result.label)
        switch result.outcome {
        case .done: outcome = .done
        case .repeated: outcome = .repeated
        case .refused(let refusal):
            outcome = .refused
            reason = refusal.name
            detail = refusal.description
        }
    }
}
