import CloudWarehouse
import EventLoop
import HTTPTypes
import JSON
import Testing
import WarehouseTesting

@testable import WarehouseAPI

@Suite("The stream of events", .onDatabase, .serialized)
struct EventStreamTests {
    /// The events of a stream: id, name and data.
    private func sent(_ answer: Answer) throws -> [(id: String, name: String, json: JSONValue)] {
        try answer.text.split(separator: "\n\n").compactMap { block in
            var fields: [Substring: String] = [:]
            for line in block.split(separator: "\n") {
                guard let colon = line.firstRange(of: ": ") else { continue }
                fields[line[..<colon.lowerBound]] = String(line[colon.upperBound...])
            }
            guard let id = fields["id"], let name = fields["event"], let data = fields["data"] else { return nil }
            return (id, name, try JSONType<JSONValue>.any.read(Array(data.utf8)))
        }
    }

    @Test(
        "a stream sends each event once, as a page shows it; whoever comes again goes on, by either name of the place")
    func stream() async throws {
        try await Shop.with(.socket) { shop in
            let relay = OutboxRelay(pool: shop.base.pool)
            try await shop.base.stockMelons(100)
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let early = try await shop.place("erp", "1")
            _ = try await relay.pass()
            let question = Question.get("/v1/events").showing(erp).adding(.accept, "text/event-stream")
            async let first = shop.ask(question)
            try await shop.place("shop", "1")
            let late = try await shop.place("erp", "2")
            _ = try await relay.pass()
            shop.readiness.report(.notReady("The service is stopping."))
            let answer = try await first
            #expect(answer.status == 200 && answer[.contentType] == "text/event-stream")
            #expect(answer[.cacheControl] == "no-store" && answer.varying.contains("Accept"))
            let events = try sent(answer)
            let pages = try await shop.events(as: erp)
            #expect(pages.orders == [early, late], "and nothing of the other's")
            #expect(events.map(\.json) == pages.events && events.map(\.name) == ["orders.placed", "orders.placed"])
            var resumed = question.adding(HTTPField.Name("Last-Event-ID")!, events[0].id)
            resumed.target += "?after=\(events[1].id)"
            #expect(try sent(try await shop.ask(resumed)).map(\.json) == [events[1].json], "the field stands first")
            var after = question
            after.target += "?after=\(events[0].id)"
            #expect(try sent(try await shop.ask(after)).map(\.json) == [events[1].json])
            #expect(try await shop.events("?after=\(events[0].id)", as: erp).orders == [late])
        }
    }

    @Test("a stream of whoever is no reader, or from a place that is none, is refused before it begins")
    func refusedStreams() async throws {
        try await Shop.with(.socket) { shop in
            let question = Question.get("/v1/events").adding(.accept, "text/event-stream")
            #expect(try await shop.ask(question.showing(.nothing)).problem(status: 401) == "unauthenticated")
            let host = Showing.token(try await shop.base.token(.host))
            #expect(try await shop.ask(question.showing(host)).problem(status: 403) == "forbidden")
            let others = try await shop.events(as: .token(try await shop.base.token(.source))).next
            let erp = Showing.token(try await shop.base.token(.source, source: AudienceMatrix.other))
            let broken = question.showing(erp).adding(HTTPField.Name("Last-Event-ID")!, others)
            #expect(try await shop.ask(broken).faults() == ["Last-Event-ID invalid_parameter"])
            for query in ["after=\(others)", "wait=1", "limit=5"] {
                var asked = question.showing(erp)
                asked.target += "?\(query)"
                #expect(try await shop.ask(asked).problem(status: 400) == "invalid_parameter", "\(query)")
            }
        }
    }

    @Test("a stream ends once its token is revoked, though nothing happens")
    func revokedStream() async throws {
        try await Shop.with(.socket) { shop in
            let token = try await shop.base.token(.source)
            async let ended = shop.ask(
                .get("/v1/events").showing(.token(token)).adding(.accept, "text/event-stream"))
            let prefix = try #require(TokenPrefix(rawValue: String(token.revealed.split(separator: ".")[1])))
            // It may be refused before it begins, or end: what it must not do is to go on.
            _ = try await shop.base.tokens.revoke(prefix, by: shop.base.principal)
            await shop.services.authenticator.forget(prefix)
            #expect(try await [200, 401].contains(ended.status))
        }
    }
}
