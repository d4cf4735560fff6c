import Postgres

/// Has changes of the rules come one after another. Orders only read them, and go on.
struct LockSourcing: Command {
    static let sql = "LOCK TABLE sourcing_rule, sourcing_share, delivery_zone IN SHARE ROW EXCLUSIVE MODE"

    func bind(to parameters: inout Parameters) {}
}

/// Lists the rules, everybody's first: all, or everybody's and one SKU's.
struct SourcingRules: Statement {
    let sku: SKUCode?

    static let sql = """
        SELECT sku.code, sourcing_rule.criteria
        FROM sourcing_rule
        LEFT JOIN sku ON sku.id = sourcing_rule.sku_id
        WHERE $1::text IS NULL OR sku.code = $1 OR sourcing_rule.sku_id IS NULL
        ORDER BY sku.code NULLS FIRST
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ListedRule {
        ListedRule(sku: try row.next(), criteria: try row.next())
    }
}

/// Lists the shares, everybody's first: all, or everybody's and one SKU's. What was given stands beside a SKU's.
struct SourcingShares: Statement {
    let sku: SKUCode?

    static let sql = """
        SELECT sku.code, warehouse.code, owner.code, share.weight,
            CASE WHEN share.sku_id IS NOT NULL THEN COALESCE(given.taken, 0) END
        FROM sourcing_share AS share
        LEFT JOIN sku ON sku.id = share.sku_id
        JOIN warehouse ON warehouse.id = share.warehouse_id
        JOIN owner ON owner.id = share.owner_id
        LEFT JOIN sourcing_taken AS given ON given.sku_id = share.sku_id AND given.warehouse_id = share.warehouse_id
            AND given.owner_id = share.owner_id
        WHERE $1::text IS NULL OR sku.code = $1 OR share.sku_id IS NULL
        ORDER BY sku.code NULLS FIRST, warehouse.code, owner.code
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ListedShare {
        ListedShare(
            sku: try row.next(),
            share: SourcingShare(warehouse: try row.next(), owner: try row.next(), weight: try row.next()),
            taken: try row.next())
    }
}

/// Lists the delivery zones.
struct DeliveryZones: Statement {
    static let sql = """
        SELECT warehouse.code, zone.region, zone.rank
        FROM delivery_zone AS zone
        JOIN warehouse ON warehouse.id = zone.warehouse_id
        ORDER BY warehouse.code, zone.rank, zone.region
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> ListedZone {
        ListedZone(warehouse: try row.next(), zone: SourcingZone(region: try row.next(), rank: try row.next()))
    }
}

/// Takes a rule away.
struct DeleteSourcingRule: Command {
    let sku: ID<SKU>?

    static let sql = "DELETE FROM sourcing_rule WHERE sku_id IS NOT DISTINCT FROM $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }
}

/// Sets a rule where there is none.
struct InsertSourcingRule: Command {
    let id: ID<ListedRule>
    let sku: ID<SKU>?
    let criteria: SourcingCriteria

    static let sql = "INSERT INTO sourcing_rule (id, sku_id, criteria) VALUES ($1, $2, $3)"

    func bind(to parameters: inout Parameters) {
        parameters.append(id)
        parameters.append(sku)
        parameters.append(criteria)
    }
}

/// Takes shares away.
struct DeleteSourcingShares: Command {
    let sku: ID<SKU>?

    static let sql = "DELETE FROM sourcing_share WHERE sku_id IS NOT DISTINCT FROM $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }
}

/// Sets shares where there are none.
struct InsertSourcingShares: Command {
    let sku: ID<SKU>?
    var shares: [(id: ID<ListedShare>, warehouse: ID<Warehouse>, owner: ID<Owner>, weight: Int32)] = []

    init(sku: ID<SKU>?) {
        self.sku = sku
    }

    static let sql = """
        INSERT INTO sourcing_share (id, sku_id, warehouse_id, owner_id, weight)
        SELECT id, $1, warehouse_id, owner_id, weight
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::integer[]) AS new (id, warehouse_id, owner_id, weight)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
        parameters.append(shares.map(\.id))
        parameters.append(shares.map(\.warehouse))
        parameters.append(shares.map(\.owner))
        parameters.append(shares.map(\.weight))
    }
}

/// Forgets what orders were given of a SKU, or of every one without shares of its own; in the order of the keys, as batches
/// count.
struct ForgetGiven: Command {
    let sku: ID<SKU>?

    static let sql = """
        DELETE FROM sourcing_taken USING (
            SELECT sku_id, warehouse_id, owner_id
            FROM sourcing_taken AS given
            WHERE CASE WHEN $1::uuid IS NULL
                THEN NOT EXISTS (SELECT FROM sourcing_share AS share WHERE share.sku_id = given.sku_id)
                ELSE given.sku_id = $1 END
            ORDER BY sku_id, warehouse_id, owner_id
            FOR UPDATE
        ) AS old
        WHERE sourcing_taken.sku_id = old.sku_id AND sourcing_taken.warehouse_id = old.warehouse_id
            AND sourcing_taken.owner_id = old.owner_id
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(sku)
    }
}

/// Forgets where a warehouse delivers to.
struct DeleteDeliveryZones: Command {
    let warehouse: ID<Warehouse>

    static let sql = "DELETE FROM delivery_zone WHERE warehouse_id = $1"

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
    }
}

/// Says where a warehouse delivers to.
struct InsertDeliveryZones: Command {
    let warehouse: ID<Warehouse>
    let zones: [SourcingZone]

    static let sql = """
        INSERT INTO delivery_zone (warehouse_id, region, rank)
        SELECT $1, region, rank FROM unnest($2::text[], $3::integer[]) AS new (region, rank)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(warehouse)
        parameters.append(zones.map(\.region))
        parameters.append(zones.map(\.rank))
    }
}

/// Finds warehouses by their codes.
struct WarehousesByCode: Statement {
    let codes: [WarehouseCode]

    static let sql = "SELECT id, code, name FROM warehouse WHERE code = ANY ($1)"

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Warehouse {
        Warehouse(id: try row.next(), code: try row.next(), name: try row.next())
    }
}
