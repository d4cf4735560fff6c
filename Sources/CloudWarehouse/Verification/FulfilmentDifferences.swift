import Postgres

/// Balances that bind something else than the parcels do: what is still to be picked from them, and at packing locations what is
/// picked and has not left.
struct AllocationDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH bound AS (
            SELECT item.sku_id, item.lot_id,
                CASE item.state WHEN 'bound' THEN item.location_id ELSE wave.packing_location_id END AS location_id,
                sum(item.quantity)::bigint AS quantity
            FROM parcel_item AS item
            JOIN wave ON wave.id = item.wave_id
            WHERE item.state IN ('bound', 'picked')
            GROUP BY 1, 2, 3
        )
        SELECT COALESCE(sku.code, sku_id::text), COALESCE(location.code, location_id::text), lot_id,
            COALESCE(balance.quality, 'good'), balance.allocated, COALESCE(bound.quantity, 0)
        FROM (SELECT sku_id, location_id, lot_id, quality, allocated FROM balance WHERE quality = 'good' OR allocated <> 0)
            AS balance
        FULL JOIN (SELECT sku_id, location_id, lot_id, 'good' AS quality, quantity FROM bound) AS bound
            USING (sku_id, location_id, lot_id, quality)
        LEFT JOIN sku ON sku.id = sku_id
        LEFT JOIN location ON location.id = location_id
        WHERE COALESCE(balance.allocated, 0) <> COALESCE(bound.quantity, 0)
        ORDER BY 1, 2, 3, 4
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        let (sku, location): (String, String) = (try row.next(), try row.next())
        let (lot, quality): (ID<Lot>, String) = (try row.next(), try row.next())
        let (stored, expected): (Int64?, Int64) = (try row.next(), try row.next())
        return Difference(
            table: "balance", row: "SKU \(sku), location \(location), lot \(lot), \(quality)", column: "allocated",
            stored: stored.map { "\($0)" }, expected: "\(expected)")
    }
}

/// Order lines that count something else in parcels, or shipped, than the parcels hold.
struct BoundLineDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH item AS (
            SELECT order_id, position, sum(quantity) FILTER (WHERE state <> 'given_up')::bigint AS bound,
                sum(quantity) FILTER (WHERE state = 'shipped')::bigint AS shipped
            FROM parcel_item
            GROUP BY order_id, position
        )
        SELECT line.order_id, line.position, line.bound, line.shipped, COALESCE(item.bound, 0), COALESCE(item.shipped, 0)
        FROM order_line AS line
        LEFT JOIN item ON item.order_id = line.order_id AND item.position = line.position
        WHERE line.bound <> COALESCE(item.bound, 0) OR line.shipped <> COALESCE(item.shipped, 0)
        ORDER BY line.order_id, line.position
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> [Difference] {
        let (order, position): (ID<CustomerOrder>, Int16) = (try row.next(), try row.next())
        let stored: [Int64] = [try row.next(), try row.next()]
        let expected: [Int64] = [try row.next(), try row.next()]
        return zip(["bound", "shipped"], zip(stored, expected)).compactMap { column, numbers in
            guard numbers.0 != numbers.1 else { return nil }
            return Difference(
                table: "order_line", row: "order \(order), line \(position)", column: column, stored: "\(numbers.0)",
                expected: "\(numbers.1)")
        }
    }
}

/// Parcels whose state is not that of their goods, and orders whose state is not that of their parcels.
struct ParcelDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH item AS (
            SELECT parcel_id, bool_or(state = 'bound') AS is_bound, bool_or(state = 'picked') AS is_picked,
                bool_or(state = 'shipped') AS is_shipped
            FROM parcel_item
            GROUP BY parcel_id
        )
        SELECT 'parcel', wave.code || '-' || parcel.number, 'state', parcel.state,
            CASE WHEN item.is_shipped THEN 'shipped' WHEN item.is_bound THEN 'bound' WHEN item.is_picked THEN 'picked'
                ELSE 'dissolved' END
        FROM parcel
        JOIN wave ON wave.id = parcel.wave_id
        LEFT JOIN item ON item.parcel_id = parcel.id
        WHERE parcel.state <> CASE WHEN item.is_shipped THEN 'shipped' WHEN item.is_bound THEN 'bound'
                WHEN item.is_picked THEN CASE parcel.state WHEN 'packed' THEN 'packed' ELSE 'picked' END
                ELSE 'dissolved' END
            OR item.is_shipped AND (item.is_bound OR item.is_picked)
        UNION ALL
        SELECT 'wave', wave.code, 'parcel_count', wave.parcel_count::text, count(parcel.id)::text
        FROM wave
        LEFT JOIN parcel ON parcel.wave_id = wave.id
        GROUP BY wave.id
        HAVING count(parcel.id) <> wave.parcel_count OR max(parcel.number) <> wave.parcel_count
        UNION ALL
        SELECT 'wave', wave.code, 'state', wave.state, 'released'
        FROM wave
        WHERE wave.state = 'closed' AND EXISTS (
            SELECT FROM parcel WHERE parcel.wave_id = wave.id AND parcel.state IN ('bound', 'picked', 'packed')
        )
        ORDER BY 1, 2, 3
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Difference {
        Difference(
            table: try row.next(), row: try row.next(), column: try row.next(), stored: try row.next(),
            expected: try row.next())
    }
}

/// Goods that a wave or a manifest moved, and that no parcel has.
struct PickDifferences: Statement {
    let limit: Int32

    static let sql = """
        WITH moved AS (
            SELECT lot_id, sum(CASE WHEN reason = 'pick' THEN quantity WHEN reason = 'put_away' THEN -quantity
                ELSE 0 END)::bigint AS picked,
                sum(CASE WHEN reason = 'shipment' THEN quantity ELSE 0 END)::bigint AS shipped
            FROM movement
            WHERE document_kind IN ('wave', 'manifest')
            GROUP BY lot_id
        ), item AS (
            SELECT lot_id, sum(quantity)::bigint AS picked, sum(quantity) FILTER (WHERE state = 'shipped')::bigint AS shipped
            FROM parcel_item
            WHERE state IN ('picked', 'shipped')
            GROUP BY lot_id
        )
        SELECT lot_id, COALESCE(item.picked, 0), COALESCE(moved.picked, 0), COALESCE(item.shipped, 0),
            COALESCE(moved.shipped, 0)
        FROM item
        FULL JOIN moved USING (lot_id)
        WHERE COALESCE(item.picked, 0) <> COALESCE(moved.picked, 0)
            OR COALESCE(item.shipped, 0) <> COALESCE(moved.shipped, 0)
        ORDER BY lot_id
        LIMIT $1
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> [Difference] {
        let lot: ID<Lot> = try row.next()
        let (picked, movedPicked): (Int64, Int64) = (try row.next(), try row.next())
        let (shipped, movedShipped): (Int64, Int64) = (try row.next(), try row.next())
        return [("picked", picked, movedPicked), ("shipped", shipped, movedShipped)].compactMap {
            state, stored, moved in
            guard stored != moved else { return nil }
            return Difference(
                table: "parcel_item", row: "lot \(lot), \(state)", column: "quantity", stored: "\(stored)",
                expected: "\(moved)")
        }
    }
}
