import Testing

@testable import CloudWarehouse

@Suite("The tables of waves and parcels")
struct FulfilmentTransitionTests {
    /// Every cell, state by state.
    static let waves: [WaveState: [WaveEvent: WaveTransition]] = [
        .absent: [
            .plan: .becomes(.planned), .release: .refused(.unknown), .close: .refused(.unknown),
            .cancel: .refused(.unknown),
        ],
        .planned: [
            .plan: .unchanged, .release: .binds, .close: .refused(.notReleased(.planned)),
            .cancel: .becomes(.cancelled),
        ],
        .releasing: [
            .plan: .unchanged, .release: .binds, .close: .refused(.notReleased(.releasing)),
            .cancel: .refused(.alreadyReleased),
        ],
        .released: [
            .plan: .unchanged, .release: .unchanged, .close: .closesIfEmpty, .cancel: .refused(.alreadyReleased),
        ],
        .closed: [.plan: .unchanged, .release: .refused(.closed), .close: .unchanged, .cancel: .refused(.closed)],
        .cancelled: [
            .plan: .refused(.cancelled), .release: .refused(.cancelled), .close: .refused(.cancelled),
            .cancel: .unchanged,
        ],
    ]

    @Test("each event makes of a wave what the table says", arguments: WaveState.allCases, WaveEvent.allCases)
    func wave(state: WaveState, event: WaveEvent) throws {
        let expected = try #require(Self.waves[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event) == expected)
    }

    /// Every cell of parcels of several SKUs, state by state.
    static let parcels: [ParcelState: [ParcelEvent: ParcelTransition]] = [
        .bound: [
            .pick: .becomes(.picked), .pack: .refused(.notPicked), .handOver: .refused(.notPacked),
            .dissolve: .becomes(.dissolved), .number: .changes, .relabel: .changes,
        ],
        .picked: [
            .pick: .unchanged, .pack: .becomes(.packed), .handOver: .refused(.notPacked),
            .dissolve: .becomes(.dissolved), .number: .changes, .relabel: .changes,
        ],
        .packed: [
            .pick: .unchanged, .pack: .unchanged, .handOver: .becomes(.shipped), .dissolve: .becomes(.dissolved),
            .number: .changes, .relabel: .changes,
        ],
        .shipped: [
            .pick: .unchanged, .pack: .unchanged, .handOver: .unchanged, .dissolve: .refused(.shipped),
            .number: .refused(.shipped), .relabel: .refused(.shipped),
        ],
        .dissolved: [
            .pick: .refused(.dissolved), .pack: .refused(.dissolved), .handOver: .refused(.dissolved),
            .dissolve: .unchanged, .number: .refused(.dissolved), .relabel: .refused(.dissolved),
        ],
    ]

    @Test("each event makes of a parcel what the table says", arguments: ParcelState.allCases, ParcelEvent.allCases)
    func parcel(state: ParcelState, event: ParcelEvent) throws {
        let expected = try #require(Self.parcels[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event, in: .multi) == expected)
        let isScanned = state == .bound && event == .pack
        #expect(state.after(event, in: .single) == (isScanned ? .picksAndPacks : expected))
    }

    @Test("an order is stopped by what has changed since its parcel was made, and by nothing else")
    func stops() {
        func gate(
            _ state: OrderState = .committed, refund: Bool = false, sent: Bool = false, reduced: Bool = false,
            address: Int16 = 1
        ) -> ParcelStop? {
            OrderAtGate(
                parcel: .sample, order: .sample, key: OrderKey(source: .sample, reference: .sample), state: state,
                isRefundLocked: refund, isSentOtherwise: sent, isReduced: reduced,
                addressVersion: address, labelVersion: 1
            ).stop
        }
        for state in OrderState.allCases {
            let goes = [OrderState.committed, .picked, .packed].contains(state)
            #expect(gate(state) == (goes ? nil : .cancelled), "\(state)")
        }
        #expect(gate(refund: true) == .refund)
        #expect(gate(sent: true) == .sentOtherwise)
        #expect(gate(reduced: true) == .edited)
        #expect(gate(address: 2) == .address)
    }
}
