import Postgres

/// What speaks for a pool, where several could serve an order.
struct PoolMerits: Hashable {
    /// Its share among the SKU's pools; 0 without one.
    var weight: Int64 = 0
    /// What orders were given from it since the shares were last changed.
    var taken: Int64 = 0
    /// When it was served last, among the SKU's pools; 0 for never.
    var turn: Int64 = 0
    /// When the first of its goods expire; nil for never, or where no rule asks.
    var expiresOn: CalendarDate?
    /// How near its warehouse is to the recipient: the less, the nearer; nil where no delivery zone says.
    var rank: Int32?
}

/// Where a warehouse delivers to.
struct DeliveryZone: Hashable {
    let warehouse: ID<Warehouse>
    /// How regions of recipients begin.
    let region: String
    let rank: Int32

    /// How near each warehouse is to a region: of several zones that fit, the longest counts.
    static func ranks(of zones: [DeliveryZone], in region: String) -> [ID<Warehouse>: Int32] {
        var best: [ID<Warehouse>: DeliveryZone] = [:]
        for zone in zones where region.hasPrefix(zone.region) {
            if let known = best[zone.warehouse], known.region.utf8.count >= zone.region.utf8.count { continue }
            best[zone.warehouse] = zone
        }
        return best.mapValues(\.rank)
    }
}
