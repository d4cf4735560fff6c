import EventLoop
import Logging
import Postgres

extension StockFeed {
    /// Brings onto the boards what a reading gives.
    func perform(_ reading: FeedMachine.Reading) async throws(PostgresError) {
        switch reading {
        case .all: try await readAll()
        case .skus(let skus): try await readRows(of: skus)
        case .check: try await readDifferences()
        }
    }

    private func readAll() async throws(PostgresError) {
        for board in boards { board.beginReplacement() }
        do throws(PostgresError) {
            // Names and sets are summed up before they are read: a change between the two is found by the next look.
            let digest = try await digest()
            let picture = try await readPicture()
            names = digest?.names
            sets = digest?.sets
            let old = boards.map { $0.replace(by: picture) }
            guard let watcher else { return }
            let changes = boards[0].picture.changes(since: old[0])
            if !changes.isEmpty { watcher(.changed(changes)) }
        } catch {
            for board in boards { board.giveUpReplacement() }
            throw error
        }
    }

    private func readPicture() async throws(PostgresError) -> StockPicture {
        var picture = StockPicture(sets: try await readSets())
        var last: StockLevel.Position?
        while true {
            let rows = try await query(BoardRowsAfter(after: last, limit: limits.pageRows))
            _ = picture.apply(rows)
            guard rows.count == Int(limits.pageRows), let row = rows.last else { return picture }
            last = row.level.position
        }
    }

    private func readSets() async throws(PostgresError) -> [SetRecipe] {
        var rows: [SetRecipesAfter.Row] = []
        while true {
            let page = try await query(
                SetRecipesAfter(
                    after: rows.last.map { (set: $0.recipe.set, component: $0.component) }, limit: limits.pageRows))
            rows += page
            guard page.count == Int(limits.pageRows) else { return SetRecipe.recipes(rows.map(\.recipe)) }
        }
    }

    private func readRows(of skus: Set<ID<SKU>>) async throws(PostgresError) {
        guard !skus.isEmpty else { return }
        let rows = try await query(BoardRowsOf(skus: Array(skus)))
        show { $0.apply(rows) }
    }

    private func readDifferences() async throws(PostgresError) {
        guard let digest = try await digest() else { return }
        guard digest.names == names, digest.sets == sets else { return try await readAll() }
        guard digest.extent != boards[0].extent else { return }
        var behind: Set<ID<SKU>> = []
        var last: PoolKey?
        while true {
            let versions = try await query(PoolVersionsAfter(after: last, limit: limits.pageRows))
            behind.formUnion(boards[0].skusBehind(versions))
            guard versions.count == Int(limits.pageRows), let row = versions.last else { break }
            last = row.key
        }
        try await readRows(of: behind)
    }

    private func digest() async throws(PostgresError) -> BoardDigestNow.Row? {
        try await query(BoardDigestNow()).first
    }

    private func query<S: Statement>(_ statement: S) async throws(PostgresError) -> [S.Row] {
        try await pool.query(statement, deadline: .now().advanced(by: limits.readDeadline))
    }

    /// Changes every board in the same way, and tells those who watch.
    @discardableResult
    nonisolated func show(_ change: (StockBoard) -> StockPicture.Outcome) -> StockPicture.Outcome {
        let outcome = change(boards[0])
        for board in boards.dropFirst() { _ = change(board) }
        if let watcher, !outcome.changed.isEmpty { watcher(.changed(outcome.changed)) }
        return outcome
    }

    /// Rings for these SKUs; a doorbell that does not ring is made up for by those who ask.
    func ring(for skus: Set<ID<SKU>>) async {
        await RingDoorbell(doorbell: Doorbell(from: origin, for: .skus(skus)))
            .ring(through: pool, deadline: limits.ringDeadline, logger: logger)
    }
}

extension RingDoorbell {
    /// Rings, and logs a failure, which is harmless.
    func ring(through pool: Pool, deadline: Duration, logger: Logger) async {
        do throws(PostgresError) {
            _ = try await pool.query(self, deadline: .now().advanced(by: deadline))
        } catch {
            logger.notice("a doorbell did not ring", metadata: ["cause": "\(error)"])
        }
    }
}
