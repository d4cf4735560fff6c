import Postgres
import Testing

@testable import CloudWarehouse

@Suite("The table of counts")
struct StockCountTransitionTests {
    typealias Row = [StockCountEvent: StockCountTransition]

    /// Every cell, state by state.
    static let table: [StockCountState: Row] = [
        .absent: [
            .plan: .becomes(.planned), .count: .refused(.unknown), .explain: .refused(.unknown),
            .finish: .refused(.unknown), .approve: .refused(.unknown), .cancel: .refused(.unknown),
        ],
        .planned: [
            .plan: .unchanged, .count: .counts, .explain: .refused(.notInCount), .finish: .finishes,
            .approve: .refused(.notCounted), .cancel: .becomes(.cancelled),
        ],
        .counting: [
            .plan: .unchanged, .count: .counts, .explain: .explains, .finish: .finishes,
            .approve: .refused(.notCounted), .cancel: .becomes(.cancelled),
        ],
        .counted: [
            .plan: .unchanged, .count: .refused(.alreadyCounted), .explain: .explains, .finish: .unchanged,
            .approve: .posts, .cancel: .becomes(.cancelled),
        ],
        .posted: [
            .plan: .unchanged, .count: .refused(.posted), .explain: .refused(.posted), .finish: .unchanged,
            .approve: .unchanged, .cancel: .refused(.posted),
        ],
        .cancelled: [
            .plan: .unchanged, .count: .refused(.cancelled), .explain: .refused(.cancelled),
            .finish: .refused(.cancelled), .approve: .refused(.cancelled), .cancel: .unchanged,
        ],
    ]

    @Test(
        "each event makes of each state what the table says", arguments: StockCountState.allCases,
        StockCountEvent.allCases)
    func cell(state: StockCountState, event: StockCountEvent) throws {
        let expected = try #require(Self.table[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event) == expected)
    }

    @Test(
        "a difference beyond the tolerance is counted again; at its edge it is not",
        arguments: [
            (Int64(1_000), Int64(980), false), (1_000, 979, true), (1_000, 1_020, false), (1_000, 1_021, true),
            (0, 0, false), (0, 1, true), (10, 9, true), (1_000_000_000_000_000, 980_000_000_000_000, false),
            (1_000_000_000_000_000, 979_999_999_999_999, true), (50, 49, false), (49, 48, true),
        ])
    func tolerance(expected: Int64, counted: Int64, isExceeded: Bool) throws {
        #expect(BasisPoints.twoPercent.isExceeded(expected: expected, counted: counted) == isExceeded)
        let none = try #require(BasisPoints(rawValue: 0))
        #expect(none.isExceeded(expected: expected, counted: counted) == (expected != counted))
    }

    @Test("the few that are most of the value are counted most often, and what has no price the least")
    func classes() throws {
        let today = CalendarDate("2026-12-01")!
        func valued(_ code: String, _ value: Int64, _ day: String?) throws -> ValuedSKU {
            ValuedSKU(
                sku: try SKUCode(code), name: try Name(code), value: value, countedOn: day.flatMap(CalendarDate.init))
        }
        let due = DueCount.all(
            of: [
                try valued("tail", 40, nil), try valued("gift", 0, "2026-01-01"), try valued("rice", 600, "2026-11-02"),
                try valued("melon", 200, "2026-11-01"), try valued("fig", 160, "2026-09-02"),
                try valued("plum", 0, "2026-06-05"),
            ], today: today)
        #expect(due.map { "\($0.countClass) \($0.sku)" } == ["a melon", "b fig", "c tail", "c gift"])
        #expect(DueCount.all(of: [], today: today).isEmpty)
    }
}
