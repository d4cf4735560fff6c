package import CloudWarehouse
package import Postgres

/// What a base says of its orders when the turmoil is over.
package struct TurmoilRecords: Sendable {
    private var orders: [OrderReference: [OrderSummary]] = [:]
    /// How often each event is told of an order, by its name.
    private var events: [ID<CustomerOrder>: [String: Int]] = [:]

    /// Reads them through a connection that finds the base's tables.
    package static func read(through connection: Connection) async throws -> TurmoilRecords {
        var records = TurmoilRecords()
        let orders = try await connection.query(
            sql: "SELECT id, source, reference, state, total_fen, placed_at, revision FROM customer_order"
        ) { row throws(DecodingFailure) in
            OrderSummary(
                id: try row.next(), key: OrderKey(source: try row.next(), reference: try row.next()),
                state: try row.next(), total: try row.next(), placedAt: try row.next(), revision: try row.next())
        }
        for order in orders { records.orders[order.key.reference, default: []].append(order) }
        let events = try await connection.query(
            sql: """
                SELECT subject, replace(kind, 'orders.', ''), count(*)
                FROM outbox, unnest(subjects) AS subject WHERE kind LIKE 'orders.%' GROUP BY 1, 2
                """
        ) { row throws(DecodingFailure) in
            (try row.next(ID<CustomerOrder>.self), try row.next(String.self), Int(try row.next(Int64.self)))
        }
        for (order, kind, count) in events { records.events[order, default: [:]][kind] = count }
        return records
    }

    /// What is wrong with it, if everybody was told this.
    ///
    /// - Parameter isFaulty: Whether servers may have had to look again what they had done.
    package func complaints(about told: TurmoilBook.Told, isFaulty: Bool) -> [String] {
        var complaints = told.complaints
        for reference in Set(orders.keys).subtracting(told.attempts.keys) {
            complaints.append("\(reference.rawValue): nobody has asked for it")
        }
        let placed = told.placed
        for (reference, attempts) in told.attempts {
            let found = orders[reference] ?? []
            let answers = Set(placed[reference] ?? [])
            if found.count > 1 { complaints.append("\(reference.rawValue): \(found.count) orders") }
            if answers.count > 1 { complaints.append("\(reference.rawValue): several answers, \(answers)") }
            if let answer = answers.first, answer.id != found.first?.id || answer.placedAt != found.first?.placedAt {
                complaints.append("\(reference.rawValue): answered as \(answer), and there is \(found)")
            }
            let events = found.first.flatMap { self.events[$0.id] } ?? [:]
            if !OrderStory(attempts, isFaulty: isFaulty).isExplained(by: events, found.first) {
                let asked = attempts.map { "\($0.client) \($0.deed): \($0.answer)" }.joined(separator: "\n  ")
                complaints.append(
                    "\(reference.rawValue): no order of what was asked explains \(found) with \(events)\n  \(asked)")
            }
        }
        return complaints
    }
}

extension Stock {
    /// What is wrong with the stock, if so much was received.
    package func complaints(about told: TurmoilBook.Told) async throws -> [String] {
        var complaints: [String] = []
        for (sku, received) in told.received {
            let levels = try await levels(of: sku).map(\.counters)
            let sellable = levels.reduce(0) { $0 + $1.sellable }
            if sellable != received { complaints.append("\(sku): \(received) received, \(sellable) sellable") }
            if levels.contains(where: { $0.available < 0 }) { complaints.append("\(sku): oversold, \(levels)") }
        }
        return complaints
    }
}
