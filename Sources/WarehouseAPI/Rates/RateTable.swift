/// Who has asked how often lately: the generic cell rate algorithm for many, in a table that never grows.
///
/// For each it keeps one instant, up to which the steady pace has been used. Where four of one row are taken, a newcomer
/// takes the place of whoever is least ahead of the pace: an attacker with very many addresses can make others forgotten,
/// which gives them their burst anew, but nothing grows and nobody is shut out.
struct RateTable: Sendable {
    /// Whether something may happen.
    enum Verdict: Hashable, Sendable {
        case admitted
        /// Not before so many nanoseconds have passed.
        case wait(Int64)
    }

    private struct Entry {
        var key: UInt64 = 0
        /// On the clock of whoever asks, in nanoseconds.
        var usedUntil = Int64.min
    }

    private static let entriesPerRow = 4

    private let interval: Int64
    private let tolerance: Int64
    private let mask: UInt64
    private var entries: [Entry]

    /// An empty table of so many rows, a power of two, with four places each.
    init(_ rate: Rate, rows: Int = 16_384) {
        precondition(rows > 0 && rows & (rows - 1) == 0, "the number of rows is a power of two")
        interval = rate.interval
        tolerance = rate.tolerance
        mask = UInt64(rows - 1)
        entries = Array(repeating: Entry(), count: rows * Self.entriesPerRow)
    }

    /// How many places there are.
    var capacity: Int { entries.count }

    /// Lets whoever has this key do it once more, or says for how long not.
    ///
    /// - Parameter key: a hash that nobody outside can foresee, so that nobody can share another's on purpose.
    mutating func admit(_ key: UInt64, at now: Int64) -> Verdict {
        let index = place(of: key)
        let usedUntil = max(entries[index].key == key ? entries[index].usedUntil : now, now)
        guard usedUntil - now <= tolerance else { return .wait(usedUntil - now - tolerance) }
        entries[index] = Entry(key: key, usedUntil: usedUntil + interval)
        return .admitted
    }

    /// Takes back what ``admit(_:at:)`` has counted once.
    mutating func giveBack(_ key: UInt64) {
        let index = place(of: key)
        if entries[index].key == key { entries[index].usedUntil -= interval }
    }

    /// What ``admit(_:at:)`` would say, without counting it.
    func verdict(on key: UInt64, at now: Int64) -> Verdict {
        let index = place(of: key)
        guard entries[index].key == key else { return .admitted }
        // A place that nobody has taken has the key 0 too, and an instant long past.
        let ahead = max(entries[index].usedUntil, now) - now
        return ahead > tolerance ? .wait(ahead - tolerance) : .admitted
    }

    /// Where the key stands in its row, else the place that is best given away.
    private func place(of key: UInt64) -> Int {
        let start = Int(key & mask) * Self.entriesPerRow
        var oldest = start
        for index in start..<start + Self.entriesPerRow {
            if entries[index].key == key { return index }
            if entries[index].usedUntil < entries[oldest].usedUntil { oldest = index }
        }
        return oldest
    }
}
