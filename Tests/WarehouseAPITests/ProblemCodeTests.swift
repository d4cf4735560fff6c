import CloudWarehouse
import HTTPServer
import HTTPTypes
import Logging
import Postgres
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The problem codes", .onDatabase, .serialized)
struct ProblemCodeTests {
    /// How a test meets a problem of a code.
    private enum Provocation {
        /// By asking this.
        case question(Question)
        /// Elsewhere: where, and why not here.
        case elsewhere(String)
    }

    private static func provocation(of code: Problem.Code) -> Provocation {
        let line = #""lines":[{"sku":"melon","quantity":1}]"#
        return switch code {
        case .malformedRequest: .question(.get("/v1/stock/%00"))
        case .malformedJSON: .question(.order("{"))
        case .invalidBody: .question(.order("{}"))
        case .invalidParameter: .question(.get("/v1/stock?x=1"))
        case .unsupportedMediaType: .question(.post("{}", to: "/v1/orders", as: "text/plain"))
        case .unauthenticated: .question(.get("/v1/stock").showing(.nothing))
        case .forbidden: .elsewhere("tokens of other roles: the matrix of AudienceTests")
        case .foreignOrigin: .elsewhere("a browser that another site makes write: PagesTests")
        case .notFound: .question(.get("/nowhere"))
        case .methodNotAllowed: .question(Question(method: .delete, target: "/v1/stock"))
        case .notAcceptable: .question(.get("/v1/stock").with(.accept, "application/xml"))
        case .unknownSKU: .question(.order(#"{"source":"s","reference":"1","lines":[{"sku":"x","quantity":1}]}"#))
        case .noPrice: .question(.order(#"{"source":"s","reference":"1","lines":[{"sku":"gift","quantity":1}]}"#))
        case .amountTooLarge:
            .question(
                .order(
                    #"""
                    {"source":"s","reference":"1","lines":[
                        {"sku":"melon","quantity":10000000,"price":{"fen":1000000000000,"per":1}}]}
                    """#))
        case .soldOut: .question(.order(#"{"source":"s","reference":"1","lines":[{"sku":"rice","quantity":1}]}"#))
        case .referenceConflict: .question(.order(#"{"source":"s","reference":"taken","hold_seconds":9,\#(line)}"#))
        case .refused: .question(.get("/v1/stock#fragment"))
        case .preconditionFailed:
            .question(.get("/v1/products/melon").with(.ifMatch, "\"another\""))
        case .codeTaken:
            .question(.post(#"{"code":"yimaqiao","name":"合作社","kind":"cooperative"}"#, to: "/v1/owners"))
        case .otherUnit:
            .question(.put(#"{"name":"甜瓜","owner":"yimaqiao","unit":"gram"}"#, to: "/v1/products/melon"))
        case .nestedSet, .ownStock, .giftSet: .elsewhere("sets: ProductSetTests")
        case .unknownOwner:
            .question(.put(#"{"name":"甜瓜","owner":"x","unit":"piece"}"#, to: "/v1/products/melon"))
        case .unknownWarehouse: .question(delivery(warehouse: "x", location: "A-01"))
        case .unknownLocation: .question(delivery(warehouse: "main", location: "x"))
        case .unknownZone:
            .question(
                .put(#"{"storage_class":"chilled","zone":"x"}"#, to: "/v1/warehouses/main/locations/A-01"))
        case .notEmpty:
            .question(
                .put(#"{"storage_class":"chilled","closed":true}"#, to: "/v1/warehouses/main/locations/A-01"))
        case .wrongState, .noRoom: .elsewhere("deliveries step by step: InboundStepsResourceTests")
        case .beyondDocument, .unsuitableLocation: .elsewhere("transfers: TransfersResourceTests")
        case .closed: .elsewhere("a location that is closed: PlacesResourceTests")
        case .expired: .elsewhere("an old delivery: InboundsResourceTests")
        case .unknownLot, .notThere, .promised, .notReversible: .elsewhere("corrections: AdjustmentsResourceTests")
        case .quantityTooLarge: .elsewhere("a pool that is nearly full: InboundsResourceTests")
        case .notCancellable, .notPayable, .notClaimable, .notEditable:
            .elsewhere("orders in other states: OrderChangesTests")
        case .revisionConflict, .unknownLine, .moreThanOrdered, .nothingRemains:
            .elsewhere("orders whose lines are changed: OrderChangesTests")
        case .orderDamaged: .elsewhere("rows that were changed past the service: the intake's own tests")
        case .tooManyLines: .elsewhere("an order that was edited eighty times: the decider's own tests")
        case .buyerRequired, .buyerLimit: .elsewhere("a SKU with a limit: OrderChangesTests")
        case .recipientsNotConfigured, .recipientErased, .recipientUnreadable:
            .elsewhere("recipients with and without keys: OrderRecipientTests")
        case .tooManyRequests: .elsewhere("limits that are reached: RateLimitTests")
        case .busy: .elsewhere("an intake that takes no order in: `busy`")
        case .unavailable: .elsewhere("a database that is gone: DatabaseGoneTests")
        case .internalError: .elsewhere("a handler that fails, which none does: `handlerFailed`")
        case .outcomeUnknown:
            .elsewhere("a reply to COMMIT that is lost: the intake's own tests; here only `outcomeUnknown`'s form")
        }
    }

    private static func delivery(warehouse: String, location: String) -> Question {
        .post(
            """
            {"reference":"1","warehouse":"\(warehouse)","location":"\(location)","lines":[{"sku":"melon",\
            "owner":"yimaqiao","quantity":1}]}
            """, to: "/v1/inbounds")
    }

    @Test(
        "every code is met by a question, with its own status, or tested elsewhere",
        arguments: Door.allCases)
    func everyCode(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.stockMelons(10_000_000)
            let gift = CatalogEntry(code: try SKUCode("gift"), name: try Name("农副产品6件套"), unit: .piece)
            _ = try await shop.base.catalog.importEntries([gift], of: Melons.owner, by: shop.base.principal)
            let taken = #"{"source":"s","reference":"taken","lines":[{"sku":"melon","quantity":1}]}"#
            #expect(try await shop.ask(.order(taken)).status == 201)
            for code in Problem.Code.allCases {
                guard case .question(let question) = Self.provocation(of: code) else { continue }
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: code.status.code) == code.rawValue)
            }
        }
    }

    @Test("an intake that is full sends orders away, to come back", arguments: Door.allCases)
    func busy(door: Door) async throws {
        var limits = IntakeLimits()
        limits.queuedOrders = 0
        limits.retryAfterSeconds = 7
        try await Shop.with(door, limits: limits) { shop in
            try await shop.base.stockMelons(1)
            let order = Question.order(#"{"source":"s","reference":"1","lines":[{"sku":"melon","quantity":1}]}"#)
            let answer = try await shop.ask(order)
            #expect(try answer.problem(status: 503) == "busy")
            #expect(answer[.retryAfter] == "7")
        }
    }

    @Test("what the server itself refuses has the same form, and what failed is not told")
    func serversOwn() async throws {
        struct Secret: Error { let password = "geheim" }
        try await Shop.with(.inProcess) { shop in
            for refusal in Refusal.allCases {
                let response = shop.api.answer(
                    refused: refusal, refusal == .handlerFailed ? Secret() : nil, RequestID(number: 7))
                #expect(response.status == refusal.status)
                #expect(response.closesConnection == refusal.closesConnection)
                let text = String(decoding: response.body.bytes ?? [], as: UTF8.self)
                #expect(text.contains(refusal.explanation))
                #expect(!text.contains("geheim"))
                #expect(text.contains(#""code":"internal_error""#) == (refusal == .handlerFailed))
                #expect(text.contains(#""code":"outcome_unknown""#) == (refusal == .changeTimedOut))
                #expect(text.contains("same reference") == (refusal == .changeTimedOut))
            }
        }
    }

    @Test("whatever an order is short of is said within the bounds of an answer")
    func manyShortages() throws {
        let shortages = try (0..<1_500).map {
            OrderRefusal.Shortage(
                sku: try SKUCode(String(repeating: "x", count: 60) + "\($0)"), asked: 1_000_000_000_000_000,
                available: 0)
        }
        let problem = Problem(IntakeError.refused(.soldOut(shortages)), lines: [])
        #expect(problem.detail.hasSuffix("; and 1490 more") && (1...4_000).contains(problem.detail.count))
        #expect(problem.faults.count == Problem.maximumFaults)
        let few = Problem(IntakeError.refused(.soldOut(Array(shortages.prefix(10)))), lines: [])
        #expect(few.faults.count == 10 && !few.detail.contains("more"))
    }

    @Test("an unknown outcome asks for the same reference again, and soon")
    func outcomeUnknown() throws {
        let problem = Problem(IntakeError.outcomeUnknown, lines: [])
        #expect(problem.code == .outcomeUnknown)
        #expect(problem.status == .serviceUnavailable)
        #expect(problem.fields.contains { $0.name == .retryAfter && $0.value == "1" })
        #expect(problem.detail.contains("same reference"))
    }

    @Test("a COMMIT that was not answered is no failure of the database: the code says so, and its cause is kept")
    func commitUnknown() throws {
        let problem = Problem(StockError.database(.commitOutcomeUnknown(cause: .deadlineExceeded)))
        #expect(problem.code == .outcomeUnknown)
        #expect(problem.fields.contains { $0.name == .retryAfter && $0.value == "1" })
        #expect(problem.cause != nil)
        #expect(Problem(CatalogError.database(.deadlineExceeded)).code == .unavailable)
    }

    @Test("no code's name, status or title is another's meaning by accident")
    func names() {
        for code in Problem.Code.allCases {
            #expect(
                code.rawValue.utf8.allSatisfy {
                    $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                })
            #expect(!code.title.contains("_"))
            #expect((400...599).contains(code.status.code))
        }
    }
}
