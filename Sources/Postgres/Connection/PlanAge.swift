/// Whether the plans of a connection's statements were made for tables much smaller than they are.
///
/// PostgreSQL keeps the plan of a prepared statement until the table is analysed, by itself once a minute at most. A plan that
/// reads all of a table, since that was empty when it was made, would read all of it for each order of the minute in which a
/// base takes its first million. So plans are made anew whenever what the connection has inserted has doubled.
struct PlanAge {
    /// So many rows are read as fast without an index as with one.
    private static let negligibleRows = 100

    private var inserted = 0
    private var insertedWhenMade = 0

    /// Whether plans are to be made anew.
    var isOld: Bool { inserted >= max(2 * insertedWhenMade, Self.negligibleRows) }

    /// Rows were inserted.
    mutating func note(inserted rows: Int) {
        inserted += rows
    }

    /// Plans are made anew from here on.
    mutating func renew() {
        insertedWhenMade = inserted
    }
}

/// Forgets the plans of the session, not its statements.
struct DiscardPlans: Command {
    static let sql = "DISCARD PLANS"

    func bind(to parameters: inout Parameters) {}
}
