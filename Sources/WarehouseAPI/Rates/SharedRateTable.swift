internal import EventLoop

/// A table of rates for several threads.
final class SharedRateTable: Sendable {
    private let table: Lock<RateTable>

    init(_ rate: Rate, rows: Int = 16_384) {
        table = Lock(RateTable(rate, rows: rows))
    }

    func admit(_ key: UInt64, at now: Int64) -> RateTable.Verdict {
        table.withLock { $0.admit(key, at: now) }
    }

    func giveBack(_ key: UInt64) {
        table.withLock { $0.giveBack(key) }
    }

    func verdict(on key: UInt64, at now: Int64) -> RateTable.Verdict {
        table.withLock { $0.verdict(on: key, at: now) }
    }
}
