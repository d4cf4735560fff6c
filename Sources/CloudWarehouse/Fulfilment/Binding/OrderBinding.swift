import Postgres

/// A line of an order that waits for its goods.
struct LineToBind: Hashable {
    let order: ID<CustomerOrder>
    let position: Int16
    let sku: ID<SKU>
    let skuCode: SKUCode
    let owner: ID<Owner>
    /// So much of it is in no parcel yet.
    let quantity: Int64
    /// What one base unit weighs; nil when nobody has said.
    let unitGrams: Int64?
    /// How much of the SKU one parcel takes; nil for any number.
    let mostPerParcel: Int64?
}

/// An order that may be bound, with what its parcels have to know of it.
struct OrderToBind: Hashable {
    let id: ID<CustomerOrder>
    let group: Int32
    let source: OrderSource
    let shop: ShopName?
    let state: OrderState
    let isRefundLocked: Bool
    /// A parcel of it was recorded that is of no wave.
    let isSentOtherwise: Bool
    /// 0 for none.
    let addressVersion: Int16
    /// Whom it goes to, comparable under one key; nil without an address.
    let mergeKey: Bytea?
    let keyID: String?

    /// Whether it still wants what it wanted when the wave was planned.
    var mayBeBound: Bool { state == .committed && !isRefundLocked && !isSentOtherwise }

    /// Orders with the same one may share a parcel.
    var recipientGroup: RecipientGroup {
        RecipientGroup(
            source: source, shop: shop, keyID: mergeKey == nil ? nil : keyID, mergeKey: mergeKey,
            order: mergeKey == nil ? id : nil)
    }
}

/// The same person at the same place, who bought in the same shop; an order without an address is alone.
struct RecipientGroup: Hashable {
    let source: OrderSource
    let shop: ShopName?
    let keyID: String?
    let mergeKey: Bytea?
    let order: ID<CustomerOrder>?
}

/// What became of an order when the lots were bound.
enum BindingOutcome: String, CaseIterable, Hashable, Sendable, PostgresCodable {
    /// All that it wants of this warehouse is bound.
    case bound
    /// Some of it is.
    case partial
    /// There is not enough: nothing of it is bound.
    case short
    /// It was changed, called off or sent otherwise since the wave was planned.
    case changed
}

/// A line with its lots.
struct BoundLine: Hashable {
    let line: LineToBind
    let bindings: [LotBinding]
}

/// Binds orders one after another, each whole or not at all, unless parts may go.
struct OrderBinder {
    var lots: LotBinder
    let isPartial: Bool

    /// Binds the lines of one order.
    mutating func bind(_ lines: [LineToBind]) -> (outcome: BindingOutcome, bound: [BoundLine]) {
        guard !lines.isEmpty else { return (.changed, []) }
        if !isPartial {
            var wanted: [LineToBind.Goods: Int64] = [:]
            for line in lines {
                wanted[line.goods, default: 0] = wanted[line.goods, default: 0].addingSaturated(line.quantity)
            }
            guard wanted.allSatisfy({ lots.left(of: $0.key.sku, owner: $0.key.owner) >= $0.value }) else {
                return (.short, [])
            }
        }
        var bound: [BoundLine] = []
        var isWhole = true
        for line in lines {
            let bindings = lots.bind(line.quantity, of: line.sku, owner: line.owner)
            if bindings.reduce(0, { $0 + $1.quantity }) < line.quantity { isWhole = false }
            if !bindings.isEmpty { bound.append(BoundLine(line: line, bindings: bindings)) }
        }
        return (bound.isEmpty ? .short : isWhole ? .bound : .partial, bound)
    }
}

extension LineToBind {
    /// Whose goods it wants.
    struct Goods: Hashable {
        let sku: ID<SKU>
        let owner: ID<Owner>
    }

    var goods: Goods { Goods(sku: sku, owner: owner) }
}
