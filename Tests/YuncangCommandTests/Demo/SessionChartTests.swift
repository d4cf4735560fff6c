import CloudWarehouse
import Testing

@testable import yuncang

@Suite("The chart of a melon session")
struct SessionChartTests {
    @Test(
        "an axis ends at a round number at or above the largest value, in about so many steps",
        arguments: [
            (0, 1, 1), (1, 1, 1), (5, 1, 5), (6, 2, 6), (37, 10, 40), (50, 10, 50), (51, 20, 60), (800, 200, 800),
            (1_004, 500, 1_500), (9_999, 2_000, 10_000), (123_456, 50_000, 150_000),
        ])
    func scale(most: Int, step: Int, top: Int) {
        let scale = ChartScale(upTo: most)
        #expect(scale.step == step && scale.top == top)
        #expect(scale.marks.first == 0 && scale.marks.last == top && scale.marks.count <= 7)
        #expect(scale.position(of: 0, on: 900) == 0 && scale.position(of: top, on: 900) == 900)
        #expect(scale.position(of: top + 1, on: 900) == 900 && scale.position(of: -1, on: 900) == 0)
    }

    private func tally(_ times: [Int], stock: Int64 = 100, levels: [(Int, Int64)] = []) -> SessionTally {
        var tally = SessionTally(stock: stock)
        for time in times { tally.answers.append(.init(at: .milliseconds(time), took: .zero, waited: .zero)) }
        tally.levels += levels.map { .init(at: .milliseconds($0.0), left: $0.1) }
        return tally
    }

    @Test("every answer is in one column, and each column ends with what is left then")
    func columns() {
        let timeline = SessionTimeline(
            tally([0, 5, 9, 10, 35, 40], levels: [(5, 60), (10, 50), (25, -1), (26, 20), (40, 0)]), most: 4)
        #expect(timeline.width == .milliseconds(10))
        #expect(timeline.columns.map(\.answered) == [3, 1, 0, 2])
        #expect(timeline.columns.map(\.left) == [60, 50, 20, 0])
        #expect(timeline.rate(of: timeline.columns[0]) == 300)
    }

    @Test("there are never more columns than asked for", arguments: [0, 1, 9, 10, 1_199, 30_000, 61_234, 9_000_000])
    func bound(end: Int) {
        let timeline = SessionTimeline(tally([0, end]))
        #expect((1...121).contains(timeline.columns.count))
        #expect(timeline.columns.reduce(0) { $0 + $1.answered } == 2)
        #expect(timeline.columns.last?.left == 100)
    }

    @Test("the busiest second is any second, not one of the clock's")
    func busiest() {
        #expect(SessionTimeline.bestSecond(of: tally([])) == 0)
        #expect(SessionTimeline.bestSecond(of: tally([0, 900, 1_100, 1_500, 1_899, 1_900])) == 4)
    }

    @Test(
        "durations and numbers as people read them",
        arguments: [
            (0, "0.0 ms"), (49, "0.0 ms"), (50, "0.1 ms"), (12_345, "12.3 ms"), (999_949, "999.9 ms"),
            (999_950, "1.00 s"),
            (1_000_000, "1.00 s"), (1_239_000, "1.24 s"), (61_004_999, "61.00 s"),
        ])
    func durations(microseconds: Int, text: String) {
        #expect(FigureText.duration(.microseconds(microseconds)) == text)
    }

    @Test(
        "thousands",
        arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000")])
    func thousands(number: Int, text: String) {
        #expect(FigureText.grouped(number) == text)
    }
}
