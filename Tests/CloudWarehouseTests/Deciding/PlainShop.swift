/// What a shop would do that serves one command after another with pencil and paper: the model of the decider.
///
/// It knows no pools, only how much there is of a SKU; it has nothing of the decider's, and no notion of a batch.
struct PlainShop {
    struct Line {
        let code: String
        let price: Int64
        var wanted: Int64
        /// How the decider numbers it; nil until it is told.
        var position: Int16?
    }

    struct Order {
        let buyer: String?
        let asked: Asked
        let answer: String
        var lines: [Line]
        var state: String
        var revision = 0
        let end: Int64
        /// What it is paid for and has not got.
        var lacks: Set<String> = []

        var total: Int64 { lines.reduce(0) { $0 + $1.wanted * $1.price } }
        var isOver: Bool { state == "released" || state == "cancelled" }
    }

    /// What makes two commands under one reference the same.
    struct Asked: Equatable {
        let lines: [Wish]
        let payment: Payment
        let buyer: String?
    }

    struct Wish: Equatable {
        let code: String
        let quantity: Int64
        var price: Int64?
    }

    enum Payment: Equatable { case paid, elsewhere, due(Int64) }

    enum Deed: Equatable {
        case place(Asked)
        case pay, cancel, expire, claim
        case edit([Wish])
        case reduce([Int16: Int64])
    }

    var left: [String: Int64]
    let prices: [String: Int64]
    let recipes: [String: [String: Int64]]
    let limits: [String: Int64]
    var orders: [String: Order] = [:]
    var now: Int64 = 0

    // MARK: Adding up

    /// Everything that so much of these makes: itself, and what it is made of.
    private func unpacked(_ lines: [Line]) -> [String: Int64] {
        var sums: [String: Int64] = [:]
        for line in lines where line.wanted > 0 {
            guard let recipe = recipes[line.code] else { sums[line.code, default: 0] += line.wanted; continue }
            for (code, each) in recipe { sums[code, default: 0] += each * line.wanted }
        }
        return sums
    }

    /// What counts against limits: sets as themselves too.
    private func bought(_ lines: [Line]) -> [String: Int64] {
        var sums = unpacked(lines)
        for line in lines where recipes[line.code] != nil { sums[line.code, default: 0] += line.wanted }
        return sums.filter { $0.value > 0 }
    }

    func taken(by buyer: String, of code: String) -> Int64 {
        orders.values.filter { $0.buyer == buyer && !$0.isOver }.reduce(0) { $0 + (bought($1.lines)[code] ?? 0) }
    }

    /// Why a buyer may not have so much; nil when he may. `instead` is an order that it replaces.
    private func limited(_ lines: [Line], to buyer: String?, instead: Order? = nil) -> String? {
        let old = bought(instead?.lines ?? [])
        for (code, quantity) in bought(lines) {
            guard let limit = limits[code], quantity > old[code] ?? 0 else { continue }
            guard let buyer else { return "nameless" }
            if taken(by: buyer, of: code) - (old[code] ?? 0) + quantity > limit { return "limited" }
        }
        return nil
    }

    private func priced(_ wishes: [Wish], like old: [Line] = []) -> [Line]? {
        var lines: [Line] = []
        for wish in wishes {
            guard let list = prices[wish.code] else { return nil }
            let kept = old.first { $0.code == wish.code && $0.wanted > 0 }?.price
            lines.append(Line(code: wish.code, price: wish.price ?? kept ?? list, wanted: wish.quantity))
        }
        return lines
    }

    // MARK: Doing

    mutating func perform(_ reference: String, _ deed: Deed, revision: Int? = nil) -> String {
        if case .place(let asked) = deed { return place(reference, asked) }
        guard let order = orders[reference] else { return "unknown" }
        let refused: Bool
        switch (deed, order.state) {
        case (.pay, "cancelled"), (.claim, "held"), (.claim, "released"), (.claim, "cancelled"): refused = true
        case (.expire, "committed"), (.expire, "paid_short"): refused = true
        case (.edit, let state): refused = state != "held"
        case (.reduce, "released"), (.reduce, "cancelled"): refused = true
        default: refused = false
        }
        if refused { return "stays" }
        var (changed, why) = (order, "")
        let isStale = revision.map { $0 != order.revision } ?? false
        let isDue =
            switch deed {
            case .pay: order.state == "held" || order.state == "released"
            case .cancel: order.state != "cancelled"
            case .expire: order.state == "held" && order.end <= now
            case .claim: order.state == "paid_short"
            case .place, .edit, .reduce: false
            }
        if isDue, isStale { return "stale" }
        switch deed {
        case .pay where order.state == "held": changed.state = "committed"
        case .pay where isDue:
            changed.lacks = Set(unpacked(order.lines).keys)
            fill(&changed)
        case .cancel where isDue, .expire where isDue:
            if !order.isOver { giveBack(order) }
            changed.state = deed == .cancel ? "cancelled" : "released"
        case .claim where isDue: fill(&changed)
        case .edit(let wishes): why = edit(&changed, wishes, isStale: isStale)
        case .reduce(let remainders): why = reduce(&changed, remainders, isStale: isStale)
        case .place, .pay, .cancel, .expire, .claim: break
        }
        if !why.isEmpty { return why }
        let isSame = changed.state == order.state && changed.revision == order.revision && changed.lacks == order.lacks
        orders[reference] = changed
        return "\(changed.state) \(changed.total) r\(changed.revision)\(isSame ? " again" : "")"
    }

    private mutating func place(_ reference: String, _ asked: Asked) -> String {
        if let known = orders[reference] { return known.asked == asked ? known.answer : "conflict" }
        guard let lines = priced(asked.lines) else { return "no such SKU" }
        if asked.payment != .elsewhere, let why = limited(lines, to: asked.buyer) { return why }
        let needed = unpacked(lines)
        let isThere = needed.allSatisfy { left[$0.key]! >= $0.value }
        if asked.payment != .elsewhere, !isThere { return "sold out" }
        var (state, end): (String, Int64) = ("committed", .max)
        if case .due(let seconds) = asked.payment { (state, end) = ("held", now + seconds) }
        let total = lines.reduce(0) { $0 + $1.wanted * $1.price }
        var order = Order(
            buyer: asked.buyer, asked: asked, answer: "placed \(total)\(isThere ? "" : " short")", lines: lines,
            state: state, end: end, lacks: Set(needed.keys))
        fill(&order)
        if case .due = asked.payment { order.state = "held" }
        orders[reference] = order
        return order.answer
    }

    /// Gets what an order lacks and is there.
    private mutating func fill(_ order: inout Order) {
        for (code, quantity) in unpacked(order.lines) where order.lacks.contains(code) && left[code]! >= quantity {
            left[code]! -= quantity
            order.lacks.remove(code)
        }
        order.state = order.lacks.isEmpty ? "committed" : "paid_short"
    }

    private mutating func giveBack(_ order: Order) {
        for (code, quantity) in unpacked(order.lines) where !order.lacks.contains(code) { left[code]! += quantity }
    }

    private mutating func take(_ order: Order) {
        for (code, quantity) in unpacked(order.lines) where !order.lacks.contains(code) { left[code]! -= quantity }
    }

    private mutating func edit(_ order: inout Order, _ wishes: [Wish], isStale: Bool) -> String {
        let live = order.lines.filter { $0.wanted > 0 }
        let isSame =
            live.count == wishes.count
            && zip(live, wishes).allSatisfy {
                $0.code == $1.code && $0.wanted == $1.quantity && ($1.price == nil || $1.price == $0.price)
            }
        if isSame { return "" }
        if isStale { return "stale" }
        guard let lines = priced(wishes, like: live) else { return "no such SKU" }
        if let why = limited(lines, to: order.buyer, instead: order) { return why }
        let held = unpacked(order.lines)
        guard unpacked(lines).allSatisfy({ left[$0.key]! + (held[$0.key] ?? 0) >= $0.value }) else { return "sold out" }
        giveBack(order)
        order.lines =
            order.lines.map {
                var line = $0; line.wanted = 0; return line
            } + lines
        take(order)
        order.revision += 1
        return ""
    }

    private mutating func reduce(_ order: inout Order, _ remainders: [Int16: Int64], isStale: Bool) -> String {
        var lines = order.lines
        for (position, remaining) in remainders {
            guard let index = lines.firstIndex(where: { $0.position == position }) else { return "no such line" }
            guard remaining <= lines[index].wanted else { return "more than ordered" }
            lines[index].wanted = remaining
        }
        if zip(lines, order.lines).allSatisfy({ $0.wanted == $1.wanted }) { return "" }
        if isStale { return "stale" }
        guard lines.contains(where: { $0.wanted > 0 }) else { return "nothing remains" }
        giveBack(order)
        order.lines = lines
        order.lacks.formIntersection(unpacked(lines).keys)
        take(order)
        order.revision += 1
        if order.state == "paid_short" { fill(&order) }
        return ""
    }
}
