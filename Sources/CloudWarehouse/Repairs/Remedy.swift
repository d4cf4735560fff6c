/// Why no counter can mend a difference, and so what a person has to do.
public enum Remedy: String, CaseIterable, Hashable, Sendable {
    /// The orders were promised more than the ledger has: goods are found or received, or orders called off.
    case oversold
    /// The ledger adds up to less than nothing, or to more than a quantity: a row of it is wrong, and is taken back by another.
    case impossibleStock = "impossible_stock"
    /// A row of the ledger and the document that it belongs to do not fit: evidence, to be kept as it is.
    case alteredLedger = "altered_ledger"
    /// Something is ring-fenced, and nothing can ring-fence yet.
    case ringFenced = "ring_fenced"
    /// Goods that are bound to parcels are not those that the ledger has: the parcels are taken apart first.
    case boundGoods = "bound_goods"
    /// Claims of goods, or at a place, that there are none of.
    case unknownGoods = "unknown_goods"
    /// Orders contradict themselves, so that claims explain nothing: a counter that is brought to what is left of them would
    /// sell again what was sold. These first.
    case doubtfulOrders = "doubtful_orders"
    /// An order says something else than its lines, or a line than its parts.
    case contradictoryOrder = "contradictory_order"
    /// A source's reference stands on several orders.
    case repeatedOrder = "repeated_order"
    /// A row whose order is not there, or that lacks what comes before it.
    case stray
    /// Something is where nothing may be: a location or zone is opened, or what is in it goes elsewhere.
    case closedPlace = "closed_place"
    /// Events and their numbers do not fit.
    case events
    /// The audit log is not what was sealed: evidence, to be kept as it is.
    case auditLog = "audit_log"
}

extension Difference {
    /// What a person has to do about something that is no counter.
    var remedy: Remedy {
        switch (table, column) {
        case ("customer_order", "reference"): .repeatedOrder
        case ("order_line", "order_id"), ("order_terms", _), ("recipient", _): .stray
        case ("location", _), ("zone", _): .closedPlace
        case ("order_line", "sku_id"): .unknownGoods
        case ("outbox", _), ("outbox_number", _), ("relay_lease", _): .events
        case ("adjustment", _), ("movement", _), ("inbound", _), ("inbound_receipt", _), ("loading", _), ("lot", _):
            .alteredLedger
        case ("transfer", _), ("transfer_lot", _), ("transfer_line", _): .alteredLedger
        case ("stock_count", _), ("stock_count_line", _): .alteredLedger
        case ("balance", "allocated"), ("parcel", _), ("wave", _), ("parcel_item", _): .boundGoods
        case ("order_line", "bound"), ("order_line", "shipped"): .boundGoods
        case ("audit", _), ("audit_seal", _): .auditLog
        default: .contradictoryOrder
        }
    }
}

extension WrongPool {
    /// Why a repair leaves the pool alone; nil where it does not.
    ///
    /// A pool is repaired in all its columns or in none, so that what it holds fits together.
    /// - Parameter isDoubtful: Orders contradict themselves, so that claims explain nothing.
    func remedy(isDoubtful: Bool) -> Remedy? {
        if !isKnown { return .unknownGoods }
        if stored?.allotted ?? 0 != 0 { return .ringFenced }
        if expected.sellable < 0 { return .impossibleStock }
        if expected.available < 0 { return .oversold }
        let isClaimWrong = stored?.held != expected.held || stored?.committed != expected.committed
        return isClaimWrong && isDoubtful ? .doubtfulOrders : nil
    }
}

extension WrongBalance {
    /// Why a repair leaves the balance alone; nil where it does not.
    var remedy: Remedy? {
        guard (0...Quantity.maximum.rawValue).contains(expected) else { return .impossibleStock }
        return expected < allocated ? .boundGoods : nil
    }
}

extension WrongBuyerCount {
    /// Why a repair leaves the count alone; nil where it does not.
    /// - Parameter isDoubtful: Orders contradict themselves, so that they explain nothing.
    func remedy(isDoubtful: Bool) -> Remedy? { isDoubtful ? .doubtfulOrders : nil }
}
