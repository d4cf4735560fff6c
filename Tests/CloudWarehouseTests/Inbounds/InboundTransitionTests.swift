import Postgres
import Testing

@testable import CloudWarehouse

@Suite("The table of deliveries")
struct InboundTransitionTests {
    typealias Row = [InboundEvent: InboundTransition]

    /// Every cell, state by state.
    static let table: [InboundState: Row] = [
        .absent: [
            .announce: .becomes(.announced), .arrive: .becomes(.arrived), .count: .refused(.unknown),
            .finish: .refused(.unknown), .release: .refused(.unknown), .putAway: .refused(.unknown),
            .cancel: .refused(.unknown), .retract: .refused(.unknown),
            .correct: .refused(.unknown),
        ],
        .announced: [
            .announce: .unchanged, .arrive: .becomes(.arrived), .count: .refused(.notArrived),
            .finish: .refused(.notArrived), .release: .refused(.notReceived), .putAway: .refused(.notReceived),
            .cancel: .becomes(.cancelled), .retract: .refused(.notArrived),
            .correct: .unchanged,
        ],
        .arrived: [
            .announce: .unchanged, .arrive: .unchanged, .count: .counts, .finish: .finishes,
            .release: .refused(.notReceived), .putAway: .refused(.notReceived), .cancel: .cancelsIfEmpty,
            .retract: .retracts,
            .correct: .unchanged,
        ],
        .received: [
            .announce: .unchanged, .arrive: .unchanged, .count: .refused(.alreadyReceived(.received)),
            .finish: .unchanged, .release: .releases, .putAway: .refused(.notReleased), .cancel: .cancelsIfEmpty,
            .retract: .retracts,
            .correct: .unchanged,
        ],
        .released: [
            .announce: .unchanged, .arrive: .unchanged, .count: .refused(.alreadyReceived(.released)),
            .finish: .unchanged, .release: .unchanged, .putAway: .moves, .cancel: .refused(.alreadyReleased),
            .retract: .refused(.alreadyReleased),
            .correct: .follows,
        ],
        .stored: [
            .announce: .unchanged, .arrive: .unchanged, .count: .refused(.alreadyReceived(.stored)),
            .finish: .unchanged, .release: .unchanged, .putAway: .moves,
            .cancel: .refused(.alreadyReleased), .retract: .refused(.alreadyReleased), .correct: .follows,
        ],
        .cancelled: [
            .announce: .unchanged, .arrive: .refused(.cancelled), .count: .refused(.cancelled),
            .finish: .refused(.cancelled), .release: .refused(.cancelled), .putAway: .refused(.cancelled),
            .cancel: .unchanged, .retract: .refused(.cancelled), .correct: .unchanged,
        ],
    ]

    @Test("each event makes of each state what the table says", arguments: InboundState.allCases, InboundEvent.allCases)
    func cell(state: InboundState, event: InboundEvent) throws {
        let expected = try #require(Self.table[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event) == expected)
    }

    @Test("nothing comes back from the end, and nothing is forgotten", arguments: InboundState.allCases)
    func ends(state: InboundState) {
        for event in InboundEvent.allCases {
            guard case .becomes(let next) = state.after(event) else { continue }
            #expect(next != .absent && next != state && state != .stored && state != .cancelled)
            #expect(next.after(event) == .unchanged, "what happened once, happens no second time")
        }
    }

    @Test("the short way takes every step of the table")
    func shortWay() throws {
        var ids = IDGenerator(at: .sample)
        let line = Receipt.Line(sku: .sample, owner: .sample, quantity: .sample)
        let receipt = try Receipt(reference: .sample, warehouse: .sample, location: .sample, lines: [line])
        let shelf = Location(
            id: .sample, warehouse: .sample, code: .sample, terms: LocationTerms(storageClass: .ambient))
        let steps = InboundSteps.atOnce(receipt, at: shelf, ids: &ids)
        #expect(steps.map(\.event) == [.arrive, .count, .finish, .release, .putAway])
        #expect(steps.map(\.from) == [.absent, .arrived, .arrived, .received, .released])
        #expect(steps.map(\.to) == [.arrived, .arrived, .received, .released, .stored])
    }
}
