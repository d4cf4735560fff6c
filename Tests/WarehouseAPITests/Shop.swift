import CloudWarehouse
import EventLoop
import HTTPTypes
import Logging
import Postgres
import Synchronization
import Testing
import WarehouseTesting

// The loop has a Readiness too.
import class WarehouseAPI.Readiness

@testable import HTTPServer
@testable import WarehouseAPI

extension Trait where Self == ConditionTrait {
    /// Runs only when a PostgreSQL was given.
    static var onDatabase: Self {
        .enabled(if: TestDatabase.isGiven, Comment(rawValue: TestDatabase.absent))
    }
}

/// A base with its API, behind one door.
struct Shop: Sendable {
    let base: TestBase
    let api: WarehouseAPI
    let readiness: Readiness
    /// Of role operator.
    let token: TokenText
    let feed: StockFeed
    let services: BaseServices
    private let address: SocketAddress?

    /// Serves a base of its own for `body`; everything ends with it.
    static func with(
        _ door: Door, limits: IntakeLimits = IntakeLimits(), recipientKeys: RecipientKeys? = Recipients.keys,
        pool: ((TestBase) -> Pool)? = nil,
        _ body: (Shop) async throws -> Void
    ) async throws {
        try await TestBase.with { base in
            let serving = pool?(base) ?? base.pool
            try await base.withFeed(of: serving) { base, feed in
                try await base.withIntake(
                    limits: limits, of: serving, feed: feed, recipientKeys: recipientKeys
                ) { intake in
                    let orders = Orders(pool: serving, recipientKeys: recipientKeys)
                    try await open(door, base, serving, feed, intake, orders, body)
                }
            }
            if pool != nil { await serving.shutDown() }
        }
    }

    private static func open(
        _ door: Door, _ base: TestBase, _ serving: Pool, _ feed: StockFeed, _ intake: OrderIntake,
        _ orders: Orders, _ body: (Shop) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let readiness = Readiness()
        readiness.report(.ready(warning: nil))
        let token = try await base.token(.operator)
        let authenticator = Authenticator(pool: serving, base: TestBase.key, logger: logger)
        let services = BaseServices(
            board: feed.boards[0], intake: intake, orders: orders, catalog: Catalog(pool: serving),
            stock: Stock(pool: serving, timeZone: "Asia/Shanghai", feed: feed), authenticator: authenticator,
            signIn: SignIn(pool: serving, base: TestBase.key, timeZone: "Asia/Shanghai"),
            outbox: Outbox(pool: serving), watch: EventWatch(pool: serving, pause: .milliseconds(20)))
        let api = WarehouseAPI(services, readiness: readiness, logger: logger)
        let shop = { address in
            Shop(
                base: base, api: api, readiness: readiness, token: token, feed: feed, services: services,
                address: address)
        }
        switch door {
        case .inProcess: try await body(shop(nil))
        case .socket: try await serve(api, on: base.pool.loop, logger: logger) { try await body(shop($0)) }
        }
    }

    private static func serve(
        _ api: WarehouseAPI, on loop: EventLoop, logger: Logger, _ body: (SocketAddress) async throws -> Void
    ) async throws {
        let server = try HTTPServer(
            at: .loopback(port: 0), on: loop, logger: logger,
            bodyRule: { api.delivery(of: $0, usual: 1 << 20) }, refusalResponse: api.answer(refused:_:_:),
            immediateHandler: api.answerAtOnce(_:), handler: api.answer(_:))
        let running = Task { try await server.run() }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(server.address)) } catch { outcome = .failure(error) }
        server.drain()
        try await running.value
        try outcome.get()
    }

    /// Asks, and waits for the answer.
    func ask(_ question: Question) async throws -> Answer {
        var question = question
        question.fields += authorization(question.showing).map { (.authorization, $0) }
        guard let address else { return try await askDirectly(question) }
        let client = try SocketClient(to: address, on: base.pool.loop)
        return try await client.ask(question)
    }

    private func authorization(_ showing: Showing) -> [String] {
        switch showing {
        case .operator: ["Bearer \(token.revealed)"]
        case .nothing: []
        case .token(let text): ["Bearer \(text.revealed)"]
        case .fields(let values): values
        }
    }

    private func askDirectly(_ question: Question) async throws -> Answer {
        var response: Response
        do throws(Refusal) {
            let request = try Request(
                method: question.method, target: question.target, fields: question.fields, body: question.body)
            response = await api.answer(request)
        } catch {
            response = api.answer(refused: error, nil, RequestID(number: 0))
        }
        let isHead = question.method == .head
        if case .stream(let stream) = response.body, !isHead {
            let collected = Mutex<[UInt8]>([])
            try await stream.producer(BodyWriter { piece in collected.withLock { $0 += piece } })
            response.body = .bytes(collected.withLock { $0 })
        }
        var bytes: [UInt8] = []
        ResponseEncoder.append(
            response, to: &bytes,
            in: .init(isHead: isHead, version: .http11, persists: true, id: RequestID(number: 0)),
            date: HTTPDate(unixSeconds: 0))
        return try Answer(bytes, isHead: isHead)
    }
}
