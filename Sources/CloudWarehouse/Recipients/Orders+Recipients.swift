public import Postgres

extension Orders {
    /// How many recipients one transaction erases.
    static let erasedPerTransaction: Int32 = 1_000

    /// Shows who gets an order, in clear, and records in the audit log who was shown it.
    ///
    /// It is a right of those who pack and of the operator; everybody else gets ``OrderDetails/recipient``. Nothing is
    /// shown unless the record of it is durable.
    /// - Parameter source: Only an order of this source; nil for any.
    public func revealRecipient(
        of order: OrderIdentity, from source: OrderSource? = nil, by principal: Principal
    ) async throws(OrdersError) -> Recipient {
        let keys = recipientKeys
        return try await pool.transaction(throwing: OrdersError.self) { transaction in
            let (clock, rows) = try await transaction.batch(
                DatabaseClock(), RecipientOfOrder(order: order, source: source))
            guard let now = clock.first else { throw PostgresError.misuse("the database did not tell the time") }
            guard let found = rows.first else { throw OrdersError.unknownOrder }
            if let erasedAt = found.erasedAt { throw OrdersError.recipientErased(erasedAt) }
            guard let ciphertext = found.ciphertext, let keyID = found.keyID else { throw OrdersError.noRecipient }
            guard let key = keys?[keyID], let recipient = SealedRecipient.open(ciphertext, of: found.order, under: key)
            else { throw OrdersError.recipientUnreadable(keyID: keyID) }
            var ids = IDGenerator(at: now)
            try await transaction.execute(
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "recipient.reveal",
                    subject: found.order.description, detail: JSONB(text: "{}"), at: now))
            return recipient
        }
    }

    /// Erases for good who got the orders that were placed before `instant` and are over: shipped, released, cancelled or
    /// returned. What is still to be packed keeps its recipient, however old it is.
    ///
    /// Works in chunks, each a transaction of its own with its record in the audit log; what is done stays done when a
    /// later one fails. Old row versions, write-ahead log and backups keep what they hold until they are gone themselves.
    /// - Returns: How many recipients were erased.
    public func eraseRecipients(
        placedBefore instant: Timestamp, by principal: Principal
    ) async throws(OrdersError) -> Int {
        var erased = 0
        var after: ID<CustomerOrder>?
        while true {
            let chunk = try await eraseChunk(after: after, placedBefore: instant, by: principal)
            erased += chunk.count
            guard chunk.count == Int(Self.erasedPerTransaction), let last = chunk.max() else { return erased }
            after = last
        }
    }

    /// Erases as ``eraseRecipients(placedBefore:by:)`` does, before the day begins in that time zone.
    public func eraseRecipients(
        placedBefore day: CalendarDate, in timeZone: String, by principal: Principal
    ) async throws(OrdersError) -> Int {
        let begins = try await pool.rows(of: StartOfDay(day: day, timeZone: timeZone), throwing: OrdersError.self)
        guard let instant = begins.first else { throw .database(.misuse("a day does not begin")) }
        return try await eraseRecipients(placedBefore: instant, by: principal)
    }

    private func eraseChunk(
        after: ID<CustomerOrder>?, placedBefore instant: Timestamp, by principal: Principal
    ) async throws(OrdersError) -> [ID<CustomerOrder>] {
        try await pool.transaction(throwing: OrdersError.self) { transaction in
            let now = try await transaction.now()
            let erased = try await transaction.query(
                EraseRecipients(
                    after: after, before: ID(firstAt: instant), limit: Self.erasedPerTransaction, at: now))
            guard !erased.isEmpty else { return [] }
            var ids = IDGenerator(at: now)
            try await transaction.execute(
                InsertAuditEntry(
                    id: ids.next(), principal: principal, action: "recipient.erase", subject: "before \(instant)",
                    detail: JSONB(text: #"{"recipients": \#(erased.count)}"#), at: now))
            return erased
        }
    }
}
