import Postgres

/// Where goods of a delivery may be put away.
public struct PutAwaySuggestion: Hashable, Sendable {
    /// Goods of which lot.
    public let lot: ID<Lot>
    /// What they are.
    public let sku: SKUCode
    /// What the quantity counts.
    public let unit: BaseUnit
    /// How much.
    public let quantity: Quantity
    /// In what state: what is set aside is brought away as it is.
    public let quality: Quality
    /// Where to; nil when there is no room for them.
    public let location: LocationCode?

    /// A suggestion with these fields.
    public init(
        lot: ID<Lot>, sku: SKUCode, unit: BaseUnit, quantity: Quantity, quality: Quality, location: LocationCode?
    ) {
        self.lot = lot
        self.sku = sku
        self.unit = unit
        self.quantity = quantity
        self.quality = quality
        self.location = location
    }
}

/// Goods that wait to be put away.
struct WaitingGoods: Hashable {
    let lot: ID<Lot>
    let sku: SKUCode
    let unit: BaseUnit
    let quantity: Quantity
    let quality: Quality
    /// How cold it is where they wait: so cold they want it where they go.
    let storageClass: StorageClass
}

/// A location that goods may go to, with what stands there.
struct PutAwayPlace: Hashable {
    let code: LocationCode
    let terms: LocationTerms
    /// Of goods that are counted in its capacity's unit.
    let standing: Int64
}

extension PutAwaySuggestion {
    /// Finds a place for all that waits, lot by lot, as pickers walk: open locations of the same storage class that goods are
    /// kept in. First those whose capacity is known and counts these goods, as far as there is room; then those of which
    /// nobody has said what they take. A lot is divided where one place is too small.
    static func all(of waiting: [WaitingGoods], places: [PutAwayPlace]) -> [PutAwaySuggestion] {
        var free = Dictionary(
            places.compactMap { place in
                place.terms.capacity.map { (place.code, max(0, $0.quantity.rawValue - place.standing)) }
            }, uniquingKeysWith: { first, _ in first })
        let walk = places.filter { $0.terms.purpose == .storage && !$0.terms.isClosed }.sorted {
            let left = ($0.terms.pickSequence?.rawValue ?? .max, $0.code)
            let right = ($1.terms.pickSequence?.rawValue ?? .max, $1.code)
            return left < right
        }
        var suggestions: [PutAwaySuggestion] = []
        for goods in waiting {
            var left = goods.quantity.rawValue
            func put(_ number: Int64, at location: LocationCode?) {
                guard let quantity = Quantity(rawValue: number), quantity > .zero else { return }
                left -= number
                suggestions.append(
                    PutAwaySuggestion(
                        lot: goods.lot, sku: goods.sku, unit: goods.unit, quantity: quantity, quality: goods.quality,
                        location: location))
            }
            let fitting = walk.filter { $0.terms.storageClass == goods.storageClass }
            for place in fitting where place.terms.capacity?.unit == goods.unit {
                let number = min(left, free[place.code] ?? 0)
                free[place.code, default: 0] -= number
                put(number, at: place.code)
            }
            if let boundless = fitting.first(where: { $0.terms.capacity == nil }) { put(left, at: boundless.code) }
            put(left, at: nil)
        }
        return suggestions
    }
}

extension Stock {
    /// Where the goods of a delivery that wait may be put away; nothing is reserved by it.
    public func putAwaySuggestions(of reference: ReceiptReference) async throws(StockError) -> [PutAwaySuggestion] {
        let waiting = try await pool.rows(of: GoodsWaiting(reference: reference), throwing: StockError.self)
        let places = try await pool.rows(of: PlacesForDelivery(reference: reference), throwing: StockError.self)
        return PutAwaySuggestion.all(of: waiting, places: places)
    }
}

/// Reads what waits of a delivery where it was received.
struct GoodsWaiting: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT lot.id, sku.code, sku.base_unit, sum(balance.on_hand)::bigint, balance.quality, location.storage_class
        FROM inbound
        JOIN inbound_receipt AS receipt ON receipt.inbound_id = inbound.id
        JOIN lot ON lot.id = receipt.lot_id
        JOIN sku ON sku.id = lot.sku_id
        JOIN balance ON balance.sku_id = lot.sku_id AND balance.lot_id = lot.id AND balance.quality <> 'damaged'
        JOIN location ON location.id = balance.location_id AND location.purpose = 'receiving'
        WHERE inbound.reference = $1 AND balance.on_hand > 0
        GROUP BY lot.id, sku.code, sku.base_unit, balance.quality, location.storage_class
        ORDER BY lot.id, balance.quality
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> WaitingGoods {
        WaitingGoods(
            lot: try row.next(), sku: try row.next(), unit: try row.next(), quantity: try row.next(),
            quality: try row.next(), storageClass: try row.next())
    }
}

/// Reads the locations of the warehouse that a delivery has come to, with what stands there in their capacity's unit.
struct PlacesForDelivery: Statement {
    let reference: ReceiptReference

    static let sql = """
        SELECT location.id, location.warehouse_id, location.code, location.storage_class, location.purpose,
            (SELECT zone.code FROM zone WHERE zone.id = location.zone_id), location.capacity, location.capacity_unit,
            location.pick_sequence, location.closed_at IS NOT NULL, COALESCE(standing.on_hand, 0)
        FROM inbound
        JOIN location ON location.warehouse_id = inbound.warehouse_id
        LEFT JOIN LATERAL (
            SELECT sum(balance.on_hand)::bigint AS on_hand
            FROM balance
            JOIN sku ON sku.id = balance.sku_id
            WHERE balance.location_id = location.id AND sku.base_unit = location.capacity_unit
        ) AS standing ON location.capacity IS NOT NULL
        WHERE inbound.reference = $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(reference)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> PutAwayPlace {
        let location = try row.nextLocation()
        return PutAwayPlace(code: location.code, terms: location.terms, standing: try row.next())
    }
}
