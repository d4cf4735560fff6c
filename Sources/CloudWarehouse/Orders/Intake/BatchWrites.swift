import Postgres

/// What a decided batch writes: the difference between what was read and what was made of it.
struct BatchWrites {
    private var inserted = InsertOrders()
    private var lines = InsertOrderLines()
    private var terms = InsertTerms()
    private var recipients = InsertRecipients()
    private var updated = UpdateOrders()
    private var claims = UpdateClaims()
    private var changedLines = UpdateLines()
    private var audit: InsertOrderAudit
    private var events: [InsertOrderEvent] = []
    private var counts = AddToBuyerCounts()
    private var given = CountGiven()
    private let pools: [(key: PoolKey, change: PoolCounters)]

    /// - Parameter recipientKeys: What recipients are encrypted under; there are some if an order has a recipient.
    init(_ decider: OrderDecider, recipientKeys: RecipientKeys?) {
        let now = decider.snapshot.now
        var ids = IDGenerator(at: now)
        audit = InsertOrderAudit(at: now)
        pools = decider.book.changes
        for (id, command) in decider.placed {
            guard let order = decider.orders[id], let answer = decider.recorded[order.key]?.order else {
                preconditionFailure("an order was placed, and is not there")
            }
            insert(order, command, isShort: answer.isShort, recipientKeys)
        }
        for old in decider.snapshot.orders {
            if let new = decider.orders[old.id], new != old { update(old, to: new) }
        }
        given.given = decider.sourcing.changes.map { (key: $0.key, taken: $0.value.taken, turn: $0.value.turn) }
        counts.counts = decider.counts.lazy.filter { $0.value.change != 0 }.map { (key: $0.key, count: $0.value) }
        tell(of: decider.deeds, at: now, &ids)
    }

    /// Adds the statements to those that go with COMMIT: the pools, which everybody wants, last.
    func add(to pipeline: inout Pipeline) {
        if !audit.deeds.isEmpty { pipeline.add(audit) }
        if !inserted.orders.isEmpty { pipeline.add(inserted) }
        if !updated.orders.isEmpty { pipeline.add(updated) }
        if !lines.lines.isEmpty { pipeline.add(lines) }
        if !claims.lines.isEmpty { pipeline.add(claims) }
        if !changedLines.lines.isEmpty { pipeline.add(changedLines) }
        if !terms.terms.isEmpty { pipeline.add(terms) }
        if !recipients.orders.isEmpty { pipeline.add(recipients) }
        for event in events { pipeline.add(event) }
        if !counts.counts.isEmpty { pipeline.add(counts) }
        if !given.given.isEmpty { pipeline.add(given) }
        if !pools.isEmpty { pipeline.add(ClaimFromPools(claims: pools)) }
    }

    private mutating func insert(
        _ order: StandingOrder, _ command: PlaceOrder, isShort: Bool, _ keys: RecipientKeys?
    ) {
        inserted.orders.append((order, command.fingerprint, isShort))
        // The insert says what an order has from the start.
        if order.revision > 0 { updated.orders.append((order, 0)) }
        for line in order.lines { lines.lines.append((order.id, line)) }
        if command.terms != .none { terms.terms.append((order.id, command.terms)) }
        if let recipient = command.recipient {
            guard let key = keys?.current else { preconditionFailure("a recipient, and no key to encrypt it") }
            recipients.orders.append(order.id)
            recipients.recipients.append(SealedRecipient(recipient, of: order.id, under: key))
        }
    }

    private mutating func update(_ old: StandingOrder, to new: StandingOrder) {
        let newLines = Int16(new.lines.count - old.lines.count)
        if new.state != old.state || new.revision != old.revision || new.total != old.total || newLines > 0 {
            updated.orders.append((new, newLines))
        }
        for (index, line) in new.lines.enumerated() {
            guard index < old.lines.count else {
                lines.lines.append((new.id, line))
                continue
            }
            guard line != old.lines[index] else { continue }
            if line.onlyClaimDiffers(from: old.lines[index]) {
                claims.lines.append((new.id, line))
            } else {
                changedLines.lines.append((new.id, line))
            }
        }
    }

    /// One event for each kind of deed, and an audit row for each that a person did.
    private mutating func tell(of deeds: [OrderDeed], at now: Timestamp, _ ids: inout IDGenerator) {
        var orders: [OrderDeedKind: [ID<CustomerOrder>]] = [:]
        for deed in deeds {
            orders[deed.kind, default: []].append(deed.order)
            if let principal = deed.principal { audit.deeds.append((ids.next(), principal, deed)) }
        }
        for kind in OrderDeedKind.allCases {
            guard let orders = orders[kind] else { continue }
            events.append(InsertOrderEvent(id: ids.next(), deed: kind.participle, orders: orders, at: now))
        }
    }
}

extension StandingOrder.Line {
    fileprivate func onlyClaimDiffers(from old: Self) -> Bool {
        var same = old
        same.claim = claim
        same.expiresAt = expiresAt
        return same == self
    }
}
