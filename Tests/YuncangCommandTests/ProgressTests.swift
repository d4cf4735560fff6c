import Testing

@testable import yuncang

@Suite("Progress")
struct ProgressTests {
    private let bar = ProgressBar(label: Text(en: "importing", zh: "导入"), total: 200)

    @Test(
        "the line tells share, count and the time left",
        arguments: [
            (0, "importing  [------------------------]  0%  0/200"),
            (50, "importing  [######------------------]  25%  50/200  0:30 left"),
            (200, "importing  [########################]  100%  200/200  0:00 left"),
            (999, "importing  [########################]  100%  200/200  0:00 left"),
            (-1, "importing  [------------------------]  0%  0/200"),
        ])
    func line(done: Int, expected: String) {
        #expect(bar.line(done: done, elapsed: .seconds(10), on: .pipe) == expected)
    }

    @Test("in Chinese, and one column short of the terminal's width", arguments: 10...80)
    func narrow(columns: Int) {
        Language.$current.withValue(.chinese) {
            let line = bar.line(done: 50, elapsed: .seconds(10), on: Surface(columns: columns))
            #expect(DisplayWidth().columns(of: line) < columns)
            if columns > 70 { #expect(line == "导入  [######------------------]  25%  50/200  还需 0:30") }
        }
    }

    @Test("without a total only the count and the time are told", arguments: [nil, 0])
    func unknownTotal(total: Int?) {
        let bar = ProgressBar(label: .verbatim("x\u{1B}c"), total: total)
        #expect(bar.line(done: 7, elapsed: .seconds(3_725), on: .pipe) == "x␛c  7  1:02:05")
    }

    @Test("the bar is drawn at most every tenth of a second and erased at the end")
    func redraws() {
        let sink = MemorySink()
        let start = ContinuousClock.now
        do {
            let channel = Channel(sink: sink, surface: Surface(columns: 80), isTerminal: true)
            var display = ProgressDisplay(bar, on: channel, now: start)
            display.advance(to: 1, now: start + .milliseconds(99))
            #expect(sink.text.isEmpty)
            display.advance(to: 2, now: start + .milliseconds(100))
            display.advance(to: 3, now: start + .milliseconds(199))
            display.advance(to: 4, now: start + .milliseconds(200))
        }
        #expect(sink.text.split(separator: "\r").count == 3)
        #expect(sink.text.contains("2/200") && !sink.text.contains("3/200") && sink.text.contains("4/200"))
        #expect(sink.text.hasSuffix("\r\u{1B}[K"))
    }

    @Test("in a pipe nothing is drawn and nothing erased")
    func pipe() {
        let sink = MemorySink()
        do {
            let start = ContinuousClock.now
            var display = ProgressDisplay(bar, on: Channel(sink: sink, surface: .pipe, isTerminal: false), now: start)
            display.advance(to: 100, now: start + .seconds(5))
        }
        #expect(sink.text.isEmpty)
    }
}
