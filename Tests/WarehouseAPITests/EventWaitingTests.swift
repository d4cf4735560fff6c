import EventLoop
import HTTPTypes
import PostgresTesting
import Testing
import WarehouseTesting

@testable import CloudWarehouse
@testable import WarehouseAPI

@Suite("What waiting for events may cost", .onDatabase, .serialized)
struct EventWaitingTests {
    @Test("nothing is read while nothing is numbered: whoever waits is told that its time is over")
    func quiet() async throws {
        try await Shop.with(.inProcess) { shop in
            let relay = OutboxRelay(pool: shop.base.pool)
            try await shop.base.stockMelons(100)
            try await shop.place("shop", "1")
            _ = try await relay.pass()
            let next = try await shop.events().next
            try await shop.place("shop", "2")
            async let quiet = shop.events("?wait=3&after=\(next)")
            #expect(try await eventually { shop.services.watch.places.takenCount == 1 })
            // An event that nobody is told of: whoever reads again sees it.
            try await shop.base.run(
                script: """
                    INSERT INTO outbox_number (number, event_id) SELECT 2, id FROM outbox
                    WHERE id NOT IN (SELECT event_id FROM outbox_number)
                    """)
            #expect(try await quiet.events.isEmpty)
            #expect(try await shop.events("?after=\(next)").events.count == 1)
        }
    }

    @Test("one token has so many waits and streams at once, and others have their own", arguments: Door.allCases)
    func places(door: Door) async throws {
        try await Shop.with(door) { shop in
            let token = try await shop.base.token(.warehouse)
            let caller = try await shop.services.authenticator.caller(showing: Array(token.revealed.utf8)[...])
            let places = shop.services.watch.places
            var taken: [EventPlace] = []
            for _ in 0..<64 {
                guard case .place(let place) = places.take(for: caller.token) else {
                    Issue.record("no place")
                    return
                }
                taken.append(place)
            }
            let wait = Question.get("/v1/events?wait=1").showing(.token(token))
            let stream = Question.get("/v1/events").showing(.token(token)).adding(.accept, "text/event-stream")
            let refused = try await shop.ask(wait)
            #expect(try refused.problem(status: 429) == "too_many_requests" && refused[.retryAfter] == "25")
            #expect(try await shop.ask(.get("/v1/events").showing(.token(token))).status == 200, "it does not wait")
            #expect(try await shop.ask(.get("/v1/events?wait=1")).status == 200)
            // A stream that was let in would end by itself.
            shop.readiness.report(.notReady("The service is stopping."))
            #expect(try await shop.ask(stream).problem(status: 429) == "too_many_requests")
            taken.removeLast()
            #expect(try await shop.ask(stream).status == 200)
        }
    }

    @Test("a page is bounded by the orders that it speaks of, too", arguments: Door.allCases)
    func largeEvents(door: Door) async throws {
        try await Shop.with(door) { shop in
            try await shop.base.run(
                script: """
                    INSERT INTO outbox (id, kind, subjects, recorded_at)
                    SELECT (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '70008000'
                        || lpad(number::text, 12, '0'))::uuid, 'orders.placed',
                        ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 2000) WHERE number > 0), now()
                    FROM generate_series(1, 5) AS number;
                    INSERT INTO outbox_number SELECT row_number() OVER (ORDER BY id), id FROM outbox
                    """)
            let first = try await shop.events("?limit=500")
            #expect(first.events.count == 3 && first.orders.count == 6_000 && first.next == "3")
            #expect(try await shop.events("?limit=500&after=\(first.next)").events.count == 2)
        }
    }
}
