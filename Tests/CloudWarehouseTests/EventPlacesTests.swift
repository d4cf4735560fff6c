import EventLoop
import FoundationEssentials
import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Places of those who wait for events")
struct EventPlacesTests {
    private func take(_ places: EventPlaces, _ token: ID<Token>) -> EventPlace? {
        if case .place(let place) = places.take(for: token) { place } else { nil }
    }

    @Test("one token has so many, all have so many, and what is not kept is free again")
    func places() throws {
        let places = EventPlaces(all: 3, perToken: 2)
        let (one, other) = (ID<Token>.sample, ID<Token>(rawValue: UUID()))
        var own = [try #require(take(places, one)), try #require(take(places, one))]
        guard case .tokenHasEnough = places.take(for: one) else {
            Issue.record("a third place")
            return
        }
        let third = try #require(take(places, other))
        guard case .full = places.take(for: other) else {
            Issue.record("a fourth place")
            return
        }
        own.removeLast()
        #expect(places.takenCount == 2)
        #expect(take(places, other) != nil)
        own = []
        withExtendedLifetime(third) {}
        #expect(places.takenCount <= 1)
    }

    @Test("a wait ends with news or with its time", .enabled(if: TestDatabase.isGiven))
    func waking() async throws {
        try await TestBase.with { base in
            let watch = EventWatch(pool: base.pool, pause: .milliseconds(5))
            let place = try #require(take(watch.places, .sample))
            func wait(beyond number: Int64) async -> EventWatch.Waking {
                await watch.wait(at: place, beyond: number, until: .now().advanced(by: .milliseconds(50)))
            }
            #expect(await wait(beyond: 0) == .time, "nothing was ever numbered")
            try await base.run(script: "UPDATE relay_lease SET last_number = 7")
            #expect(await wait(beyond: 6) == .news)
            #expect(await wait(beyond: 7) == .time)
            await base.pool.shutDown()
            #expect(await wait(beyond: 7) == .news, "who knows")
        }
    }
}
