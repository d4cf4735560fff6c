internal import CloudWarehouse
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/waves/{wave}/steps` and `/v1/waves/{wave}/picks`: what is done with a wave.
struct WaveStepsResource: Sendable {
    let fulfilment: Fulfilment

    var routes: [Route] {
        [
            Route(
                method: .post, path: "/v1/waves/{wave}/steps", operation: "stepWave",
                summary: "Bind a wave's lots and make its parcels, give it up, or end it.",
                audience: WavesResource.packers, parameters: [WavesResource.named], body: Self.step.schema,
                answer: JSONType<WaveProgress>.waveProgress.schema,
                problems: [.invalidParameter, .notFound, .wrongState, .outcomeUnknown, .unavailable], handle: step),
            Route(
                method: .post, path: "/v1/waves/{wave}/picks", operation: "pickForWave",
                summary: "Say that goods were picked; what was not found is picked elsewhere.",
                audience: WavesResource.packers, parameters: [WavesResource.named], body: Self.pick.schema,
                answer: Self.result.schema,
                problems: [
                    .invalidParameter, .notFound, .wrongState, .unknownLocation, .notThere, .referenceConflict,
                    .outcomeUnknown, .unavailable,
                ], handle: pick),
        ]
    }

    private func step(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try WavesResource.code(request)
        let step = try request.body(Self.step)
        let principal = try request.principal
        let progress = try await Problem.fulfilling { () throws(FulfilmentError) in
            switch step {
            case .release: try await fulfilment.release(code, by: principal)
            case .close: try await fulfilment.end(code, by: .close, principal)
            case .cancel: try await fulfilment.end(code, by: .cancel, principal)
            }
        }
        return Response(progress, as: .waveProgress)
    }

    private func pick(_ request: RoutedRequest) async throws(Problem) -> Response {
        try request.query()
        let code = try WavesResource.code(request)
        let pick = try request.body(Self.pick)
        let principal = try request.principal
        let result = try await Problem.fulfilling { () throws(FulfilmentError) in
            try await fulfilment.pick(pick, for: code, by: principal)
        }
        return Response(result, as: Self.result)
    }

    // MARK: Bodies

    /// What a program may do with a wave that is planned.
    private enum Step: String, CaseIterable, Sendable {
        case release, close, cancel
    }

    private static let step = JSONType<Step>.object(
        "WaveStep", about: "what is done with a wave",
        .required("event", { @Sendable step in step }, .choice(of: Step.self), about: "what happens"),
        make: { $0 })

    private static let pick = JSONType<WavePick>.object(
        "WavePick", about: "goods of a lot that were picked for a wave at one location",
        .required("reference", \.reference, .receiptReference, about: "what it is known by in its wave: it picks once"),
        .required("location", \.location, .code(), about: "where they stood"),
        .required("lot", \.lot, .id(), about: "goods of which lot"),
        .optional("round", \.round, .integer(1...32_767), about: "only what is sorted in this round"),
        .optional("found", \.found, .remainder, about: "how much was found; absent: all of it"),
        make: WavePick.init(reference:location:lot:round:found:))

    private static let result = JSONType<PickResult>.object(
        "PickResult", about: "what became of a pick, in base units",
        .required("asked", \.asked, .count, about: "how much was to be picked"),
        .required("found", \.found, .count, about: "how much was found"),
        .required("rebound", \.rebound, .count, about: "how much of what was missing is picked elsewhere instead"),
        make: PickResult.init(asked:found:rebound:))
}
