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
                "DELETE FROM customer_order",
                "UPDATE pool SET sku_id = warehouse_id", "UPDATE balance SET lot_id = owner_id",
                "UPDATE sku SET base_unit = 'gram'", "UPDATE sku SET code = 'x'", "UPDATE lot SET owner_id = id",
                "UPDATE token SET role = 'operator'", "UPDATE token SET digest = digest",
                "UPDATE token SET owner_id = id",
                "UPDATE token SET expires_at = NULL", "DELETE FROM token",
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
}
