import Postgres

/// Holds seals against the rows that there are, and names what differs. Knows no database.
struct SealCheck {
    /// The most differences that are named.
    let limit: Int
    /// A seal that is known from elsewhere.
    let known: SealMark?

    /// The end of the chain so far.
    private(set) var last: SealMark?
    /// The last sealed row so far: what comes after is checked by the next seal.
    private(set) var through = ID<AuditEntry>(lowestOf: AuditEntry.self)
    /// How many rows the seals hold.
    private(set) var sealedRows: Int64 = 0
    private var seals: [Difference] = []
    private var changed: [(sealed: AuditContent, found: Bytea?, by: Int64)] = []
    private var inserted: [ID<AuditEntry>] = []
    private var metKnown = false

    init(limit: Int, known: SealMark? = nil) {
        self.limit = limit
        self.known = known
    }

    /// Checks the next seal, given the rows of the log after ``through`` up to the seal's end, in the order of ids.
    mutating func take(_ seal: Seal, rows: some Sequence<AuditContent>) {
        let expected = (last?.number ?? 0) + 1
        let follows = seal.number == expected
        for number in expected..<max(expected, min(seal.number, expected + Int64(limit))) {
            name(seal: number, stored: nil, expected: "a seal")
        }
        if !follows || !seal.isGenuine(after: last?.digest ?? Seal.origin) {
            name(
                seal: seal.number, stored: seal.digest.hexadecimal,
                expected: "that of its rows and of the seal before it")
        }
        compare(seal, with: rows, gapBefore: !follows)
        last = SealMark(seal)
        through = max(through, seal.range.upperBound)
        meet(seal)
    }

    /// Walks sealed and present rows side by side. Rows before a seal whose predecessor is gone were that one's.
    private mutating func compare(_ seal: Seal, with rows: some Sequence<AuditContent>, gapBefore: Bool) {
        let sealed = seal.rows
        sealedRows += Int64(sealed.count)
        var present = Dictionary(rows.map { ($0.id, $0.digest) }) { first, _ in first }
        for row in sealed {
            let found = present.removeValue(forKey: row.id)
            if found != row.digest, changed.count < limit { changed.append((row, found, seal.number)) }
        }
        let strays = present.keys.filter { !gapBefore || $0 >= seal.range.lowerBound }.sorted()
        inserted += strays.prefix(limit - min(limit, inserted.count))
    }

    private mutating func meet(_ seal: Seal) {
        guard let known, known.number == seal.number else { return }
        metKnown = true
        if known.digest != seal.digest {
            name(seal: seal.number, stored: seal.digest.hexadecimal, expected: known.digest.hexadecimal)
        }
    }

    private mutating func name(seal number: Int64, stored: String?, expected: String) {
        guard seals.count < limit else { return }
        seals.append(
            Difference(table: "audit_seal", row: "\(number)", column: "digest", stored: stored, expected: expected))
    }

    /// Everything that differs, once the last seal was taken.
    mutating func differences() -> [Difference] {
        if let known, !metKnown { name(seal: known.number, stored: nil, expected: known.digest.hexadecimal) }
        let owners = Dictionary(changed.map { ($0.sealed.digest, $0.sealed.id) }) { first, _ in first }
        let rows = changed.map { sealed, found, number in
            Difference(
                table: "audit", row: "\(sealed.id)", column: "content",
                stored: found.map { owners[$0].map { "that of \($0)" } ?? "altered" },
                expected: "as sealed by \(number)")
        }
        let strays = inserted.map {
            Difference(table: "audit", row: "\($0)", column: "content", stored: "inserted", expected: nil)
        }
        return Array((seals + rows + strays).prefix(limit))
    }
}
