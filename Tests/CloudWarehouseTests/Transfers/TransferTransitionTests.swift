import Postgres
import Testing

@testable import CloudWarehouse

@Suite("The table of transfers")
struct TransferTransitionTests {
    typealias Row = [TransferEvent: TransferTransition]

    /// Every cell, state by state.
    static let table: [TransferState: Row] = [
        .absent: [
            .request: .becomes(.requested), .approve: .refused(.unknown), .pick: .refused(.unknown),
            .load: .refused(.unknown), .depart: .refused(.unknown), .arrive: .refused(.unknown),
            .cancel: .refused(.unknown),
        ],
        .requested: [
            .request: .unchanged, .approve: .becomes(.approved), .pick: .refused(.notApproved),
            .load: .refused(.notApproved), .depart: .refused(.notApproved), .arrive: .refused(.notDeparted),
            .cancel: .becomes(.cancelled),
        ],
        .approved: [
            .request: .unchanged, .approve: .unchanged, .pick: .picks, .load: .refused(.nothingPicked),
            .depart: .refused(.nothingPicked), .arrive: .refused(.notDeparted), .cancel: .becomes(.cancelled),
        ],
        .picking: [
            .request: .unchanged, .approve: .unchanged, .pick: .picks, .load: .becomes(.loaded),
            .depart: .refused(.notLoaded), .arrive: .refused(.notDeparted), .cancel: .putsBack,
        ],
        .loaded: [
            .request: .unchanged, .approve: .unchanged, .pick: .refused(.alreadyLoaded), .load: .unchanged,
            .depart: .departs, .arrive: .refused(.notDeparted), .cancel: .putsBack,
        ],
        .inTransit: [
            .request: .unchanged, .approve: .unchanged, .pick: .refused(.departed), .load: .unchanged,
            .depart: .unchanged, .arrive: .arrives, .cancel: .becomes(.returning),
        ],
        .returning: [
            .request: .unchanged, .approve: .unchanged, .pick: .refused(.departed), .load: .unchanged,
            .depart: .unchanged, .arrive: .arrives, .cancel: .unchanged,
        ],
        .closed: [
            .request: .unchanged, .approve: .unchanged, .pick: .refused(.closed), .load: .unchanged,
            .depart: .unchanged, .arrive: .refused(.closed), .cancel: .refused(.closed),
        ],
        .cancelled: [
            .request: .unchanged, .approve: .refused(.cancelled), .pick: .refused(.cancelled),
            .load: .refused(.cancelled), .depart: .refused(.cancelled), .arrive: .refused(.cancelled),
            .cancel: .unchanged,
        ],
    ]

    @Test(
        "each event makes of each state what the table says", arguments: TransferState.allCases, TransferEvent.allCases)
    func cell(state: TransferState, event: TransferEvent) throws {
        let expected = try #require(Self.table[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event) == expected)
    }

    @Test("nothing comes back from the end, and a transfer that has left is never cancelled")
    func ends() {
        for state in TransferState.allCases {
            for event in TransferEvent.allCases {
                guard case .becomes(let next) = state.after(event) else { continue }
                #expect(next != .absent && next != state && state != .closed && state != .cancelled)
                #expect(next.after(event) == .unchanged, "what happened once, happens no second time")
                if state == .inTransit || state == .returning { #expect(next != .cancelled) }
            }
        }
    }

    @Test("goods that are kept cold go where it is as cold; those that need none may also stand where it is chilled")
    func suitability() {
        let suited = StorageClass.allCases.flatMap { goods in
            StorageClass.allCases.filter { goods.suits($0) }.map { "\(goods) \($0)" }
        }
        #expect(suited == ["ambient ambient", "ambient chilled", "chilled chilled", "frozen frozen"])
    }

    @Test("an arrival says what fits together, and so does a request")
    func forms() throws {
        let ten = try Quantity(10)
        let loss = TransferArrival.Loss(reason: .broken, answerable: .sample)
        func arrival(
            _ count: TransferArrival.Count, _ location: LocationCode?, _ loss: TransferArrival.Loss?,
            _ quality: Quality = .good
        ) throws(InvalidValue) -> TransferArrival {
            try TransferArrival(
                reference: .sample, lot: .sample, quality: quality, count: count, location: location, loss: loss)
        }
        #expect(throws: InvalidValue.emptyArrival) { try arrival(.init(), .sample, nil) }
        #expect(throws: InvalidValue.unnamedLoss) { try arrival(.init(damaged: ten), .sample, nil) }
        #expect(throws: InvalidValue.unnamedLoss) { try arrival(.init(lost: ten), nil, nil) }
        #expect(throws: InvalidValue.unnamedLoss) { try arrival(.init(received: ten), .sample, loss) }
        #expect(throws: InvalidValue.arrivalPlace) { try arrival(.init(received: ten), nil, nil) }
        #expect(throws: InvalidValue.arrivalPlace) { try arrival(.init(lost: ten), .sample, loss) }
        #expect(throws: InvalidValue.damagedTwice) { try arrival(.init(damaged: ten), .sample, loss, .damaged) }
        #expect(throws: InvalidValue.emptyPick) {
            try TransferPick(reference: .sample, lot: .sample, location: .sample, quantity: .zero)
        }
        let (here, there) = (try WarehouseCode("a"), try WarehouseCode("b"))
        let line = ExpectedGoods(sku: .sample, owner: .sample, quantity: ten)
        #expect(throws: InvalidValue.sameWarehouse) { try TransferRequest(from: here, to: here, lines: [line]) }
        #expect(throws: InvalidValue.repeatedLine(2)) {
            try TransferRequest(from: here, to: there, lines: [line, line])
        }
        #expect(throws: InvalidValue.transferLines(atMost: 200)) {
            try TransferRequest(from: here, to: there, lines: [])
        }
        var empty = line
        empty.quantity = .zero
        #expect(throws: InvalidValue.emptyTransferLine(1)) {
            try TransferRequest(from: here, to: there, lines: [empty])
        }
    }
}
