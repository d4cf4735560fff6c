import Postgres

/// Reads what speaks for each pool of the SKUs of a batch that have a rule. Their pools are locked, and with them this.
struct MeritsOfPools: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT pool.sku_id, pool.warehouse_id, pool.owner_id,
            COALESCE(own.weight, CASE WHEN NOT ruled.has_shares THEN everybodys.weight END, 0)::bigint,
            COALESCE(given.taken, 0), COALESCE(given.turn, 0),
            CASE WHEN ruled.criteria LIKE '%earliest_expiry%' THEN (
                SELECT min(lot.expires_on)
                FROM balance
                JOIN lot ON lot.id = balance.lot_id
                JOIN location ON location.id = balance.location_id
                WHERE balance.sku_id = pool.sku_id AND balance.owner_id = pool.owner_id AND balance.on_hand > 0
                    AND balance.quality = 'good' AND lot.status = 'released' AND location.warehouse_id = pool.warehouse_id
            ) END
        FROM (
            SELECT sku.id, COALESCE(own.criteria, (SELECT criteria FROM sourcing_rule WHERE sku_id IS NULL)) AS criteria,
                EXISTS (SELECT FROM sourcing_share WHERE sku_id = sku.id) AS has_shares
            FROM sku
            LEFT JOIN sourcing_rule AS own ON own.sku_id = sku.id
            WHERE sku.id = ANY (\(BatchScope.skus))
        ) AS ruled
        JOIN pool ON pool.sku_id = ruled.id
        LEFT JOIN sourcing_share AS own ON own.sku_id = pool.sku_id AND own.warehouse_id = pool.warehouse_id
            AND own.owner_id = pool.owner_id
        LEFT JOIN sourcing_share AS everybodys ON everybodys.sku_id IS NULL
            AND everybodys.warehouse_id = pool.warehouse_id AND everybodys.owner_id = pool.owner_id
        LEFT JOIN sourcing_taken AS given ON given.sku_id = pool.sku_id AND given.warehouse_id = pool.warehouse_id
            AND given.owner_id = pool.owner_id
        WHERE ruled.criteria IS NOT NULL
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(skusOf: scope)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> (key: PoolKey, merits: PoolMerits) {
        (
            PoolKey(sku: try row.next(), warehouse: try row.next(), owner: try row.next()),
            PoolMerits(
                weight: try row.next(), taken: try row.next(), turn: try row.next(), expiresOn: try row.next())
        )
    }
}

/// Reads the delivery zones that the recipients of a batch live in: of orders that it places, and of those that it changes.
struct ZonesOfBatch: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT zone.warehouse_id, zone.region, zone.rank
        FROM delivery_zone AS zone
        WHERE EXISTS (SELECT FROM unnest($4::text[]) AS asked (region) WHERE starts_with(asked.region, zone.region))
            OR EXISTS (
                SELECT FROM recipient
                WHERE recipient.order_id = ANY (\(BatchScope.orders)) AND starts_with(recipient.region, zone.region)
            )
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ordersOf: scope)
        parameters.append(scope.regions)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> DeliveryZone {
        DeliveryZone(warehouse: try row.next(), region: try row.next(), rank: try row.next())
    }
}

/// Reads where the orders go that a batch changes.
struct RegionsOfOrders: Statement {
    let scope: BatchScope

    static let sql = """
        SELECT DISTINCT ON (order_id) order_id, region
        FROM recipient
        WHERE order_id = ANY (\(BatchScope.orders))
        ORDER BY order_id, version DESC
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(ordersOf: scope)
    }

    static func decode(
        _ row: inout RowDecoder
    ) throws(DecodingFailure) -> (order: ID<CustomerOrder>, region: String) {
        (try row.next(), try row.next())
    }
}

/// Counts what orders were given from pools, under the locks of the pools. What is too much to count stays at the most.
struct CountGiven: Command {
    var given: [(key: PoolKey, taken: Int64, turn: Int64)] = []

    static let sql = """
        INSERT INTO sourcing_taken (sku_id, warehouse_id, owner_id, taken, turn)
        SELECT sku_id, warehouse_id, owner_id, taken, turn
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[])
            AS new (sku_id, warehouse_id, owner_id, taken, turn)
        ORDER BY sku_id, warehouse_id, owner_id
        ON CONFLICT (sku_id, warehouse_id, owner_id) DO UPDATE
        SET taken = LEAST(sourcing_taken.taken::numeric + EXCLUDED.taken, 9223372036854775807)::bigint,
            turn = EXCLUDED.turn
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(given.map(\.key.sku))
        parameters.append(given.map(\.key.warehouse))
        parameters.append(given.map(\.key.owner))
        parameters.append(given.map(\.taken))
        parameters.append(given.map(\.turn))
    }
}
