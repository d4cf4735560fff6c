internal import CloudWarehouse

/// What the database says when a session is over.
struct SessionRecord: Sendable {
    /// Every order of the session's source.
    let orders: [OrderSummary]
    /// Pieces of all its orders that were not called off.
    let sold: Int64
    /// Pieces that can still be sold.
    let left: Int64
    let verification: VerificationReport
}

/// Compares what the viewers were told with what the database says.
struct SessionAudit: Sendable {
    /// Something that should not be.
    enum Fault: Sendable, Equatable {
        /// Somebody was told that it is placed, and it is not there.
        case missing(String)
        /// It is there, and nobody was told.
        case untold(String)
        /// It is not the one, or not in the state, that somebody was told.
        case other(String, told: String, found: String)
        /// So many pieces were there, so many are sold.
        case pieces(stock: Int64, sold: Int64)
        /// The database says that so many are left.
        case left(Int64)
        /// An answer that nobody should get.
        case mishap(String, words: String)
    }

    private(set) var faults: [Fault] = []
    /// Orders of the session that are there.
    private(set) var found = 0

    init(_ tally: SessionTally, _ record: SessionRecord, of orders: SessionOrders) {
        var seen: Set<Int> = []
        for order in record.orders {
            guard let number = orders.number(of: order.key.reference) else { continue }
            found += 1
            let reference = order.key.reference.rawValue
            guard let promise = tally.promises[number], seen.insert(number).inserted else {
                faults.append(.untold(reference))
                continue
            }
            if promise.order != order.id {
                faults.append(.other(reference, told: "\(promise.order)", found: "\(order.id)"))
            } else if promise.state != order.state {
                faults.append(.other(reference, told: promise.state.rawValue, found: order.state.rawValue))
            }
        }
        for number in tally.promises.keys.sorted() where !seen.contains(number) {
            faults.append(.missing(orders.reference(of: number)))
        }
        if record.sold != tally.stock || tally.sold != tally.stock {
            faults.append(.pieces(stock: tally.stock, sold: record.sold != tally.stock ? record.sold : tally.sold))
        }
        if record.left != 0 { faults.append(.left(record.left)) }
        for mishap in tally.mishaps {
            faults.append(.mishap(orders.reference(of: mishap.number), words: mishap.words))
        }
    }
}

extension SessionAudit.Fault {
    /// For people.
    var text: Text {
        switch self {
        case .missing(let reference):
            Text(
                en: "\(reference): somebody was told that it is placed, and it is not there",
                zh: "\(reference)：已告知下单成功，但数据库中没有")
        case .untold(let reference):
            Text(en: "\(reference): it is there, and nobody was told", zh: "\(reference)：数据库中有，但没有告知任何人")
        case .other(let reference, let told, let found):
            Text(en: "\(reference): told \(told), found \(found)", zh: "\(reference)：告知的是 \(told)，数据库中是 \(found)")
        case .pieces(let stock, let sold):
            Text(en: "\(sold) pieces are sold of \(stock)", zh: "共 \(stock) 件，卖出 \(sold) 件")
        case .left(let left):
            Text(en: "\(left) pieces are left by the database", zh: "数据库中还剩 \(left) 件")
        case .mishap(let reference, let words):
            Text(en: "\(reference): \(words)", zh: "\(reference)：\(words)")
        }
    }
}
