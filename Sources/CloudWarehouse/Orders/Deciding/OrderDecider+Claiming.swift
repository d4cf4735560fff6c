import Postgres

extension OrderDecider {
    /// Claims everything that an order lacks, or refuses and changes nothing.
    mutating func claimAll(
        _ order: inout StandingOrder, as claim: ClaimState, until end: Timestamp?
    ) throws(OrderRefusal) {
        let wanted = wanted(by: order)
        let allocation = Allocation(of: wanted, in: book)
        guard allocation.short.isEmpty else {
            throw .soldOut(
                allocation.short.map { want in
                    OrderRefusal.Shortage(
                        sku: code(of: want.sku), asked: want.quantity, available: Allocation.available(want, in: book))
                })
        }
        guard allocation.beyond(wanted, room: order.room).isEmpty else { throw .tooManyLines }
        take(allocation, of: wanted, for: &order, as: claim, until: end)
    }

    /// Claims for a paid order what is there of what it lacks, each SKU all or nothing; gives whether it lacks nothing now.
    mutating func claimWhatIsThere(_ order: inout StandingOrder) -> Bool {
        let wanted = wanted(by: order)
        let claimed = order.lines.lazy.filter { $0.isLive && !$0.claim.isUnclaimed }.compactMap(\.pool?.warehouse)
        var allocation = Allocation(of: wanted, beside: Set(claimed), in: book)
        allocation.leave(allocation.beyond(wanted, room: order.room))
        take(allocation, of: wanted, for: &order, as: .committed, until: nil)
        return allocation.short.isEmpty
    }

    /// What an order still lacks of each SKU, its lines and parts of it together, with the pools to choose from.
    private func wanted(by order: StandingOrder) -> [Allocation.Wanted] {
        var sums: [(sku: ID<SKU>, quantity: Int64, lines: Int)] = []
        var places = SKUPlaces(lines: order.lines.count)
        for index in order.claimingIndices where order.lines[index].claim.isUnclaimed {
            let line = order.lines[index]
            if let known = places.place(of: line.sku, among: sums, \.sku) {
                sums[known].quantity += line.remaining
                sums[known].lines += 1
            } else {
                places.add(line.sku, at: sums.count)
                sums.append((line.sku, line.remaining, 1))
            }
        }
        return sums.map { sku, quantity, lines in
            let shelf = book.shelf(of: sku)
            guard
                let rule = sourcing.rule(
                    for: order.id, sku, quantity, among: shelf.map { book.entries[$0].key })
            else { return Allocation.Wanted(sku: sku, quantity: quantity, lines: lines, choices: shelf) }
            return Allocation.Wanted(
                sku: sku, quantity: quantity, lines: lines, choices: rule.order.map { shelf[$0] }, rule: rule)
        }
    }

    /// Gives each line and part that lacks goods its pool, as far as the allocation has one for it. One that comes from
    /// several gets parts.
    private mutating func take(
        _ allocation: Allocation, of wanted: [Allocation.Wanted], for order: inout StandingOrder, as claim: ClaimState,
        until end: Timestamp?
    ) {
        var slices = allocation.slices
        var places = SKUPlaces(lines: order.lines.count)
        for (index, want) in wanted.enumerated() { places.add(want.sku, at: index) }
        for index in order.claimingIndices where order.lines[index].claim.isUnclaimed {
            let line = order.lines[index]
            guard let shelf = slices[line.sku] else {
                order.lines[index].claim = .short
                order.lines[index].pool = nil
                continue
            }
            var pieces: [Allocation.Slice] = []
            slices[line.sku] = Self.draw(line.remaining, from: shelf, into: &pieces)
            let want = places.place(of: line.sku, among: wanted, \.sku).map { wanted[$0] }
            for piece in pieces {
                let pool = book.entries[piece.entry].key
                book.move(piece.quantity, at: pool, from: .released, to: claim)
                sourcing.gave(piece.quantity, from: pool)
            }
            if let only = pieces.first, pieces.count == 1 {
                let reason = reason(allocation.manner, want, only.entry)
                order.lines[index].claimed(book.entries[only.entry].key, as: claim, until: end, reason)
                continue
            }
            // A part that is divided gives way to smaller ones; a line that is divided claims by its parts from now on.
            if line.partOf != nil { order.lines[index].cancelAll() }
            for piece in pieces {
                guard let quantity = Quantity(rawValue: piece.quantity) else {
                    preconditionFailure("a piece of a line is no quantity")
                }
                var part = StandingOrder.Line.part(
                    of: line.partOf ?? line.position, at: Int16(order.lines.count + 1), sku: line.sku,
                    quantity: quantity)
                let reason = reason(allocation.manner, want, piece.entry)
                part.claimed(book.entries[piece.entry].key, as: claim, until: end, reason)
                order.lines.append(part)
            }
        }
        settleHeaders(of: &order, as: claim, until: end)
    }

    /// How the order was split, and by which criteria the pool was preferred; nil where there was no choice.
    private func reason(
        _ manner: Allocation.Manner, _ want: Allocation.Wanted?, _ entry: Int
    ) -> SourcingReason? {
        guard let want, want.choices.count > 1 else { return nil }
        let criteria = want.reasons(for: entry, on: book.shelf(of: want.sku))
        return SourcingReason(rawValue: ([manner.rawValue] + criteria.map(\.rawValue)).joined(separator: "+"))
    }

    /// Takes so much of the front of the slices, and gives what is left of them.
    private static func draw(
        _ quantity: Int64, from slices: [Allocation.Slice], into pieces: inout [Allocation.Slice]
    ) -> [Allocation.Slice] {
        var rest = slices[...]
        var left = quantity
        while left > 0, let first = rest.first {
            let taken = min(left, first.quantity)
            pieces.append(Allocation.Slice(entry: first.entry, quantity: taken))
            left -= taken
            rest[rest.startIndex].quantity -= taken
            if taken == first.quantity { rest = rest.dropFirst() }
        }
        return Array(rest)
    }

    /// A line with parts is claimed when all of them are, and short as long as one is.
    func settleHeaders(of order: inout StandingOrder, as claim: ClaimState, until end: Timestamp?) {
        let parts = Dictionary(grouping: order.lines.filter(\.isLive), by: \.partOf)
        guard parts.count > 1 else { return }
        for (header, parts) in parts {
            guard let header else { continue }
            let index = Int(header) - 1
            order.lines[index].pool = nil
            let isShort = parts.contains { $0.claim == .short }
            order.lines[index].claim = isShort ? .short : claim
            order.lines[index].expiresAt = isShort ? nil : end
        }
    }

    func code(of sku: ID<SKU>) -> SKUCode {
        guard let code = snapshot.codes[sku] else { preconditionFailure("a SKU of the batch without its code") }
        return code
    }
}

extension StandingOrder.Line {
    fileprivate mutating func claimed(
        _ pool: PoolKey, as claim: ClaimState, until end: Timestamp?, _ reason: SourcingReason?
    ) {
        self.pool = pool
        self.claim = claim
        expiresAt = end
        self.reason = reason
    }

    /// Nothing of it is wanted any more. What it claimed has been given back.
    mutating func cancelAll() {
        cancelled = quantity
        amount = .zero
        claim = .released
        expiresAt = nil
    }
}
