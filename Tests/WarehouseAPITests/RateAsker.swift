import CloudWarehouse
import EventLoop
import HTTPTypes
import Logging
import Synchronization
import Testing
import WarehouseTesting

@testable import HTTPServer
@testable import WarehouseAPI

/// Whoever asks an API that keeps rates, from any address.
struct RateAsker: Sendable {
    /// A clock that stands until it is moved.
    final class Clock: Sendable {
        private let nanoseconds = Atomic<Int64>(1_000_000_000_000)
        var now: MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds.load(ordering: .relaxed)) }
        func advance(seconds: Int64) { nanoseconds.add(seconds * 1_000_000_000, ordering: .relaxed) }
    }

    let shop: Shop
    let api: WarehouseAPI

    func ask(_ question: Question, _ address: String) async throws -> Response {
        await api.answer(try request(question, address))
    }

    func askAtOnce(_ question: Question, _ address: String) throws -> Response? {
        api.answerAtOnce(try request(question, address))
    }

    private func request(_ question: Question, _ address: String) throws -> Request {
        var fields = question.fields
        switch question.showing {
        case .operator: fields.append((.authorization, "Bearer \(shop.token.revealed)"))
        case .token(let token): fields.append((.authorization, "Bearer \(token.revealed)"))
        case .fields(let values): fields += values.map { (.authorization, $0) }
        case .nothing: break
        }
        let from = ClientAddress.ip(try #require(IPAddress(address)))
        return try Request(
            method: question.method, target: question.target, fields: fields, body: question.body, from: from)
    }

    func status(_ question: Question, _ address: String) async throws -> Int {
        try await ask(question, address).status.code
    }

    static func with(
        _ limits: RateLimits, _ body: (RateAsker, Clock) async throws -> Void
    ) async throws {
        let clock = Clock()
        try await Shop.with(.inProcess) { shop in
            try await shop.base.stockMelons(10)
            let rates = RateLimiter(limits, clock: { clock.now })
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let api = WarehouseAPI(shop.services, readiness: shop.readiness, rates: rates, logger: logger)
            try await body(RateAsker(shop: shop, api: api), clock)
        }
    }

    static func retryAfter(_ response: Response) -> String? {
        String(decoding: response.fields.bytes, as: UTF8.self).split(separator: "\r\n").first {
            $0.hasPrefix("Retry-After: ")
        }.map { String($0.dropFirst(13)) }
    }
}
