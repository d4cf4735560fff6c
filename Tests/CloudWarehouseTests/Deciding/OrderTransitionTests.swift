import Testing

@testable import CloudWarehouse

@Suite("The table of orders")
struct OrderTransitionTests {
    private typealias Row = [OrderEvent: OrderTransition]

    /// Every cell, state by state.
    private static let table: [OrderState: Row] = [
        .held: [
            .pay: .becomes(.committed), .cancel: .becomes(.cancelled), .expire: .becomes(.released),
            .claim: .refused(.notClaimable(.held)), .edit: .changesLines, .reduce: .changesLines,
        ],
        .committed: [
            .pay: .unchanged, .cancel: .becomes(.cancelled), .expire: .refused(.notExpirable(.committed)),
            .claim: .unchanged, .edit: .refused(.notEditable(.committed)), .reduce: .changesLines,
        ],
        .paidShort: [
            .pay: .unchanged, .cancel: .becomes(.cancelled), .expire: .refused(.notExpirable(.paidShort)),
            .claim: .claims, .edit: .refused(.notEditable(.paidShort)), .reduce: .changesLines,
        ],
        .picked: inTheHouse(.picked),
        .packed: inTheHouse(.packed),
        .shipped: inTheHouse(.shipped),
        .released: [
            .pay: .claims, .cancel: .becomes(.cancelled), .expire: .unchanged,
            .claim: .refused(.notClaimable(.released)), .edit: .refused(.notEditable(.released)),
            .reduce: .refused(.notCancellable(.released)),
        ],
        .cancelled: [
            .pay: .refused(.notPayable(.cancelled)), .cancel: .unchanged, .expire: .unchanged,
            .claim: .refused(.notClaimable(.cancelled)), .edit: .refused(.notEditable(.cancelled)),
            .reduce: .refused(.notCancellable(.cancelled)),
        ],
        .returned: inTheHouse(.returned),
    ]

    /// From picking on, an order is for the warehouse's people.
    private static func inTheHouse(_ state: OrderState) -> Row {
        [
            .pay: .unchanged,
            .cancel: state == .picked || state == .packed ? .becomes(.cancelled) : .refused(.notCancellable(state)),
            .expire: .refused(.notExpirable(state)),
            .claim: .unchanged, .edit: .refused(.notEditable(state)), .reduce: .refused(.notCancellable(state)),
        ]
    }

    @Test("each event makes of each state what the table says", arguments: OrderState.allCases, OrderEvent.allCases)
    func cell(state: OrderState, event: OrderEvent) throws {
        let expected = try #require(Self.table[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event) == expected)
    }

    @Test(
        "of an order of which a parcel was recorded nothing is given back; all else is as the table says",
        arguments: OrderState.allCases, OrderEvent.allCases)
    func sent(state: OrderState, event: OrderEvent) throws {
        let expected = try #require(Self.table[state]?[event])
        #expect(state.after(event, isSent: false) == expected)
        let isGivenBack =
            [.held, .committed, .paidShort].contains(state) && [.cancel, .reduce].contains(event)
            || [.picked, .packed].contains(state) && event == .cancel
        #expect(state.after(event, isSent: true) == (isGivenBack ? .refused(.sent(state)) : expected))
    }

    @Test("what happened once, happens no second time", arguments: OrderState.allCases, OrderEvent.allCases)
    func again(state: OrderState, event: OrderEvent) {
        guard case .becomes(let next) = state.after(event) else { return }
        #expect(next.after(event) == .unchanged)
        #expect(next != state)
    }

    @Test("nothing but a payment brings a claim back to life, and none makes a hold", arguments: OrderState.allCases)
    func noResurrection(state: OrderState) {
        for event in OrderEvent.allCases {
            switch state.after(event) {
            case .becomes(let next):
                if state.claim == .released { #expect(next.claim == .released) }
                #expect(next.claim != .held, "a hold has an expiry, which no event gives")
            case .claims: #expect(event == .claim || event == .pay && state == .released)
            case .changesLines: #expect(!state.isFinal)
            case .unchanged, .refused: break
            }
        }
    }

    @Test("only what is held or committed counts in a pool", arguments: ClaimState.allCases)
    func counters(claim: ClaimState) {
        let counters = claim.counters
        #expect(counters.held == (claim == .held ? 1 : 0))
        #expect(counters.committed == (claim == .committed || claim == .picked ? 1 : 0))
        #expect(counters.sellable == 0 && counters.allotted == 0)
    }
}
