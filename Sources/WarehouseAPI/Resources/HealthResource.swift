internal import HTTPServer
internal import HTTPTypes
internal import JSON

/// `/livez` and `/readyz`: whether to restart the process, and whether to send it requests.
struct HealthResource: Sendable {
    let readiness: Readiness

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/livez", operation: "alive", summary: "Whether the process works at all.",
                audience: .everyone, body: nil, answer: Self.state.schema, problems: [], isProbe: true,
                handle: { _ throws(Problem) in Self.respond("alive") }),
            Route(
                method: .get, path: "/readyz", operation: "ready",
                summary: "Whether requests are served; if not, what is missing and what to do.",
                audience: .everyone, body: nil, answer: Self.state.schema, problems: [.unavailable],
                isProbe: true, handle: ready, handleAtOnce: ready),
        ]
    }

    private func ready(_ request: RoutedRequest) throws(Problem) -> Response {
        switch readiness.current {
        case .ready(let warning): return Self.respond(warning.map { "ready; \($0)" } ?? "ready")
        case .notReady: throw Problem(notReady: readiness.current)
        }
    }

    private static func respond(_ text: String) -> Response {
        Response(
            status: .ok, fields: [.contentType: "application/json", .cacheControl: "no-store"],
            body: state.bytes(of: State(state: text)))
    }

    struct State: Sendable {
        var state: String
    }

    static let state = JSONType<State>.object(
        "State", about: "how the service does",
        .required("state", \.state, .string(1...1_000), about: "in words, with a warning if there is one"),
        make: State.init)
}

extension Problem {
    /// Why the service does not serve now.
    init(notReady state: Readiness.State) {
        let reason = if case .notReady(let reason) = state { reason } else { "The service is starting." }
        self.init(.unavailable, reason, fields: [(.retryAfter, "1")])
    }
}
