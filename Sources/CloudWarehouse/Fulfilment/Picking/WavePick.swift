public import Postgres

/// Goods of a lot that were picked for a wave at one location.
public struct WavePick: Hashable, Sendable {
    /// What it is known by within its wave: sent again, it picks once.
    public var reference: ReceiptReference
    /// Where they stood.
    public var location: LocationCode
    /// Goods of which lot.
    public var lot: ID<Lot>
    /// Only what is sorted in this round; nil for all rounds.
    public var round: Int16?
    /// How much was found; nil for all that was to be.
    public var found: Quantity?

    /// A pick with these fields.
    public init(
        reference: ReceiptReference, location: LocationCode, lot: ID<Lot>, round: Int16? = nil, found: Quantity? = nil
    ) {
        self.reference = reference
        self.location = location
        self.lot = lot
        self.round = round
        self.found = found
    }

    /// By which a repetition is told from another pick.
    var fingerprint: Fingerprint {
        Fingerprint { transcript in
            transcript.append("pick")
            transcript.append(location.rawValue)
            transcript.append(lot.description)
            transcript.append(round) { $0.append(Int64($1)) }
            transcript.append(found) { $0.append($1.rawValue) }
        }
    }
}

/// What became of a pick, in base units.
public struct PickResult: Hashable, Sendable {
    /// How much was to be picked.
    public let asked: Int64
    /// How much was found.
    public let found: Int64
    /// How much of what was missing is picked elsewhere instead.
    public let rebound: Int64
    /// Whether it had been done before, so that nothing was changed now.
    public var isRepeated = false

    /// A pick that was made now.
    public init(asked: Int64, found: Int64, rebound: Int64) {
        self.asked = asked
        self.found = found
        self.rebound = rebound
    }

    /// How much goes into no parcel: its lines wait for another wave.
    public var givenUp: Int64 { asked - found - rebound }
}

/// What is to be picked for a wave at one place.
public struct PickTask: Hashable, Sendable {
    /// In which round it is sorted.
    public let round: Int16
    /// Where it stands.
    public let location: LocationCode
    /// What it is.
    public let sku: SKUCode
    /// Its name, as it is now.
    public let name: Name
    /// What the quantities count.
    public let unit: BaseUnit
    /// Of which lot.
    public let lot: ID<Lot>
    /// Its last good day; nil for what keeps.
    public let expiresOn: CalendarDate?
    /// How much, in base units.
    public let quantity: Int64
    /// For how many parcels.
    public let parcels: Int64
    /// Into which slots, and how much into each; empty where nothing is sorted.
    public let slots: [Slot]

    /// So much for one slot of the wall.
    public struct Slot: Hashable, Sendable {
        /// Its number.
        public let number: Int16
        /// How much, in base units.
        public let quantity: Int64

        /// So much for that slot.
        public init(number: Int16, quantity: Int64) {
            self.number = number
            self.quantity = quantity
        }
    }

    /// A task with these fields.
    public init(
        round: Int16, location: LocationCode, sku: SKUCode, name: Name, unit: BaseUnit, lot: ID<Lot>,
        expiresOn: CalendarDate?, quantity: Int64, parcels: Int64, slots: [Slot]
    ) {
        self.round = round
        self.location = location
        self.sku = sku
        self.name = name
        self.unit = unit
        self.lot = lot
        self.expiresOn = expiresOn
        self.quantity = quantity
        self.parcels = parcels
        self.slots = slots
    }
}

/// Reads what is to be picked for a wave, as pickers walk.
struct PicksOfWave: Statement {
    let wave: ID<Wave>
    let round: Int16?
    let limit: Int32

    static let sql = """
        SELECT task.round, location.code, sku.code, sku.name, sku.base_unit, task.lot_id, lot.expires_on, task.quantity,
            task.parcels, task.slots, task.quantities
        FROM (
            SELECT share.round, share.location_id, share.lot_id, sum(share.quantity)::bigint AS quantity,
                sum(share.parcels)::bigint AS parcels,
                COALESCE(array_agg(share.slot ORDER BY share.slot) FILTER (WHERE share.slot IS NOT NULL), '{}') AS slots,
                COALESCE(array_agg(share.quantity ORDER BY share.slot) FILTER (WHERE share.slot IS NOT NULL), '{}')
                    AS quantities
            FROM (
                SELECT parcel.round, parcel.slot, item.location_id, item.lot_id, sum(item.quantity)::bigint AS quantity,
                    count(DISTINCT parcel.id) AS parcels
                FROM parcel_item AS item
                JOIN parcel ON parcel.id = item.parcel_id
                WHERE item.wave_id = $1 AND item.state = 'bound' AND ($2::smallint IS NULL OR parcel.round = $2)
                GROUP BY parcel.round, parcel.slot, item.location_id, item.lot_id
            ) AS share
            GROUP BY share.round, share.location_id, share.lot_id
        ) AS task
        JOIN location ON location.id = task.location_id
        JOIN lot ON lot.id = task.lot_id
        JOIN sku ON sku.id = lot.sku_id
        ORDER BY task.round, location.pick_sequence NULLS LAST, location.code, sku.code, task.lot_id
        LIMIT $3
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(wave)
        parameters.append(round)
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> PickTask {
        let round: Int16 = try row.next()
        let (location, sku, name, unit): (LocationCode, SKUCode, Name, BaseUnit) = (
            try row.next(), try row.next(), try row.next(), try row.next()
        )
        let (lot, expires): (ID<Lot>, CalendarDate?) = (try row.next(), try row.next())
        let (quantity, parcels): (Int64, Int64) = (try row.next(), try row.next())
        let (slots, quantities): ([Int16], [Int64]) = (try row.next(), try row.next())
        return PickTask(
            round: round, location: location, sku: sku, name: name, unit: unit, lot: lot, expiresOn: expires,
            quantity: quantity, parcels: parcels,
            slots: zip(slots, quantities).map { PickTask.Slot(number: $0, quantity: $1) })
    }
}
