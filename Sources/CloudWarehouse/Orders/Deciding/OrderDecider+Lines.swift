import Postgres

extension OrderDecider {
    /// Edits the lines of an order, or takes away from them; gives what would have to be waited for.
    ///
    /// - Parameters:
    ///   - isInDoubt: It may have been done before, and somebody else may have changed the lines since: then an edit is done
    ///     only if it says which revision it is for, and that still is. Taking away twice is the same as once.
    ///   - counted: What an edit makes of the buyers' counts; whoever takes away gives back.
    mutating func changeLines(
        of order: inout StandingOrder, by command: ChangeOrder, isInDoubt: Bool,
        counting counted: inout [IntakeSnapshot.CountKey: BuyerCount]?
    ) throws(OrderRefusal) -> IntakeSnapshot.Obstacle? {
        switch command.change {
        case .edit(let lines):
            // What is so already is a repetition, whatever has become of the revision by it.
            guard !has(lines, order) else { return nil }
            try check(isInDoubt ? command.revision ?? -1 : command.revision, of: order)
            return try edit(&order, to: lines, counting: &counted)
        case .reduce(let remainders):
            let lines = try remainders.map { remainder throws(OrderRefusal) in try line(remainder, of: order) }
            guard zip(lines, remainders).contains(where: { $0.remaining != $1.quantity.rawValue }) else { return nil }
            try check(command.revision, of: order)
            try reduce(&order, to: remainders)
            return nil
        case .pay, .cancel, .expire, .claim:
            preconditionFailure("\(command.change.event) changes no lines")
        }
    }

    // MARK: Editing

    private func has(_ lines: [PlaceOrder.Line], _ order: StandingOrder) -> Bool {
        let bought = order.boughtLines
        return bought.count == lines.count
            && zip(bought, lines).allSatisfy { bought, line in
                snapshot.offers[line.sku]?.sku == bought.sku && bought.remaining == line.quantity.rawValue
                    && line.price ?? bought.price == bought.price
            }
    }

    /// Gives back what the order holds and claims for its new lines, all of it or nothing: then it holds what it held.
    private mutating func edit(
        _ order: inout StandingOrder, to wanted: [PlaceOrder.Line],
        counting counted: inout [IntakeSnapshot.CountKey: BuyerCount]?
    ) throws(OrderRefusal) -> IntakeSnapshot.Obstacle? {
        let before = order
        let lines = try drafted(wanted, after: Int16(order.lines.count), keeping: order.boughtLines)
        if let obstacle = obstacle(among: lines) { return obstacle }
        guard let end = order.lines.lazy.compactMap(\.expiresAt).first else {
            preconditionFailure("an order that is held, and does not end")
        }
        let total = try Self.total(of: lines)
        var edited = order
        for index in edited.lines.indices where edited.lines[index].isLive { edited.lines[index].cancelAll() }
        edited.lines.append(contentsOf: lines)
        let counts = try countChanges(from: before, to: edited, isFact: false)
        moveBack(before, from: .held, to: .released)
        do throws(OrderRefusal) {
            try claimAll(&edited, as: .held, until: end)
        } catch {
            moveBack(before, from: .released, to: .held)
            throw error
        }
        edited.setTotal(total)
        counted = counts
        order = edited
        return nil
    }

    private mutating func moveBack(_ order: StandingOrder, from old: ClaimState, to new: ClaimState) {
        for line in order.lines where line.isLive {
            if let pool = line.pool { book.move(line.remaining, at: pool, from: old, to: new) }
        }
    }

    // MARK: Cancelling in part

    private func line(
        _ remainder: ChangeOrder.Remainder, of order: StandingOrder
    ) throws(OrderRefusal) -> StandingOrder.Line {
        guard let line = order.lines.first(where: { $0.position == remainder.position }), line.partOf == nil else {
            throw .unknownLine(remainder.position)
        }
        guard remainder.quantity.rawValue <= line.remaining else {
            throw .moreThanOrdered(remainder.position, remaining: line.remaining)
        }
        return line
    }

    private mutating func reduce(
        _ order: inout StandingOrder, to remainders: [ChangeOrder.Remainder]
    ) throws(OrderRefusal) {
        let wanted = Dictionary(remainders.map { ($0.position, $0.quantity.rawValue) }, uniquingKeysWith: { $1 })
        guard order.boughtLines.contains(where: { wanted[$0.position] ?? $0.remaining > 0 }) else {
            throw .nothingRemains
        }
        for (position, remaining) in wanted { try reduce(&order, Int(position) - 1, to: remaining) }
        order.setTotal(try Self.total(of: order.lines))
        settleHeaders(of: &order, as: order.state.claim, until: order.lines.lazy.compactMap(\.expiresAt).first)
        // What is wanted less of may be there by now.
        if order.state == .paidShort, claimWhatIsThere(&order) { order.state = .committed }
    }

    private mutating func reduce(
        _ order: inout StandingOrder, _ index: Int, to remaining: Int64
    ) throws(OrderRefusal) {
        let line = order.lines[index]
        let parts = order.lines.indices.filter { order.lines[$0].partOf == line.position && order.lines[$0].isLive }
        for sku in Set(parts.map { order.lines[$0].sku }) {
            let ofSKU = parts.filter { order.lines[$0].sku == sku }
            // A set's parts are a whole number of its components each, so nothing is lost by dividing.
            let perUnit = ofSKU.reduce(0) { $0 + order.lines[$1].remaining } / line.remaining
            var surplus = perUnit * (line.remaining - remaining)
            // What is short of goods goes first.
            for part in ofSKU.sorted(by: { order.lines[$0].goesBefore(order.lines[$1]) }) where surplus > 0 {
                let taken = min(surplus, order.lines[part].remaining)
                try takeAway(taken, from: &order.lines[part])
                surplus -= taken
            }
        }
        try takeAway(line.remaining - remaining, from: &order.lines[index])
    }

    private mutating func takeAway(_ quantity: Int64, from line: inout StandingOrder.Line) throws(OrderRefusal) {
        guard quantity > 0 else { return }
        if let pool = line.pool { book.move(quantity, at: pool, from: line.claim, to: .released) }
        guard let cancelled = Quantity(rawValue: line.cancelled.rawValue + quantity), quantity < line.remaining,
            let rest = Quantity(rawValue: line.remaining - quantity)
        else { return line.cancelAll() }
        line.cancelled = cancelled
        line.amount = try Self.amount(of: rest, at: line.price)
    }
}

extension StandingOrder.Line {
    fileprivate func goesBefore(_ other: Self) -> Bool {
        if (claim == .short) != (other.claim == .short) { return claim == .short }
        return position > other.position
    }
}

extension StandingOrder {
    /// The lines have changed, and what they cost.
    fileprivate mutating func setTotal(_ new: Fen) {
        placedTotal = placedTotal ?? (new == total ? nil : total)
        total = new
        revision += 1
    }
}
