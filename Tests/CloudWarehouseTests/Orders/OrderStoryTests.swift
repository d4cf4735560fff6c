import EventLoop
import Postgres
import Testing

@testable import CloudWarehouse
@testable import WarehouseTesting

/// The judge of the turmoil, before it judges.
@Suite("What explains an order")
struct OrderStoryTests {
    private static let id = ID<CustomerOrder>(rawValue: .sample)
    private static let at = Timestamp(microsecondsSince1970: 0)

    private static func summary(_ state: OrderState) -> OrderSummary {
        OrderSummary(
            id: id, key: OrderKey(source: Melons.source, reference: OrderReference(rawValue: "1")!), state: state,
            total: Fen(rawValue: 990), placedAt: at)
    }

    /// Asks one thing after another, each client for itself: what comes at one instant comes at once.
    private static func attempt(
        _ deed: TurmoilDeed, _ answer: TurmoilAnswer, by client: Int = 1, at instant: Int64
    ) -> TurmoilAttempt {
        let time = MonotonicInstant(nanoseconds: instant)
        return TurmoilAttempt(client: client, deed: deed, began: time, ended: time, answer: answer)
    }

    private static let placed = attempt(
        .place(.due(withinSeconds: 60)), .placed(PlacedOrder(id: id, total: Fen(rawValue: 990), placedAt: at)), at: 0)

    private static func isExplained(
        _ attempts: [TurmoilAttempt], by events: [String: Int], _ final: OrderState, isFaulty: Bool = true
    ) -> Bool {
        OrderStory([placed] + attempts, isFaulty: isFaulty)
            .isExplained(by: ["placed": 1].merging(events) { $1 }, summary(final))
    }

    private static func paid(_ isRepeated: Bool? = nil) -> TurmoilAnswer {
        .changed(summary(.committed), isRepeated: isRepeated)
    }

    @Test("what was acknowledged has to be there, once")
    func acknowledged() {
        let pay = Self.attempt(.change(.pay), Self.paid(), at: 1)
        #expect(Self.isExplained([pay], by: ["paid": 1], .committed))
        #expect(!Self.isExplained([pay], by: [:], .held), "lost")
        #expect(!Self.isExplained([pay], by: ["paid": 2], .committed), "twice")
        #expect(!Self.isExplained([pay], by: ["paid": 1, "cancelled": 1], .cancelled), "by nobody")
    }

    @Test("what nobody answered may have been done or not; what was answered as not done may not")
    func unanswered() {
        for (answer, mayBeDone) in [(TurmoilAnswer.unanswered("?"), true), (.notDone("busy"), false)] {
            let pay = Self.attempt(.change(.pay), answer, at: 1)
            #expect(Self.isExplained([pay], by: [:], .held))
            #expect(Self.isExplained([pay], by: ["paid": 1], .committed) == mayBeDone)
        }
    }

    @Test("what ended before something else began comes before it; what comes at once has any order")
    func realTime() {
        let pay = Self.attempt(.change(.pay), Self.paid(), at: 1)
        let events = ["paid": 1, "cancelled": 1]
        for (instant, isRight) in [(Int64(1), true), (2, false)] {
            let refused = Self.attempt(.change(.claim), .refused(.state), by: 2, at: instant)
            #expect(Self.isExplained([pay, refused], by: ["paid": 1], .committed) == isRight)
        }
        let cancel = Self.attempt(
            .change(.cancel), .changed(Self.summary(.cancelled), isRepeated: nil), by: 2, at: 2)
        #expect(Self.isExplained([pay, cancel], by: events, .cancelled))
        #expect(!Self.isExplained([cancel, pay], by: events, .committed), "it is paid after it was called off")
    }

    @Test("where nothing went wrong, the answers tell who did it")
    func strict() {
        for isRepeated in [false, true] {
            let pays = [(false, Int64(1)), (isRepeated, 2)].map {
                Self.attempt(.change(.pay), Self.paid($0), at: $1)
            }
            #expect(Self.isExplained(pays, by: ["paid": 1], .committed, isFaulty: false) == isRepeated)
            #expect(Self.isExplained(pays, by: ["paid": 1], .committed))
        }
    }

    @Test("a hold that has ended needs nobody to have ended it")
    func expired() {
        #expect(Self.isExplained([], by: ["expired": 1], .released))
        #expect(!Self.isExplained([], by: [:], .released))
    }
}
