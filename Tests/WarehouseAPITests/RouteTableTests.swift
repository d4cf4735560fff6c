import CloudWarehouse
import HTTPTypes
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The route table", .onDatabase, .serialized)
struct RouteTableTests {
    /// One question that succeeds, for every operation: a route without one fails the test below.
    private static let questions: [String: (question: Question, status: Int)] = [
        "alive": (.get("/livez"), 200),
        "ready": (.get("/readyz"), 200),
        "listStock": (.get("/v1/stock"), 200),
        "stockOfSKU": (.get("/v1/stock/melon"), 200),
        "placeOrder": (.order(#"{"source":"s","reference":"r","lines":[{"sku":"melon","quantity":1}]}"#), 201),
    ]

    private func routes(of shop: Shop, _ intake: OrderIntake) -> [Route] {
        WarehouseAPI.routes(board: shop.feed.boards[0], intake: intake, readiness: shop.readiness)
    }

    @Test("every route is asked through both doors, and its answer is as declared", arguments: Door.allCases)
    func everyRoute(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10)
            let routes = routes(of: shop, OrderIntake(pool: shop.base.pool))
            #expect(Set(routes.map(\.operation)) == Set(Self.questions.keys))
            for route in routes {
                let (question, status) = try #require(Self.questions[route.operation], "\(route.operation) has no test")
                #expect(question.method == route.method)
                #expect(Self.fits(question.target, route.path))
                let answer = try await shop.ask(question)
                #expect(answer.status == status, "\(route.operation)")
                #expect(answer[.contentType] == "application/json")
                _ = try answer.json()
            }
        }
    }

    @Test("operations and paths are each there once")
    func noDoubles() async throws {
        try await Shop.with(.inProcess) { shop in
            let routes = routes(of: shop, OrderIntake(pool: shop.base.pool))
            #expect(Set(routes.map(\.operation)).count == routes.count)
            #expect(Set(routes.map { "\($0.method) \($0.path)" }).count == routes.count)
            #expect(routes.allSatisfy { ($0.body != nil) == ($0.method == .post) })
        }
    }

    private static func fits(_ target: String, _ path: String) -> Bool {
        let segments = { (text: String) in text.split(separator: "/") }
        return segments(target).count == segments(path).count
            && zip(segments(target), segments(path)).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
    }
}
