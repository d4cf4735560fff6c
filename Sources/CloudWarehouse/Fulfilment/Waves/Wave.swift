public import Postgres

/// Orders that are picked together (波次).
public struct Wave: Hashable, Sendable {
    /// What its parcels hold.
    public enum Kind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
        /// 单品: orders of one SKU each; labels are printed first, and each parcel takes one scan.
        case single
        /// 多品: orders of several SKUs, sorted into slots.
        case multi
    }

    /// Its identity in the database.
    public let id: ID<Wave>
    /// What people call it.
    public let code: WaveCode
    /// How far it has come.
    public let state: WaveState
    /// What its parcels hold.
    public let kind: Kind
    /// Where its goods stand.
    public let warehouse: WarehouseCode
    /// Who carries its parcels; nil for the base's own cars.
    public let carrier: Carrier?
    /// The day on which it leaves: the life that remains is counted from it.
    public let shipOn: CalendarDate
    /// How many orders were chosen.
    public let orders: Int32
    /// How many parcels it has made.
    public let parcels: Int32
    /// When it was planned, by the database's clock.
    public let plannedAt: Timestamp

    /// A wave with these fields.
    public init(
        id: ID<Wave>, code: WaveCode, state: WaveState, kind: Kind, warehouse: WarehouseCode, carrier: Carrier?,
        shipOn: CalendarDate, orders: Int32, parcels: Int32, plannedAt: Timestamp
    ) {
        self.id = id
        self.code = code
        self.state = state
        self.kind = kind
        self.warehouse = warehouse
        self.carrier = carrier
        self.shipOn = shipOn
        self.orders = orders
        self.parcels = parcels
        self.plannedAt = plannedAt
    }
}

/// Which orders a wave takes, and how their parcels are made.
public struct WaveTerms: Hashable, Sendable {
    /// Where the goods stand.
    public var warehouse: WarehouseCode
    /// Orders of one SKU each, or of several.
    public var kind: Wave.Kind
    /// Where picked goods are brought; nil for the warehouse's only packing location.
    public var packing: LocationCode?
    /// Only orders of this source.
    public var source: OrderSource?
    /// Only orders of this shop.
    public var shop: ShopName?
    /// Only orders to regions that begin so.
    public var region: PlainWords?
    /// Only orders that have to leave before.
    public var dueBefore: Timestamp?
    /// Who carries its parcels; nil for the base's own cars.
    public var carrier: Carrier?
    /// The day on which they leave; nil for today.
    public var shipOn: CalendarDate?
    /// Of an order that cannot be served whole, what is there goes.
    public var isPartial = false
    /// How many orders at most: those that have to leave first.
    public var mostOrders = FulfilmentLimits.ordersPerWave
    /// What the goods of one parcel may weigh, in grams; nil for any weight.
    public var mostGrams: Quantity?
    /// How many slots the wall has that parcels of several SKUs are sorted into.
    public var slots: Int16 = 40

    /// All of a kind in a warehouse.
    public init(warehouse: WarehouseCode, kind: Wave.Kind) {
        self.warehouse = warehouse
        self.kind = kind
    }

    /// Says what is wrong with the numbers.
    func check() throws(FulfilmentError) {
        guard (1...FulfilmentLimits.ordersPerWave).contains(mostOrders) else {
            throw .outOfRange(.mostOrders, atMost: Int64(FulfilmentLimits.ordersPerWave))
        }
        guard (1...1_000).contains(slots) else { throw .outOfRange(.slots, atMost: 1_000) }
        if let mostGrams, !(1...1_000_000_000).contains(mostGrams.rawValue) {
            throw .outOfRange(.mostGrams, atMost: 1_000_000_000)
        }
    }

    /// By which a repetition is told from another wave.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("wave")
            transcript.append(warehouse.rawValue)
            transcript.append(kind.rawValue)
            transcript.append(packing) { $0.append($1.rawValue) }
            transcript.append(source) { $0.append($1.rawValue) }
            transcript.append(shop) { $0.append($1.rawValue) }
            transcript.append(region) { $0.append($1.rawValue) }
            transcript.append(dueBefore) { $0.append($1.microsecondsSince1970) }
            transcript.append(carrier) { $0.append($1.rawValue) }
            transcript.append(shipOn) { $0.append(Int64($1.daysSince1970)) }
            transcript.append(isPartial ? 1 : 0)
            transcript.append(Int64(mostOrders))
            transcript.append(mostGrams) { $0.append($1.rawValue) }
            transcript.append(Int64(slots))
        }
    }
}
