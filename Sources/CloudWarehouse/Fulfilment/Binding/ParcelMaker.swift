import Postgres

/// Goods of one line, lot and location that go into one parcel.
struct ItemDraft: Hashable {
    let order: ID<CustomerOrder>
    let position: Int16
    let sku: ID<SKU>
    let owner: ID<Owner>
    let lot: ID<Lot>
    let location: ID<Location>
    var quantity: Int64
}

/// A parcel that is to be.
struct ParcelDraft: Hashable {
    let storageClass: StorageClass
    var items: [ItemDraft] = []
    /// What its goods weigh, as far as that is known.
    var knownGrams: Int64 = 0
    /// Whether the weight of all of them is known.
    var isWeightKnown = true

    var orders: Set<ID<CustomerOrder>> { Set(items.map(\.order)) }
    var expectedGrams: Int64? { isWeightKnown ? knownGrams : nil }
}

/// Makes parcels of bound lines: goods of one person, shop and storage class together, as many as a parcel takes.
struct ParcelMaker {
    /// What the goods of one parcel may weigh; nil for any weight.
    let mostGrams: Int64?
    /// Whether each parcel holds one SKU.
    let isSingle: Bool

    private struct Key: Hashable {
        let group: RecipientGroup
        let storageClass: StorageClass
        let sku: ID<SKU>?
    }

    /// The parcels, those of the first lines first.
    func parcels(
        of lines: [(group: RecipientGroup, line: BoundLine)]
    ) throws(FulfilmentError) -> [ParcelDraft] {
        try check(lines.map(\.line))
        var order: [Key] = []
        var drafts: [Key: [ParcelDraft]] = [:]
        for (group, line) in lines {
            for binding in line.bindings {
                let key = Key(
                    group: group, storageClass: binding.storageClass, sku: isSingle ? line.line.sku : nil)
                if drafts[key] == nil {
                    order.append(key)
                    drafts[key] = [ParcelDraft(storageClass: binding.storageClass)]
                }
                fill(&drafts[key]!, with: binding, of: line.line)
            }
        }
        return order.flatMap { drafts[$0] ?? [] }
    }

    /// Refuses goods that would be divided into parcels without end, before one of them is made: nobody packs a ton of rice gram
    /// by gram.
    private func check(_ lines: [BoundLine]) throws(FulfilmentError) {
        var (parcels, ofOrder): (Int64, [ID<CustomerOrder>: Int64]) = (0, [:])
        for bound in lines {
            let line = bound.line
            // The first parcel of a line may be another's.
            let capacity = capacity(for: line)
            let further: Int64 = bound.bindings.reduce(0) { $0.addingSaturated(($1.quantity - 1) / capacity) }
            parcels = parcels.addingSaturated(further)
            ofOrder[line.order, default: 0] = ofOrder[line.order, default: 0].addingSaturated(further)
            guard ofOrder[line.order, default: 0] < FulfilmentLimits.parcelsPerOrder else {
                throw .waveStays(.tooManyParcels(line.skuCode, atMost: FulfilmentLimits.parcelsPerOrder))
            }
            guard parcels < FulfilmentLimits.parcelsPerChunk else {
                throw .waveStays(.tooManyParcels(line.skuCode, atMost: FulfilmentLimits.parcelsPerChunk))
            }
        }
    }

    /// How much of a line's goods an empty parcel takes: at least one unit, however heavy it is.
    private func capacity(for line: LineToBind) -> Int64 {
        var capacity = line.mostPerParcel ?? .max
        if let mostGrams, let unit = line.unitGrams { capacity = min(capacity, mostGrams / unit) }
        return max(1, capacity)
    }

    /// Puts goods into the last of the parcels, and into further ones when it is full.
    private func fill(_ parcels: inout [ParcelDraft], with binding: LotBinding, of line: LineToBind) {
        var left = binding.quantity
        while left > 0 {
            let last = parcels.count - 1
            let room = room(in: parcels[last], for: line)
            guard room > 0 else {
                parcels.append(ParcelDraft(storageClass: binding.storageClass))
                continue
            }
            let taken = min(left, room)
            parcels[last].add(taken, of: line, from: binding)
            left -= taken
        }
    }

    /// How much of a line's goods a parcel still takes; an empty one takes at least one unit, however heavy it is.
    private func room(in parcel: ParcelDraft, for line: LineToBind) -> Int64 {
        var room = Int64.max
        if let most = line.mostPerParcel {
            room = most - parcel.items.reduce(0) { $0 + ($1.sku == line.sku ? $1.quantity : 0) }
        }
        if let mostGrams, let unit = line.unitGrams {
            room = min(room, max(0, mostGrams - parcel.knownGrams) / unit)
        }
        return parcel.items.isEmpty ? max(1, room) : max(0, room)
    }
}

extension ParcelDraft {
    fileprivate mutating func add(_ quantity: Int64, of line: LineToBind, from binding: LotBinding) {
        if let unit = line.unitGrams {
            let (grams, overflow) = unit.multipliedReportingOverflow(by: quantity)
            knownGrams = knownGrams.addingSaturated(overflow ? .max : grams)
        } else {
            isWeightKnown = false
        }
        let item = ItemDraft(
            order: line.order, position: line.position, sku: line.sku, owner: line.owner, lot: binding.lot,
            location: binding.location, quantity: quantity)
        if let last = items.indices.last, items[last].isSame(as: item) {
            items[last].quantity += quantity
        } else {
            items.append(item)
        }
    }
}

extension ItemDraft {
    fileprivate func isSame(as other: ItemDraft) -> Bool {
        order == other.order && position == other.position && lot == other.lot && location == other.location
    }
}
