import Testing

@testable import CloudWarehouse

/// Something that was done to a base past the service, what a verification has to say to it, and what a repair.
struct Sabotage: Sendable, CustomTestStringConvertible {
    /// What the schema's owner runs.
    let sql: [String]
    /// What is named.
    let table: String
    let column: String
    /// Who mends it; nil for the repair.
    let remedy: Remedy?

    var testDescription: String { sql.last ?? "" }

    private static func counter(_ table: String, _ column: String, _ sql: String...) -> Sabotage {
        Sabotage(sql: sql, table: table, column: column, remedy: nil)
    }

    private static func order(_ table: String, _ column: String, _ sql: String...) -> Sabotage {
        Sabotage(sql: sql, table: table, column: column, remedy: .contradictoryOrder)
    }

    private static func person(_ remedy: Remedy, _ table: String, _ column: String, _ sql: String...) -> Sabotage {
        Sabotage(sql: sql, table: table, column: column, remedy: remedy)
    }

    private static func of(_ reference: String, _ position: Int = 1) -> String {
        "WHERE position = \(position) AND order_id = (SELECT id FROM customer_order WHERE reference = '\(reference)')"
    }

    private static let anyPool = "warehouse_id = (SELECT id FROM warehouse), owner_id = (SELECT id FROM owner LIMIT 1)"

    /// What can be counted again.
    static let counters = [
        counter("balance", "on_hand", "UPDATE balance SET on_hand = on_hand + 1 WHERE on_hand = 10"),
        counter("balance", "on_hand", "UPDATE balance SET on_hand = 0 WHERE on_hand = 10"),
        counter("balance", "on_hand", "DELETE FROM balance WHERE on_hand = 10"),
        counter("pool", "sellable", "UPDATE pool SET sellable = sellable + 1 WHERE sellable = 10"),
        counter("pool", "sellable", "UPDATE pool SET sellable = sellable - 1 WHERE sellable = 5"),
        counter("pool", "held", "UPDATE pool SET held = held + 1 WHERE sellable = 5"),
        counter("pool", "held", "UPDATE pool SET held = held - 1 WHERE held = 2"),
        counter("pool", "committed", "UPDATE pool SET committed = committed + 1 WHERE sellable = 5"),
        counter("pool", "committed", "UPDATE pool SET committed = 0 WHERE sellable = 10"),
        counter("pool", "committed", "DELETE FROM pool WHERE sellable = 10"),
        counter("pool", "sellable", "DELETE FROM pool WHERE sellable = 10"),
        counter(
            "pool", "sellable",
            "INSERT INTO pool SELECT (SELECT id FROM sku WHERE code = 'gift'), warehouse_id, owner_id, "
                + "7, 0, 0, 0, 1 FROM pool WHERE sellable = 5"),
        counter("buyer_count", "taken", "UPDATE buyer_count SET taken = taken + 1"),
        counter("buyer_count", "taken", "UPDATE buyer_count SET taken = 0"),
        counter("buyer_count", "taken", "UPDATE buyer_count SET taken = 1, most = 1"),
        counter("buyer_count", "taken", "DELETE FROM buyer_count"),
        counter("buyer_count", "taken", "UPDATE buyer_count SET buyer = 'somebody else'"),
    ]

    /// What a person has to look at: goods, and what stands beside the orders.
    static let goods = [
        person(
            .oversold, "pool", "sellable", "UPDATE movement SET quantity = 2 WHERE quantity = 10"),
        person(
            .impossibleStock, "balance", "on_hand",
            "UPDATE movement SET from_location_id = to_location_id, to_location_id = from_location_id WHERE quantity = 5"
        ),
        person(
            .impossibleStock, "pool", "sellable",
            "UPDATE movement SET from_location_id = to_location_id, to_location_id = from_location_id WHERE quantity = 5"
        ),
        person(.oversold, "pool", "sellable", "UPDATE lot SET status = 'blocked' WHERE grade IS NULL"),
        person(.ringFenced, "pool", "allotted", "UPDATE pool SET allotted = 1 WHERE sellable = 5"),
        person(.unknownGoods, "pool", "committed", "UPDATE order_line SET sku_id = gen_random_uuid() \(of("paid"))"),
        person(
            .unknownGoods, "order_line", "sku_id", "UPDATE order_line SET sku_id = gen_random_uuid() \(of("short"))"),
        person(.doubtfulOrders, "pool", "committed", "UPDATE order_line SET claim = 'released' \(of("paid"))"),
        person(
            .doubtfulOrders, "pool", "committed", "DELETE FROM customer_order WHERE reference = 'paid'",
            "UPDATE pool SET committed = 0 WHERE sellable = 10"),
        person(
            .doubtfulOrders, "buyer_count", "taken", "DELETE FROM order_line \(of("set", 2))",
            "UPDATE buyer_count SET taken = 0"),
        person(.stray, "order_line", "order_id", "DELETE FROM customer_order WHERE reference = 'paid'"),
        person(.stray, "recipient", "order_id", "DELETE FROM customer_order WHERE reference = 'paid'"),
        person(.stray, "order_terms", "order_id", "DELETE FROM customer_order WHERE reference = 'limited'"),
        person(.stray, "recipient", "version", "UPDATE recipient SET version = 2"),
        person(.closedPlace, "location", "closed_at", "UPDATE location SET closed_at = now() WHERE kind = 'storage'"),
        person(
            .closedPlace, "zone", "closed_at",
            "INSERT INTO zone SELECT gen_random_uuid(), id, 'Z', 'Z', now(), now() FROM warehouse",
            "UPDATE location SET zone_id = (SELECT id FROM zone) WHERE kind = 'storage'"),
        person(
            .repeatedOrder, "customer_order", "reference",
            "ALTER TABLE customer_order DROP CONSTRAINT customer_order_once_per_source",
            """
            INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
            SELECT gen_random_uuid(), source, reference, fingerprint, state, total_fen, placed_at FROM customer_order
            WHERE reference = 'paid'
            """),
        person(
            .events, "outbox_number", "event_id", "INSERT INTO outbox_number VALUES (1, gen_random_uuid())"),
        person(.events, "relay_lease", "last_number", "INSERT INTO outbox_number VALUES (1, gen_random_uuid())"),
    ]

    /// What a person has to look at: orders that contradict themselves.
    static let orders = [
        order("customer_order", "state", "UPDATE customer_order SET state = 'held' WHERE reference = 'paid'"),
        order("customer_order", "state", "UPDATE order_line SET claim = 'committed', expires_at = NULL \(of("held"))"),
        order("customer_order", "state", "UPDATE customer_order SET state = 'paid_short' WHERE reference = 'paid'"),
        order("customer_order", "state", "UPDATE customer_order SET state = 'committed' WHERE reference = 'short'"),
        order(
            "customer_order", "total_fen", "UPDATE customer_order SET total_fen = total_fen + 1 WHERE reference = 'set'"
        ),
        order("customer_order", "total_fen", "DELETE FROM order_line \(of("paid"))"),
        order(
            "customer_order", "placed_total_fen",
            "UPDATE customer_order SET placed_total_fen = 1 WHERE reference = 'set'"),
        order(
            "customer_order", "placed_short", "UPDATE customer_order SET placed_short = true WHERE reference = 'held'"),
        order(
            "customer_order", "fingerprint",
            "ALTER TABLE customer_order DROP CONSTRAINT customer_order_fingerprint_check",
            "UPDATE customer_order SET fingerprint = '\\x00' WHERE reference = 'set'"),
        order("order_line", "position", "UPDATE order_line SET position = 7 \(of("paid"))"),
        order("order_line", "position", "DELETE FROM order_line \(of("set", 2))"),
        order("customer_order", "line_count", "DELETE FROM order_line \(of("set", 3))"),
        order("customer_order", "line_count", "DELETE FROM order_line \(of("split", 3))"),
        order(
            "order_line", "cancelled", "UPDATE customer_order SET total_fen = 0 WHERE reference = 'paid'",
            "UPDATE order_line SET cancelled = quantity, amount_fen = 0, claim = 'released' \(of("paid"))"),
        order(
            "order_line", "cancelled", "ALTER TABLE order_line DROP CONSTRAINT order_line_cancels_what_it_has",
            "ALTER TABLE order_line DROP CONSTRAINT order_line_amount_is_rounded_half_up",
            "UPDATE order_line SET cancelled = -1 \(of("paid"))"),
        order(
            "order_line", "claim", "ALTER TABLE order_line DROP CONSTRAINT order_line_of_nothing_claims_nothing",
            "UPDATE order_line SET cancelled = quantity, amount_fen = 0 \(of("held", 2))"),
        order(
            "order_line", "expires_at", "ALTER TABLE order_line DROP CONSTRAINT order_line_only_holds_expire",
            "UPDATE order_line SET expires_at = NULL \(of("held"))"),
        order(
            "order_line", "expires_at", "ALTER TABLE order_line DROP CONSTRAINT order_line_only_holds_expire",
            "UPDATE order_line SET expires_at = now() \(of("paid"))"),
        order("order_line", "expires_at", "UPDATE order_line SET expires_at = expires_at + '1 hour' \(of("held", 2))"),
        order(
            "order_line", "amount_fen", "ALTER TABLE order_line DROP CONSTRAINT order_line_amount_is_rounded_half_up",
            "UPDATE order_line SET amount_fen = amount_fen + 1 \(of("paid"))"),
        order("order_line", "warehouse_id", "UPDATE order_line SET warehouse_id = NULL, owner_id = NULL \(of("paid"))"),
        order(
            "order_line", "owner_id", "ALTER TABLE order_line DROP CONSTRAINT order_line_has_a_whole_pool",
            "UPDATE order_line SET owner_id = NULL \(of("paid"))"),
        order(
            "order_line", "warehouse_id",
            "ALTER TABLE order_line DROP CONSTRAINT order_line_short_of_goods_has_no_pool",
            "UPDATE order_line SET \(anyPool) \(of("short"))"),
        order("order_line", "warehouse_id", "UPDATE order_line SET \(anyPool) \(of("set"))"),
        order("order_line", "warehouse_id", "UPDATE order_line SET \(anyPool) \(of("split"))"),
        order("order_line", "quantity", "UPDATE order_line SET quantity = quantity + 1 \(of("split", 2))"),
        order("order_line", "quantity", "UPDATE order_line SET quantity = quantity + 1 \(of("set", 2))"),
        order(
            "order_line", "quantity", "UPDATE order_line SET cancelled = quantity, claim = 'released' \(of("set", 3))"),
        order(
            "order_line", "quantity",
            "UPDATE order_line SET cancelled = quantity, amount_fen = 0, claim = 'released' \(of("split"))"),
        order("order_line", "part_of", "DELETE FROM order_line \(of("set"))"),
        order("order_line", "part_of", "UPDATE order_line SET part_of = 2 \(of("set", 3))"),
        order("order_line", "claim", "UPDATE order_line SET claim = 'short' \(of("set"))"),
        order(
            "order_line", "claim",
            "UPDATE order_line SET claim = 'short', warehouse_id = NULL, owner_id = NULL \(of("set", 2))"),
    ]
}
