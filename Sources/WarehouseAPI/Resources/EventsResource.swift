internal import CloudWarehouse
internal import EventLoop
internal import HTTPServer
internal import HTTPTypes
internal import JSON
internal import Postgres

/// `/v1/events`: what happened, in the order in which it became known, for programs that go on from where they were.
final class EventsResource: Sendable {
    private let outbox: Outbox
    private let watch: EventWatch
    private let authenticator: Authenticator
    private let readiness: Readiness
    private let known = Lock<EventCursors?>(nil)

    /// The longest wait, in seconds: less than a handler has.
    static let longestWait: Int32 = 25
    /// The most events of a page.
    static let mostEvents: Int32 = 500
    /// So often it is found out anew who waits, and whether the service goes on.
    private static let slice = Duration.seconds(1)

    init(outbox: Outbox, watch: EventWatch, authenticator: Authenticator, readiness: Readiness) {
        self.outbox = outbox
        self.watch = watch
        self.authenticator = authenticator
        self.readiness = readiness
    }

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/events", operation: "listEvents",
                summary: "What happened, a page at a time or as soon as it does; each sees what concerns them.",
                audience: Self.audience, parameters: Self.parameters, body: nil, answer: EventDocuments.page.schema,
                problems: [.invalidParameter, .busy, .unavailable],
                handle: { [self] request throws(Problem) in try await list(request) })
        ]
    }

    // MARK: Parameters

    /// How many events a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let after = QueryParameter<String>.after(.string(1...64))
    private static let limit = QueryParameter.limit(usual: usualPage, most: mostEvents)
    private static let wait = QueryParameter<Int32>(
        "wait", .integer(0...Int(longestWait)), usual: 0, about: "how many seconds to wait where there is nothing yet")
    private static let parameters = [after.declaration, limit.declaration, wait.declaration]

    // MARK: Answers

    private static let audience = Audience.roles([.cooperative, .warehouse, .source, .operator])

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let scope = try request.caller.eventScope
        let (limit, wait) = (query[Self.limit] ?? Self.usualPage, query[Self.wait] ?? 0)
        let cursors = try await cursors()
        var after: Int64 = 0
        if let cursor = query[Self.after] {
            guard let number = cursors.number(of: cursor, in: scope) else {
                throw Problem("after must be the next of a page of yours, as it was given.", parameter: "after")
            }
            after = number
        }
        let found = try await events(after: after, in: scope, limit: limit, wait: wait, for: request)
        return Response(EventDocuments.Page(found, in: scope, cursors), as: EventDocuments.page)
    }

    /// What has happened, or, where that is nothing that the asker sees, what happens within the wait.
    ///
    /// Whoever waits is known anew with every slice, so that a revoked token learns nothing more than others do within the
    /// five seconds that it has; and nobody waits for longer than the service serves.
    private func events(
        after number: Int64, in scope: EventScope, limit: Int32, wait: Int32, for request: RoutedRequest
    ) async throws(Problem) -> ScopedEvents {
        let end = MonotonicInstant.now().advanced(by: .seconds(wait))
        var last = number
        while true {
            let found = try await Self.reading { () throws(PostgresError) in
                try await outbox.events(after: last, in: scope, limit: limit)
            }
            last = found.last
            let now = MonotonicInstant.now()
            guard found.events.isEmpty, now < end, case .ready = readiness.current else { return found }
            guard await watch.wait(beyond: last, until: min(end, now.advanced(by: Self.slice))) else {
                throw Problem(.busy, "Too many wait for events; send it again.", fields: [(.retryAfter, "1")])
            }
            let caller = try await authenticator.caller(of: request.request, for: Self.audience)
            guard caller.prefix == request.bearer?.prefix else { throw .unauthenticated }
        }
    }

    private func cursors() async throws(Problem) -> EventCursors {
        if let known = known.withLock({ $0 }) { return known }
        let cursors = try await Self.reading { () throws(PostgresError) in try await outbox.cursors() }
        known.withLock { $0 = cursors }
        return cursors
    }

    private static func reading<Value>(
        _ body: () async throws(PostgresError) -> Value
    ) async throws(Problem) -> Value {
        do throws(PostgresError) { return try await body() } catch { throw Problem(database: error) }
    }
}

extension Caller {
    /// Whose events the bearer sees.
    fileprivate var eventScope: EventScope {
        if let owner { return .owner(owner) }
        return source.map(EventScope.source) ?? .all
    }
}
