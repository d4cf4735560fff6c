import Postgres

/// The rows that a decided batch writes, and the answers that it gives once they are committed.
struct BatchRows {
    private(set) var orders: InsertOrders
    private(set) var lines = InsertOrderLines()
    private(set) var recipients = InsertRecipients()
    private(set) var audit: InsertPlacementAudit
    /// What the batch adds to each pool that it claims from.
    private(set) var claims: [PoolKey: PoolCounters] = [:]
    /// One answer for each command, in their order.
    private(set) var answers: [Result<PlacedOrder, OrderRefusal>] = []

    private var ids: IDGenerator
    private let recipientKeys: RecipientKeys?
    private let now: Timestamp

    /// Turns decisions into rows, as of the database's `now`.
    init(_ batch: [PlaceOrder], _ decisions: [OrderDecision], at now: Timestamp, recipientKeys: RecipientKeys?) {
        self.now = now
        self.recipientKeys = recipientKeys
        ids = IDGenerator(at: now)
        orders = InsertOrders(at: now)
        audit = InsertPlacementAudit(at: now)
        answers.reserveCapacity(batch.count)
        for (command, decision) in zip(batch, decisions) {
            switch decision {
            case .place(let priced): answers.append(.success(place(command, priced)))
            case .answer(let order): answers.append(.success(order))
            case .repeats(let index): answers.append(answers[index])
            case .refuse(let refusal): answers.append(.failure(refusal))
            }
        }
    }

    /// The event that lists the orders; nil when none was placed, and nothing is to be written.
    var event: InsertOrdersPlaced? {
        guard !orders.orders.isEmpty else { return nil }
        var ids = ids
        return InsertOrdersPlaced(id: ids.next(), orders: orders.orders.map(\.id), at: now)
    }

    private mutating func place(_ command: PlaceOrder, _ priced: PricedOrder) -> PlacedOrder {
        let claim: ClaimState
        let expiresAt: Timestamp?
        switch command.payment {
        case .paid: (claim, expiresAt) = (.committed, nil)
        case .due(let seconds):
            claim = .held
            expiresAt = Timestamp(microsecondsSince1970: now.microsecondsSince1970 + Int64(seconds) * 1_000_000)
        }
        let order = PlacedOrder(id: ids.next(), total: priced.total, placedAt: now)
        orders.orders.append(
            InsertOrders.Order(
                id: order.id, key: command.key, fingerprint: command.fingerprint, claim: claim, total: priced.total))
        if let principal = command.principal {
            audit.placements.append((id: ids.next(), principal: principal, order: order.id))
        }
        if let recipient = command.recipient {
            guard let key = recipientKeys?.current else { preconditionFailure("a recipient, and no key to encrypt it") }
            recipients.orders.append(order.id)
            recipients.recipients.append(SealedRecipient(recipient, of: order.id, under: key))
        }
        for (index, line) in priced.lines.enumerated() {
            lines.lines.append(
                InsertOrderLines.Line(
                    order: order.id, position: Int16(index + 1), priced: line, claim: claim, expiresAt: expiresAt))
            claims[line.pool, default: PoolCounters()] =
                claims[line.pool, default: PoolCounters()] + claim.counters * line.quantity.rawValue
        }
        return order
    }
}
