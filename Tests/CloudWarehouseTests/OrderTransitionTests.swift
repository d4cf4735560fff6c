import Postgres
import Testing

@testable import CloudWarehouse

@Suite("The table of orders")
struct OrderTransitionTests {
    /// Every cell, state by state: what pay, cancel and expire make of it.
    private static let table: [OrderState: [OrderEvent: OrderTransition]] = [
        .held: [.pay: .becomes(.committed), .cancel: .becomes(.cancelled), .expire: .becomes(.released)],
        .committed: [.pay: .unchanged, .cancel: .becomes(.cancelled), .expire: .refused(.notExpirable(.committed))],
        .picked: [
            .pay: .unchanged, .cancel: .refused(.notCancellable(.picked)), .expire: .refused(.notExpirable(.picked)),
        ],
        .packed: [
            .pay: .unchanged, .cancel: .refused(.notCancellable(.packed)), .expire: .refused(.notExpirable(.packed)),
        ],
        .shipped: [
            .pay: .unchanged, .cancel: .refused(.notCancellable(.shipped)), .expire: .refused(.notExpirable(.shipped)),
        ],
        .released: [.pay: .refused(.notPayable(.released)), .cancel: .becomes(.cancelled), .expire: .unchanged],
        .cancelled: [.pay: .refused(.notPayable(.cancelled)), .cancel: .unchanged, .expire: .unchanged],
        .returned: [
            .pay: .unchanged, .cancel: .refused(.notCancellable(.returned)),
            .expire: .refused(.notExpirable(.returned)),
        ],
    ]

    @Test("each event makes of each state what the table says", arguments: OrderState.allCases, OrderEvent.allCases)
    func cell(state: OrderState, event: OrderEvent) throws {
        let expected = try #require(Self.table[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event) == expected)
    }

    @Test("what happened once, happens no second time", arguments: OrderState.allCases, OrderEvent.allCases)
    func again(state: OrderState, event: OrderEvent) {
        guard case .becomes(let next) = state.after(event) else { return }
        #expect(next.after(event) == .unchanged)
        #expect(next != state)
    }

    @Test("no event brings an order back to life, or makes a claim of nothing", arguments: OrderState.allCases)
    func noResurrection(state: OrderState) {
        for event in OrderEvent.allCases {
            guard case .becomes(let next) = state.after(event) else { continue }
            if state.claim == .released { #expect(next.claim == .released) }
            #expect(next.claim != .held, "a hold has an expiry, which no event gives")
        }
    }

    @Test("an order's change moves each claim by the difference of the counters, a pool once, in key order")
    func change() throws {
        var ids = IDGenerator(at: .sample)
        let pools = (0..<2).map { _ in PoolKey(sku: ids.next(), warehouse: .sample, owner: .sample) }
        func line(_ position: Int16, _ pool: Int, _ quantity: Int64, _ claim: ClaimState) throws -> OrderChange.Line {
            OrderChange.Line(
                order: .sample, position: position, pool: pools[pool], quantity: try Quantity(quantity), claim: claim)
        }
        let lines = [
            try line(1, 1, 5, .held), try line(2, 0, 2, .held), try line(3, 1, 7, .held), try line(4, 0, 9, .released),
        ]
        let cancelled = OrderChange(lines: lines, to: .cancelled)
        #expect(cancelled.pools.map(\.key) == pools)
        #expect(cancelled.pools.map(\.change) == [PoolCounters(held: -2), PoolCounters(held: -12)])
        #expect(cancelled.claims.claims.map(\.position) == [1, 2, 3])
        #expect(cancelled.claims.claims.allSatisfy { $0.claim == .released })
        let paid = OrderChange(lines: Array(lines.prefix(2)), to: .committed)
        #expect(
            paid.pools.map(\.change) == [PoolCounters(held: -2, committed: 2), PoolCounters(held: -5, committed: 5)])
        let nothing = OrderChange(lines: Array(lines.suffix(1)), to: .cancelled)
        #expect(nothing.pools.isEmpty && nothing.claims.claims.isEmpty)
    }
}
