import Postgres

/// The paid orders that terms take and that are in no other wave, those that have to leave first.
struct WaveCandidates {
    let terms: WaveTerms
    let warehouse: ID<Warehouse>
    /// The end of the day on which it leaves, by the base's clocks.
    let endOfDay: Timestamp
    /// Orders from before it are not looked for.
    let since: ID<CustomerOrder>

    func bind(to parameters: inout Parameters) {
        parameters.append(since)
        parameters.append(warehouse)
        parameters.append(terms.kind)
        parameters.append(terms.source)
        parameters.append(terms.shop)
        parameters.append(terms.region)
        parameters.append(terms.dueBefore)
        parameters.append(endOfDay)
        parameters.append(terms.mostOrders)
    }

    /// `chosen (order_id, group_number)`. An order of which something is in no parcel yet is looked for line by line, so that
    /// what was left out of one wave comes into a later one.
    static let sql = """
        WITH line AS (
            SELECT placed.id, placed.source, count(DISTINCT line.sku_id) AS skus,
                (array_agg(line.sku_id))[1] AS sku_id
            FROM customer_order AS placed
            JOIN order_line AS line ON line.order_id = placed.id
            WHERE placed.id >= $1 AND placed.state = 'committed' AND ($4::text IS NULL OR placed.source = $4)
                AND line.claim = 'committed' AND line.warehouse_id = $2
                AND line.quantity - line.cancelled > line.bound
            GROUP BY placed.id, placed.source
        ), candidate AS (
            SELECT line.id, line.source, line.sku_id, terms.shop, terms.ship_by, ship_to.merge_key, ship_to.key_id
            FROM line
            LEFT JOIN order_terms AS terms ON terms.order_id = line.id
            LEFT JOIN LATERAL (
                SELECT merge_key, key_id, region FROM recipient
                WHERE recipient.order_id = line.id ORDER BY version DESC LIMIT 1
            ) AS ship_to ON true
            WHERE ($3::text = 'single') = (line.skus = 1)
                AND ($5::text IS NULL OR terms.shop = $5) AND ($6::text IS NULL OR starts_with(ship_to.region, $6))
                AND ($7::timestamptz IS NULL OR terms.ship_by < $7) AND terms.refund_lock IS NULL
                AND (terms.ship_not_before IS NULL OR terms.ship_not_before < $8)
                AND NOT EXISTS (
                    SELECT FROM wave_order JOIN wave ON wave.id = wave_order.wave_id
                    WHERE wave_order.order_id = line.id AND wave_order.outcome IS NULL
                        AND wave.state IN ('planned', 'releasing')
                )
                AND NOT EXISTS (
                    SELECT FROM shipment WHERE shipment.order_id = line.id AND shipment.withdrawn_at IS NULL
                        AND NOT EXISTS (
                            SELECT FROM parcel_order
                            JOIN parcel ON parcel.id = parcel_order.parcel_id
                            WHERE parcel_order.order_id = line.id AND parcel.carrier = shipment.carrier
                                AND parcel.tracking = shipment.tracking
                        )
                )
            ORDER BY terms.ship_by NULLS LAST, line.id
            LIMIT $9
        ), grouped AS (
            SELECT candidate.*, min(ship_by) OVER (
                PARTITION BY source, shop, key_id, merge_key, CASE WHEN merge_key IS NULL THEN id END,
                    CASE WHEN $3 = 'single' THEN sku_id END
            ) AS due
            FROM candidate
        ), chosen AS (
            SELECT id AS order_id, dense_rank() OVER (
                ORDER BY due NULLS LAST, source, shop, key_id, merge_key, CASE WHEN merge_key IS NULL THEN id END,
                    CASE WHEN $3 = 'single' THEN sku_id END
            )::integer AS group_number
            FROM grouped
        )
        """
}

/// Chooses the orders of a wave.
struct InsertWaveOrders: Command {
    let candidates: WaveCandidates
    let wave: ID<Wave>

    static let sql = """
        \(WaveCandidates.sql)
        INSERT INTO wave_order (wave_id, order_id, group_number)
        SELECT $10, order_id, group_number FROM chosen
        """

    func bind(to parameters: inout Parameters) {
        candidates.bind(to: &parameters)
        parameters.append(wave)
    }
}

/// What a wave would want of one SKU and owner, and what could be bound to it.
public struct WaveDemand: Hashable, Sendable {
    /// What it is.
    public let sku: SKUCode
    /// What the quantities count.
    public let unit: BaseUnit
    /// Whose it is.
    public let owner: OwnerCode
    /// How many orders want it.
    public let orders: Int64
    /// How much of it they want, in base units.
    public let wanted: Int64
    /// How much stands in the warehouse that is good, released, long enough to live and bound to nobody.
    public let bindable: Int64

    /// A demand with these fields.
    public init(sku: SKUCode, unit: BaseUnit, owner: OwnerCode, orders: Int64, wanted: Int64, bindable: Int64) {
        self.sku = sku
        self.unit = unit
        self.owner = owner
        self.orders = orders
        self.wanted = wanted
        self.bindable = bindable
    }
}

/// Adds up what candidates want, and what there is.
struct DemandOfCandidates: Statement {
    let candidates: WaveCandidates
    let shipOn: CalendarDate

    static let sql = """
        \(WaveCandidates.sql), demand AS (
            SELECT line.sku_id, line.owner_id, count(DISTINCT line.order_id) AS orders,
                LEAST(sum(line.quantity - line.cancelled - line.bound), 1000000000000000000)::bigint AS wanted
            FROM chosen
            JOIN order_line AS line ON line.order_id = chosen.order_id
            WHERE line.claim = 'committed' AND line.warehouse_id = $2 AND line.quantity - line.cancelled > line.bound
            GROUP BY line.sku_id, line.owner_id
        ), shelf AS (
            \(ShelvesOfSKUs.select)
            WHERE balance.sku_id IN (SELECT sku_id FROM demand) AND \(ShelvesOfSKUs.condition(warehouse: 2, day: 10))
        )
        SELECT sku.code, sku.base_unit, owner.code, demand.orders, demand.wanted, (
            SELECT LEAST(COALESCE(sum(shelf.free), 0), 1000000000000000000)::bigint FROM shelf
            WHERE shelf.sku_id = demand.sku_id AND shelf.owner_id = demand.owner_id
        )
        FROM demand
        JOIN sku ON sku.id = demand.sku_id
        JOIN owner ON owner.id = demand.owner_id
        ORDER BY sku.code, owner.code
        """

    func bind(to parameters: inout Parameters) {
        candidates.bind(to: &parameters)
        parameters.append(shipOn)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> WaveDemand {
        WaveDemand(
            sku: try row.next(), unit: try row.next(), owner: try row.next(), orders: try row.next(),
            wanted: try row.next(), bindable: try row.next())
    }
}

/// Counts the candidates.
struct CountCandidates: Statement {
    let candidates: WaveCandidates

    static let sql = """
        \(WaveCandidates.sql)
        SELECT count(*), COALESCE(max(group_number), 0)::bigint FROM chosen
        """

    func bind(to parameters: inout Parameters) {
        candidates.bind(to: &parameters)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (orders: Int64, groups: Int64) {
        (try row.next(), try row.next())
    }
}
