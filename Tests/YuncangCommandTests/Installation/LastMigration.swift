import Schema

/// The newest migration of a base, and how a test takes it back: so that it is missing, and can be run again.
enum LastMigration {
    static let name = "m0012_intake"

    /// Undoes it in a schema, as its owner.
    static func undo(in schema: String) -> String {
        """
        SET LOCAL search_path TO \(schema);
        DROP TABLE set_component, buyer_limit, buyer_count, order_terms;
        ALTER TABLE customer_order DROP COLUMN revision, DROP COLUMN placed_short, DROP COLUMN placed_total_fen;
        ALTER TABLE order_line DROP COLUMN cancelled, DROP COLUMN part_of, DROP COLUMN reason,
            DROP CONSTRAINT order_line_has_a_whole_pool, DROP CONSTRAINT order_line_short_of_goods_has_no_pool,
            ADD CONSTRAINT order_line_amount_is_rounded_half_up CHECK (amount_fen >= 0);
        ALTER TABLE recipient DROP CONSTRAINT recipient_pkey, DROP COLUMN version, ADD PRIMARY KEY (order_id);
        DELETE FROM migration WHERE name = '\(name)';
        """
    }
}
