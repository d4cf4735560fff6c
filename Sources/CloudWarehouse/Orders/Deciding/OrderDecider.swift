import Postgres

/// Decides a batch of commands, first come, first served, as if one were carried out after another.
///
/// It is a pure function of what was read: each command finds pools, orders and counts as the ones before it leave them. A
/// command that is refused changes nothing, so a large order does not block the small ones behind it.
struct OrderDecider {
    let snapshot: IntakeSnapshot
    /// What the pools have left.
    var book: ClaimBook
    /// By what it is chosen among pools.
    var sourcing: SourcingBook
    /// The orders that are placed or changed, as they are by now.
    var orders: [ID<CustomerOrder>: StandingOrder]
    /// The orders about which nothing is decided, and why.
    let damaged: [ID<CustomerOrder>: OrderDamage]
    /// The orders that are new, in the order of their placing.
    var placed: [(order: ID<CustomerOrder>, command: PlaceOrder)] = []
    /// What was done, in its order.
    var deeds: [OrderDeed] = []
    /// What buyers have of limited SKUs, where the batch has changed it.
    var counts: [IntakeSnapshot.CountKey: BuyerCount] = [:]
    var recorded: [OrderKey: IntakeSnapshot.Recorded]
    private var ids: IDGenerator

    init(_ snapshot: IntakeSnapshot) {
        self.snapshot = snapshot
        let book = ClaimBook(snapshot.pools)
        self.book = book
        sourcing = SourcingBook(snapshot)
        orders = Dictionary(snapshot.orders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        damaged = Dictionary(
            snapshot.orders.lazy.compactMap { order in order.damage(among: book, snapshot).map { (order.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        recorded = snapshot.recorded
        ids = IDGenerator(at: snapshot.now)
    }

    /// What is to become of each command, in their order.
    ///
    /// - Parameter inDoubt: The indices of those that may have been carried out before, and have been answered to nobody.
    mutating func decide(_ commands: some Sequence<OrderCommand>, inDoubt: Set<Int> = []) -> [OrderVerdict] {
        commands.enumerated().map { index, command in
            switch command {
            case .place(let order): place(order)
            case .change(let change): self.change(change, isInDoubt: inDoubt.contains(index))
            }
        }
    }

    // MARK: Placing

    private mutating func place(_ command: PlaceOrder) -> OrderVerdict {
        if let known = recorded[command.key] {
            return known.fingerprint == command.fingerprint
                ? .answer(.placed(known.order)) : .refuse(.otherOrderUnderReference)
        }
        do throws(OrderRefusal) {
            let lines = try drafted(command.lines, after: 0)
            if let obstacle = obstacle(among: lines) { return .wait(obstacle) }
            return .answer(.placed(try place(command, lines)))
        } catch {
            return .refuse(error)
        }
    }

    private mutating func place(
        _ command: PlaceOrder, _ lines: [StandingOrder.Line]
    ) throws(OrderRefusal) -> PlacedOrder {
        let now = snapshot.now
        var order = StandingOrder(
            id: ids.next(), key: command.key, placedAt: now, buyer: command.terms.buyer, state: .committed,
            total: try Self.total(of: lines), placedTotal: nil, revision: 0, lines: lines)
        sourcing.goes(order.id, to: command.recipient?.region)
        let counted = try countChanges(from: nil, to: order, isFact: command.payment == .paidElsewhere)
        switch command.payment {
        case .paid:
            try claimAll(&order, as: .committed, until: nil)
        case .due(let seconds):
            order.state = .held
            try claimAll(&order, as: .held, until: now.advanced(by: .seconds(Int64(seconds))))
        case .paidElsewhere:
            order.state = claimWhatIsThere(&order) ? .committed : .paidShort
        }
        let answer = PlacedOrder(
            id: order.id, total: order.total, placedAt: now, isShort: order.state == .paidShort)
        counts.merge(counted) { $1 }
        recorded[command.key] = IntakeSnapshot.Recorded(order: answer, fingerprint: command.fingerprint)
        orders[order.id] = order
        placed.append((order.id, command))
        deeds.append(OrderDeed(order: order.id, kind: .place, principal: command.principal))
        return answer
    }

    // MARK: Changing

    private mutating func change(_ command: ChangeOrder, isInDoubt: Bool) -> OrderVerdict {
        guard let id = command.order.id ?? command.order.key.flatMap({ snapshot.named[$0] ?? recorded[$0]?.order.id })
        else { return .refuse(.unknownOrder) }
        // Another source's order is as good as missing, locked or not.
        guard let source = orders[id]?.key.source ?? snapshot.sources[id],
            command.source == nil || command.source == source
        else {
            return .refuse(.unknownOrder)
        }
        guard let order = orders[id] else { return .wait(.order(id)) }
        if let obstacle = obstacle(among: order.lines.filter(\.isLive)) { return .wait(obstacle) }
        if damaged[id] != nil { return .refuse(.damaged) }
        do throws(OrderRefusal) {
            return try change(order, by: command, isInDoubt: isInDoubt)
        } catch {
            return .refuse(error)
        }
    }

    private mutating func change(
        _ order: StandingOrder, by command: ChangeOrder, isInDoubt: Bool
    ) throws(OrderRefusal) -> OrderVerdict {
        let event = command.change.event
        var changed = order
        var counted: [IntakeSnapshot.CountKey: BuyerCount]?
        switch order.state.after(event, isSent: order.isSent) {
        case .refused(let refusal): throw .stays(refusal)
        case .unchanged: break
        case .becomes(let state):
            if event == .expire, !order.isOverdue(at: snapshot.now) { break }
            try check(command.revision, of: order)
            moveClaims(of: &changed, to: state)
        case .claims:
            try check(command.revision, of: order)
            changed.state = .paidShort
            counted = try countChanges(from: order, to: changed, isFact: true)
            if claimWhatIsThere(&changed) { changed.state = .committed }
        case .changesLines:
            if let obstacle = try changeLines(of: &changed, by: command, isInDoubt: isInDoubt, counting: &counted) {
                return .wait(obstacle)
            }
        }
        guard changed != order else { return .answer(.changed(ChangedOrder(order: order.summary, isRepeated: true))) }
        counts.merge(counted ?? countsGivenBack(from: order, to: changed)) { $1 }
        orders[order.id] = changed
        deeds.append(OrderDeed(order: order.id, kind: .change(event), principal: command.principal))
        return .answer(.changed(ChangedOrder(order: changed.summary, isRepeated: false)))
    }

    /// Gives all claims of an order the state that goes with the order's new one.
    private mutating func moveClaims(of order: inout StandingOrder, to state: OrderState) {
        for index in order.lines.indices where order.lines[index].isLive {
            let line = order.lines[index]
            if let pool = line.pool { book.move(line.remaining, at: pool, from: line.claim, to: state.claim) }
            order.lines[index].claim = state.claim
            order.lines[index].expiresAt = nil
        }
        order.state = state
    }

    /// Refuses a command that was meant for another revision of the order.
    func check(_ revision: Int32?, of order: StandingOrder) throws(OrderRefusal) {
        if let revision, revision != order.revision { throw .otherRevision(order.revision) }
    }

    /// What the lines would have to wait for.
    func obstacle(among lines: [StandingOrder.Line]) -> IntakeSnapshot.Obstacle? {
        if snapshot.obstacles.isEmpty { return nil }
        return lines.lazy.map { .sku($0.sku) }.first { snapshot.obstacles.contains($0) }
    }

    /// What lines cost together.
    static func total(of lines: [StandingOrder.Line]) throws(OrderRefusal) -> Fen {
        do throws(InvalidValue) {
            var total = Fen.zero
            for line in lines { total = try total.adding(line.amount) }
            return total
        } catch {
            throw .amountTooLarge
        }
    }
}

extension StandingOrder {
    /// Whether its hold has ended.
    fileprivate func isOverdue(at now: Timestamp) -> Bool {
        lines.contains { line in line.expiresAt.map { $0 <= now } ?? false }
    }
}

extension ChangeOrder.Change {
    /// What it is in the table of states.
    var event: OrderEvent {
        switch self {
        case .pay: .pay
        case .cancel: .cancel
        case .expire: .expire
        case .claim: .claim
        case .edit: .edit
        case .reduce: .reduce
        }
    }
}
