import Testing

@testable import CloudWarehouse

@Suite("The table of loadings")
struct LoadingTransitionTests {
    typealias Row = [LoadingEvent: LoadingTransition]

    /// Every cell, state by state.
    static let table: [LoadingState: Row] = [
        .absent: [
            .plan: .becomes(.planned), .start: .refused(.unknown), .finish: .refused(.unknown),
            .cancel: .refused(.unknown),
        ],
        .planned: [
            .plan: .happened, .start: .becomes(.started), .finish: .refused(.notStarted),
            .cancel: .becomes(.cancelled),
        ],
        .started: [
            .plan: .happened, .start: .happened, .finish: .becomes(.finished), .cancel: .becomes(.cancelled),
        ],
        .finished: [
            .plan: .happened, .start: .happened, .finish: .happened, .cancel: .refused(.alreadyFinished),
        ],
        .cancelled: [
            .plan: .happened, .start: .refused(.cancelled), .finish: .refused(.cancelled), .cancel: .happened,
        ],
    ]

    @Test("each event makes of each state what the table says", arguments: LoadingState.allCases, LoadingEvent.allCases)
    func cell(state: LoadingState, event: LoadingEvent) throws {
        let expected = try #require(Self.table[state]?[event], "the cell \(state) x \(event) is not in the table")
        #expect(state.after(event) == expected)
    }

    @Test("people are named once, one at least and fifty at most; something was moved")
    func values() {
        func worker(_ name: String, _ employment: LoadingWorker.Employment = .staff) -> LoadingWorker {
            LoadingWorker(name: Name(rawValue: name)!, employment: employment)
        }
        #expect(LoadingCrew([]) == nil)
        #expect(LoadingCrew([worker("张三"), worker("张三")]) == nil)
        #expect(LoadingCrew([worker("张三"), worker("张三", .hired)]) != nil, "two people may have one name")
        #expect(LoadingCrew((1...50).map { worker("\($0)") }) != nil)
        #expect(LoadingCrew((1...51).map { worker("\($0)") }) == nil)
        #expect(LoadingAmount(pieces: nil, grams: nil) == nil)
        #expect(LoadingAmount(pieces: .zero, grams: .sample) == nil)
        #expect(LoadingAmount(pieces: nil, grams: .sample) != nil)
    }
}
