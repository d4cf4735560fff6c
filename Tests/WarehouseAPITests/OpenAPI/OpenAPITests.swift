import CloudWarehouse
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The OpenAPI document, against what is served", .onDatabase, .serialized)
struct OpenAPITests {
    private func routes(of shop: Shop) -> [Route] {
        WarehouseAPI.routes(shop.services, readiness: shop.readiness)
    }

    /// Codes that no question of this test can meet, and where they are.
    private static let elsewhere: [Problem.Code: String] = [
        .tooManyRequests: "a limiter: RateLimitTests", .busy: "a full intake: ProblemCodeTests",
        .unavailable: "a database that is gone: DatabaseGoneTests",
        .outcomeUnknown: "a lost COMMIT: ProblemCodeTests",
        .quantityTooLarge: "a pool nearly full: InboundsResourceTests",
        .recipientsNotConfigured: "a shop without keys: OrderRecipientTests",
        .recipientErased: "time: OrderRecipientTests", .recipientUnreadable: "another key: OrderRecipientTests",
        .notCancellable: "an order that was shipped: OrderResourceTests",
        .orderDamaged: "rows changed past the service: the intake's own tests",
        .tooManyLines: "an order that was edited eighty times: the decider's own tests",
    ]

    @Test("every route is in it, and no other, each with all that a client wants to know")
    func complete() async throws {
        try await Shop.with(.inProcess) { shop in
            let document = try await ServedDocument(of: shop)
            let routes = routes(of: shop)
            #expect(document.json["openapi"] == .string("3.1.0"))
            let told = document.operations.map { "\($0.method) \($0.path)" }
            #expect(Set(told) == Set(routes.map { "\($0.method.rawValue.lowercased()) \($0.path)" }))
            for route in routes {
                let guide = try #require(RouteGuide.all[route.operation], "\(route.operation) has no guide")
                let declared = Set(route.parameters.filter { $0.place == .path }.map(\.name))
                let inPath = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                    $0.dropFirst().dropLast()
                }
                #expect(declared == Set(inPath.map(String.init)), "\(route.operation): parameters of its path")
                #expect(Set(guide.path.keys) == declared, "\(route.operation): the example's path")
                #expect((guide.body != nil) == (route.body != nil), "\(route.operation): the example's body")
                #expect((guide.answer != nil) == (route.answer != nil && route.answer != .any), "\(route.operation)")
                let operation = try #require(
                    document.operations.first { $0.operation["operationId"] == .string(route.operation) })
                #expect(operation.operation["tags"] == .array([.string(route.topic)]))
                let isOpen = operation.operation["security"] == .array([])
                #expect(isOpen == (route.audience == .everyone), "\(route.operation): security")
                if case .array(let ways)? = operation.operation["security"], !isOpen {
                    let isForPeople = ways.contains { $0["session"] != nil }
                    #expect(isForPeople == (route.audience != .overlays), "\(route.operation): a browser's session")
                }
                for status in route.statuses { #expect(operation.operation["responses"]?["\(status.code)"] != nil) }
            }
            #expect(Set(RouteGuide.all.keys) == Set(routes.map(\.operation)), "a guide to no route")
            #expect(Topic.all(of: routes).allSatisfy { topic in Topic.known.contains { $0.name == topic.name } })
        }
    }

    @Test("a pattern says what the domain takes, character for character")
    func patterns() throws {
        let (plain, phone) = (try Regex(PlainText.pattern), try Regex(Recipient.phonePattern))
        for scalar in (0...0x2100).compactMap(Unicode.Scalar.init) + ["\u{FEFF}", "\u{1F348}", "甜", "\u{E000}"] {
            let text = "a\(Character(scalar))b"
            #expect((text.wholeMatch(of: plain) != nil) == (Name(rawValue: text) != nil), "\(scalar.value)")
        }
        for text in [
            "12345", "+86-138", "1234", "+1-2-3-4-5-", "----+", "12345x", "123 45", "", "12345678901234567890",
        ] {
            #expect((text.wholeMatch(of: phone) != nil) == Recipient.isPhone(text), "\(text)")
        }
    }

    @Test("every example keeps its schema")
    func examples() async throws {
        try await Shop.with(.inProcess) { shop in
            let document = try await ServedDocument(of: shop)
            let check = SchemaCheck(document: document.json)
            var contents: [(String, JSONValue)] = []
            for (_, path, operation) in document.operations {
                if let body = operation["requestBody"]?["content"] { contents.append((path, body)) }
                guard case .object(let responses)? = operation["responses"] else { continue }
                for response in responses {
                    if let content = response.value["content"] { contents.append((path, content)) }
                }
                guard case .array(let parameters)? = operation["parameters"] else { continue }
                for parameter in parameters {
                    guard let example = parameter["example"], let schema = parameter["schema"] else { continue }
                    #expect(check.faults(of: example, against: schema) == [], "\(path)")
                }
            }
            guard case .object(let components)? = document.json["components"]?["responses"] else { return }
            contents += components.compactMap { component in component.value["content"].map { (component.name, $0) } }
            var count = 0
            for (place, content) in contents {
                guard case .object(let media) = content else { continue }
                for medium in media {
                    let schema = try #require(medium.value["schema"])
                    var examples = [medium.value["example"]].compactMap { $0 }
                    if case .object(let several)? = medium.value["examples"] {
                        examples += several.compactMap { $0.value["value"] }
                    }
                    count += examples.count
                    for example in examples { #expect(check.faults(of: example, against: schema) == [], "\(place)") }
                }
            }
            #expect(count > 60)
        }
    }

    @Test("every route answers as it says: its example, whatever is wrong with that, and what the base refuses")
    func everyRoute() async throws {
        try await Shop.with(.socket) { shop in
            let exercise = try await Exercise.prepare(shop)
            let document = try await ServedDocument(of: shop)
            for route in routes(of: shop) {
                let example = try exercise.example(of: route)
                var met: Set<String> = []
                for question in [example] + exercise.wrong(example, route) + (try exercise.special(route)) {
                    let answer = try await shop.ask(question)
                    let sent = "\(question.method) \(question.target) \(String(decoding: question.body, as: UTF8.self))"
                    if met.isEmpty {
                        #expect(route.statuses.contains { $0.code == answer.status }, "\(sent): \(answer.text)")
                    }
                    #expect(try document.faults(of: question, answer) == [], "\(sent): \(answer.status) \(answer.text)")
                    #expect(answer.status < 500, "\(sent)")
                    met.insert("\(answer.status)")
                    if case .string(let code)? = try? answer.json()["code"], answer.status >= 400 { met.insert(code) }
                }
                let expected = route.ownProblems.subtracting(Self.elsewhere.keys).map(\.rawValue)
                #expect(Set(expected).subtracting(met) == [], "\(route.operation) says more than it does")
            }
        }
    }

    @Test("an order that is over is not paid, and that is told")
    func over() async throws {
        try await Shop.with(.socket) { shop in
            let exercise = try await Exercise.prepare(shop)
            let document = try await ServedDocument(of: shop)
            for (action, status) in [("cancel", 200), ("cancel", 200), ("pay", 409)] {
                let question = Question.post("", to: "/v1/orders/\(exercise.order)/\(action)", as: nil)
                let answer = try await shop.ask(question)
                #expect(answer.status == status)
                #expect(try document.faults(of: question, answer) == [])
            }
        }
    }

    @Test("what is known already is not sent again, and that is told")
    func notModified() async throws {
        try await Shop.with(.socket) { shop in
            _ = try await Exercise.prepare(shop)
            let document = try await ServedDocument(of: shop)
            for target in ["/openapi.json", "/v1/stock/melon"] {
                let first = try await shop.ask(.get(target))
                var again = Question.get(target)
                again.fields = [(.ifNoneMatch, try #require(first[.eTag]))]
                let answer = try await shop.ask(again)
                #expect(answer.status == 304 && answer[.eTag] == first[.eTag])
                #expect(try document.faults(of: again, answer) == [])
            }
        }
    }

    @Test("other methods and paths are answered as it says")
    func others() async throws {
        try await Shop.with(.socket) { shop in
            try await shop.base.prepareMelons()
            let document = try await ServedDocument(of: shop)
            for route in routes(of: shop) {
                let target = route.path.replacing(/\{[a-z]+\}/, with: "a")
                var question = Question(method: .delete, target: target)
                if route.audience == .overlays { question = question.showing(.token(try await shop.overlay())) }
                let answer = try await shop.ask(question)
                #expect(try answer.problem(status: 405) == "method_not_allowed")
                #expect(try document.faults(of: answer, component: "MethodNotAllowed-method_not_allowed") == [])
            }
            let hidden = try await shop.ask(.get("/v1/secrets").showing(.nothing))
            #expect(try document.faults(of: hidden, component: "Unauthorized-unauthenticated") == [])
        }
    }

    @Test(
        "programs that ask for OpenAPI by name get it by name; it is sent to whoever asks, and as long as it is the same"
    )
    func media() async throws {
        try await Shop.with(.socket) { shop in
            let plain = try await shop.ask(.get("/openapi.json").showing(.nothing))
            #expect(
                plain.status == 200 && plain[.contentType] == "application/json" && plain.varying.contains("Accept"))
            for (accept, expected) in [
                ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json;version=3.1"),
                (
                    "text/html, application/vnd.oai.openapi+json;version=3.1",
                    "application/vnd.oai.openapi+json;version=3.1"
                ),
                ("application/vnd.oai.openapi+json;q=0, */*", "application/json"), ("*/*", "application/json"),
            ] {
                var question = Question.get("/openapi.json")
                question.fields = [(.accept, accept)]
                let answer = try await shop.ask(question)
                #expect(answer[.contentType] == expected, "\(accept)")
                #expect(answer.body == plain.body)
            }
        }
    }
}
