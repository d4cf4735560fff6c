/// Shows a progress bar on a terminal while it lives, and nothing in a pipe.
///
/// The line is erased when the display ends, however the work ended, so that what follows starts on a clean line.
struct ProgressDisplay: ~Copyable {
    /// The bar is redrawn no more often than this.
    static let redrawInterval = Duration.milliseconds(100)

    private let bar: ProgressBar
    private let channel: Channel
    private let start: ContinuousClock.Instant
    private var lastDrawn: ContinuousClock.Instant?

    /// Begins at `now` without drawing: work that is over at once never flickers.
    init(_ bar: ProgressBar, on channel: Channel, now: ContinuousClock.Instant = .now) {
        self.bar = bar
        self.channel = channel
        self.start = now
    }

    /// Tells how many pieces are done in all, and something beside.
    mutating func advance(to done: Int, remark: Text? = nil, now: ContinuousClock.Instant = .now) {
        guard channel.isTerminal, now - (lastDrawn ?? start) >= Self.redrawInterval else { return }
        lastDrawn = now
        let line = bar.line(done: done, elapsed: now - start, remark: remark, on: channel.surface)
        channel.write("\r\(line)\u{1B}[K")
    }

    /// Makes room for a line of something else; the bar is drawn again below it.
    mutating func erase() {
        if lastDrawn != nil { channel.write("\r\u{1B}[K") }
        lastDrawn = nil
    }

    deinit {
        if lastDrawn != nil { channel.write("\r\u{1B}[K") }
    }
}
