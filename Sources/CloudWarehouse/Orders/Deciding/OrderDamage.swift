/// What is wrong with an order's rows, so that nothing is decided about it: somebody has changed them past the intake.
enum OrderDamage: String {
    /// Its lines are not numbered from 1 without a gap.
    case positions = "its lines are not numbered from 1 without a gap"
    /// A part belongs to no line, to another part, or to a line of which nothing is wanted.
    case parts = "a part belongs to no line that is bought"
    /// A line claims from a pool that is not there.
    case pool = "a line claims from a pool that is not there"
    /// A line is of a SKU that is not there.
    case sku = "a line is of a SKU that is not there"
    /// It is held, and no line says until when.
    case end = "it is held, and does not end"
}

extension StandingOrder {
    /// What is wrong with its rows, as they were read under its lock; nil when a decision can be relied on to be possible.
    ///
    /// What `verify` would find beyond that is no hindrance: it changes no counter that the rows do not name.
    func damage(among pools: ClaimBook, _ snapshot: IntakeSnapshot) -> OrderDamage? {
        for (index, line) in lines.enumerated() {
            guard Int(line.position) == index + 1 else { return .positions }
            // Parts follow their lines.
            if let header = line.partOf {
                guard header >= 1, Int(header) <= index else { return .parts }
                let bought = lines[Int(header) - 1]
                guard bought.partOf == nil, bought.isLive || !line.isLive else { return .parts }
            }
            guard line.isLive else { continue }
            guard snapshot.codes[line.sku] != nil else { return .sku }
            // What is locked by others is waited for.
            if let pool = line.pool, !pools.has(pool), !snapshot.obstacles.contains(.sku(line.sku)) { return .pool }
        }
        return state == .held && lines.allSatisfy { $0.expiresAt == nil } ? .end : nil
    }
}
