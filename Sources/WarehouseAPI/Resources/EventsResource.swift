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
    /// Events that a stream reads at a time, and holds while a slow client takes them.
    private static let streamedEvents: Int32 = 50
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
                problems: [.invalidParameter, .busy, .unavailable], formats: [.json, .eventStream],
                handle: { [self] request throws(Problem) in
                    request.format == .eventStream ? try await follow(request) : try await list(request)
                })
        ]
    }

    // MARK: Parameters

    /// How many events a page has unless the query says otherwise.
    private static let usualPage: Int32 = 100
    private static let after = QueryParameter<String>.after(.string(1...64))
    private static let limit = QueryParameter.limit(usual: usualPage, most: mostEvents)
    private static let wait = QueryParameter<Int32>(
        "wait", .integer(0...Int(longestWait)), usual: 0, about: "how many seconds to wait where there is nothing yet")
    private static let parameters = [
        after.declaration, limit.declaration, wait.declaration,
        .field(
            lastEventID, about: "of a stream, the id of the event that was received last; it stands before `after`"),
    ]
    private static let lastEventID = HTTPField.Name("Last-Event-ID")!

    // MARK: Answers

    private static let audience = Audience.roles([.cooperative, .warehouse, .source, .operator])

    private func list(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query(Self.parameters)
        let scope = try request.caller.eventScope
        let (limit, wait) = (query[Self.limit] ?? Self.usualPage, query[Self.wait] ?? 0)
        let cursors = try await cursors()
        let after = try query[Self.after].map { cursor throws(Problem) in
            try Self.number(of: cursor, "after", in: scope, cursors)
        }
        let found = try await events(after: after ?? 0, in: scope, limit: limit, wait: wait, for: request)
        return Response(EventDocuments.Page(found, in: scope, cursors), as: EventDocuments.page)
    }

    private static func number(
        of cursor: String, _ parameter: String, in scope: EventScope, _ cursors: EventCursors
    ) throws(Problem) -> Int64 {
        guard let number = cursors.number(of: cursor, in: scope) else {
            throw Problem(
                "\(parameter) must be the next of a page of yours, or the id of a stream's event, as it was given.",
                parameter: parameter)
        }
        return number
    }

    // MARK: Streams

    /// Every event as it happens, each with where it stands as its id, so that whoever comes again misses none.
    ///
    /// It ends with the service, and where it is not certain any more who reads: the reader comes again, and is told.
    private func follow(_ request: RoutedRequest) async throws(Problem) -> Response {
        let query = try request.query([Self.after.declaration])
        let scope = try request.caller.eventScope
        let cursors = try await cursors()
        var start: Int64 = 0
        if let last = request.request.lastEventID {
            start = try Self.number(of: last, "Last-Event-ID", in: scope, cursors)
        } else if let after = query[Self.after] {
            start = try Self.number(of: after, "after", in: scope, cursors)
        }
        // For as long as the stream is there, whether or not its turn has come.
        let place = try place(for: request)
        return .events { [self, start] client in
            var (last, hasNews) = (start, true)
            while true {
                // Before every read: whoever is far behind, or never without news, is known anew too.
                guard (try? await authenticator.check(stillAsking: request)) != nil else { return }
                // Whatever was there when the service was told to stop is sent yet.
                let isServing = isServing
                if hasNews || !isServing {
                    let found = try await outbox.events(after: last, in: scope, limit: Self.streamedEvents)
                    for event in found.events {
                        let document = EventDocuments.Event(event, in: scope, cursors)
                        try await client.send(
                            ServerSentEvent(
                                id: cursors.cursor(after: event.number, in: scope), name: event.kind,
                                data: EventDocuments.event.bytes(of: document)))
                    }
                    last = found.last
                    guard isServing else { return }
                    if !found.events.isEmpty { continue }
                }
                hasNews = await watch.wait(at: place, beyond: last, until: .now().advanced(by: Self.slice)) == .news
            }
        }
    }

    /// A place among those who wait.
    private func place(for request: RoutedRequest) throws(Problem) -> EventPlace {
        switch watch.places.take(for: try request.caller.token) {
        case .place(let place): return place
        case .tokenHasEnough:
            throw Problem(
                .tooManyRequests,
                "Your token waits for events \(watch.places.perToken) times already, with streams and with `wait`.",
                fields: [(.retryAfter, "\(Self.longestWait)")])
        case .full: throw Problem(.busy, "Too many wait for events; send it again.", fields: [(.retryAfter, "1")])
        }
    }

    private var isServing: Bool {
        if case .ready = readiness.current { true } else { false }
    }

    /// What has happened, or, where that is nothing that the asker sees, what happens within the wait.
    ///
    /// Whoever waits is known anew with every slice, so that a revoked token learns nothing more than others do within the
    /// five seconds that it has; and nobody waits for longer than the service serves.
    private func events(
        after number: Int64, in scope: EventScope, limit: Int32, wait: Int32, for request: RoutedRequest
    ) async throws(Problem) -> ScopedEvents {
        let end = MonotonicInstant.now().advanced(by: .seconds(wait))
        var (last, place): (Int64, EventPlace?) = (number, nil)
        while true {
            let found = try await Self.reading { () throws(PostgresError) in
                try await outbox.events(after: last, in: scope, limit: limit)
            }
            last = found.last
            guard found.events.isEmpty else { return found }
            var hasNews = false
            while !hasNews {
                let now = MonotonicInstant.now()
                guard now < end, isServing else { return found }
                let own: EventPlace
                if let place { own = place } else { own = try self.place(for: request) }
                place = own
                hasNews =
                    await watch.wait(at: own, beyond: last, until: min(end, now.advanced(by: Self.slice))) == .news
                try await authenticator.check(stillAsking: request)
            }
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
