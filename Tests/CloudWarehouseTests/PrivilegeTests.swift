import CloudWarehouse
import Postgres
import Testing
import WarehouseTesting

@Suite("What the service may not do", .onDatabase)
struct PrivilegeTests {
    @Test("the service's role cannot rewrite history, change keys, delete or create")
    func refused() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(1)
            let partition = try await base.owner.query(ExistingPartitions())[0]
            let forbidden = [
                "UPDATE movement SET quantity = 2", "DELETE FROM movement", "TRUNCATE movement",
                "UPDATE audit SET actor = 'somebody else'", "DELETE FROM audit", "UPDATE audit_seal SET number = 2",
                "DELETE FROM audit_seal", "TRUNCATE audit_seal", "UPDATE outbox SET kind = 'x'",
                "DELETE FROM outbox", "DELETE FROM pool", "DELETE FROM balance",
                "UPDATE outbox_number SET number = 9", "DELETE FROM outbox_number",
                "DELETE FROM relay_lease", "INSERT INTO relay_lease SELECT * FROM relay_lease",
                "UPDATE relay_lease SET name = 'outbox'",
                "DELETE FROM customer_order", "UPDATE repair SET note = 'x'", "DELETE FROM repair",
                "UPDATE repair_entry SET delta = 0", "DELETE FROM repair_entry", "TRUNCATE repair, repair_entry",
                "UPDATE pool SET sku_id = warehouse_id", "UPDATE balance SET lot_id = owner_id",
                "UPDATE sku SET base_unit = 'gram'", "UPDATE sku SET code = 'x'", "UPDATE lot SET owner_id = id",
                "UPDATE token SET role = 'operator'", "UPDATE token SET digest = digest",
                "UPDATE token SET owner_id = id",
                "UPDATE token SET expires_at = NULL", "DELETE FROM token", "UPDATE token SET kind = 'program'",
                "UPDATE token SET family_id = NULL", "DELETE FROM sign_in_code",
                "UPDATE overlay_sku SET sku_id = sku_id",
                "DELETE FROM shipment", "UPDATE shipment SET tracking = 'YT1234'",
                "UPDATE sheet_mapping SET source = 'x'",
                "DELETE FROM overlay_sku", "UPDATE feed_secret SET secret = secret", "DELETE FROM feed_secret",
                "INSERT INTO feed_secret SELECT * FROM feed_secret",
                "CREATE TABLE mine (id uuid PRIMARY KEY)", "DROP TABLE pool", "SELECT FROM \(partition)",
                "ALTER TABLE pool DROP CONSTRAINT pool_never_oversold",
            ]
            for sql in forbidden {
                await #expect("\(sql)") {
                    try await base.pool.withConnection { try await $0.execute(sql: sql) }
                } throws: { error in
                    (error as? PostgresError)?.sqlState == .insufficientPrivilege
                }
            }
        }
    }

    @Test("of what only grows no column may be changed, nothing be deleted, and no partition be reached past its table")
    func appendOnly() async throws {
        try await TestBase.with { base in
            let grants = """
                FROM pg_class WHERE relnamespace = '\(base.schema)'::regnamespace AND relkind IN ('r', 'p')
                """
            let role = "'yuncang_service'"
            for table in [
                "movement", "adjustment", "audit", "audit_seal", "outbox", "outbox_number", "repair", "repair_entry",
                "inbound_line", "inbound_event", "inbound_receipt", "loading_event", "loading_worker",
                "inbound_picture", "transfer_event", "transfer_pick", "transfer_arrival", "stock_count_event",
                "stock_count_entry", "wave_pick", "manifest",
            ] {
                let found = try await base.number(
                    """
                    SELECT count(*) \(grants) AND relname = '\(table)'
                    AND has_table_privilege(\(role), oid, 'INSERT')
                    AND NOT has_any_column_privilege(\(role), oid, 'UPDATE')
                    AND NOT has_table_privilege(\(role), oid, 'DELETE')
                    """)
                #expect(found == 1, "\(table)")
            }
            let emptied = try await base.number(
                "SELECT count(*) \(grants) AND has_table_privilege(\(role), oid, 'TRUNCATE, REFERENCES, TRIGGER')")
            #expect(emptied == 0, "tables that it may empty, refer to or put triggers on")
            let partitions = "\(grants) AND relispartition"
            #expect(try await base.number("SELECT count(*) \(partitions)") > 0)
            let reached = try await base.number(
                """
                SELECT count(*) \(partitions) AND (has_table_privilege(\(role), oid, 'INSERT, DELETE')
                    OR has_any_column_privilege(\(role), oid, 'SELECT, UPDATE'))
                """)
            #expect(reached == 0, "partitions that it may reach")
            let records = try await base.number(
                """
                SELECT count(*) \(grants) AND relname = 'migration'
                AND (has_any_column_privilege(\(role), oid, 'INSERT, UPDATE')
                    OR has_table_privilege(\(role), oid, 'DELETE'))
                """)
            #expect(records == 0, "the record of migrations")
        }
    }
}
