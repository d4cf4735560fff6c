import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Recipients in the database", .onDatabase)
struct RecipientStorageTests {
    /// A base with two orders, of Wang (1) and Li (2), and one without a recipient (3).
    private static func with(_ body: (TestBase) async throws -> Void) async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake(recipientKeys: Recipients.keys) { intake in
                _ = try await intake.desk.place(Melons.order("1", melons: 1, recipient: Recipients.wang))
                _ = try await intake.desk.place(Melons.order("2", melons: 1, recipient: Recipients.li))
                _ = try await intake.desk.place(Melons.order("3", melons: 1))
            }
            try await body(base)
        }
    }

    private static func key(_ reference: String) -> OrderIdentity {
        .key(OrderKey(source: Melons.source, reference: OrderReference(rawValue: reference)!))
    }

    /// The rows of every table, as text, that hold one of these words.
    private static func traces(of words: [String], in base: TestBase) async throws -> [String] {
        let tables = try await base.owner.query(
            sql: """
                SELECT relname::text FROM pg_class
                WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                """
        ) { row throws(DecodingFailure) in try row.next(String.self) }
        #expect(tables.contains("recipient") && tables.contains("outbox") && tables.contains("audit"))
        var found: [String] = []
        for table in tables {
            for word in words {
                let hex = word.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                let count = try await base.number(
                    """
                    SELECT count(*) FROM \(table) AS t
                    WHERE position('\(word)' IN t::text) > 0 OR position('\(hex)' IN t::text) > 0
                    """)
                if count > 0 { found.append("\(table) holds \(word)") }
            }
        }
        return found
    }

    @Test("nothing of a recipient stands in clear in any table, whatever is done with the order")
    func noTrace() async throws {
        try await Self.with { base in
            _ = try await base.orders.revealRecipient(of: Self.key("1"), by: base.principal)
            _ = try await base.change(.cancel, Self.key("1"), by: base.principal)
            let words = [
                "王小明", "13812345678", "12345678", "文三路", "李雷", "8765432", "田镇街道",
            ]
            #expect(try await Self.traces(of: words, in: base).isEmpty)
            #expect(
                try await Self.traces(of: ["王**"], in: base) == ["recipient holds 王**"],
                "the search finds what is there")
            #expect(try await base.number("SELECT count(*) FROM recipient WHERE key_id = '2026-11'") == 2)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("everybody sees the mask; the clear text is shown to whoever is recorded as having seen it")
    func reveal() async throws {
        try await Self.with { base in
            let details = try #require(try await base.orders.details(of: Self.key("1")))
            #expect(details.recipient?.mask == "王** 861****5678 浙江省杭州市西湖区")
            #expect(details.recipient?.region == "浙江省杭州市西湖区")
            #expect(try await base.orders.details(of: Self.key("3"))?.recipient == nil)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'recipient.reveal'") == 0)
            #expect(try await base.orders.revealRecipient(of: Self.key("1"), by: base.principal) == Recipients.wang)
            #expect(
                try await base.number(
                    "SELECT count(*) FROM audit WHERE action = 'recipient.reveal' AND actor = 'tester' AND subject = '\(details.summary.id)'"
                ) == 1)
            let failures: [(OrderIdentity, OrderSource?, Orders, String)] = [
                (Self.key("3"), nil, base.orders, "noRecipient"), (Self.key("4"), nil, base.orders, "unknownOrder"),
                (Self.key("1"), OrderSource(rawValue: "other"), base.orders, "unknownOrder"),
                (Self.key("1"), nil, Orders(pool: base.pool), #"recipientUnreadable(keyID: "2026-11")"#),
            ]
            for (order, source, orders, expected) in failures {
                await #expect {
                    try await orders.revealRecipient(of: order, from: source, by: base.principal)
                } throws: { "\($0)" == expected }
            }
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'recipient.reveal'") == 1)
        }
    }

    @Test("a recipient in another order's row does not open, and a recipient without its order is named")
    func swapped() async throws {
        try await Self.with { base in
            try await base.owner.execute(
                sql: "UPDATE recipient SET ciphertext = (SELECT ciphertext FROM recipient WHERE mask LIKE '李%')")
            await #expect { try await base.orders.revealRecipient(of: Self.key("1"), by: base.principal) } throws: {
                "\($0)" == #"recipientUnreadable(keyID: "2026-11")"#
            }
            #expect(try await base.orders.revealRecipient(of: Self.key("2"), by: base.principal) == Recipients.li)
            try await base.owner.execute(
                sql: "UPDATE recipient SET order_id = gen_random_uuid() WHERE mask LIKE '李%'")
            #expect(try await base.differences().map(\.table) == ["recipient"])
        }
    }

    @Test("without keys an order with a recipient is refused and leaves no row; one without a recipient is taken")
    func withoutKeys() async throws {
        try await TestBase.with { base in
            try await base.stockMelons(10)
            try await base.withIntake { intake in
                await #expect {
                    try await intake.desk.place(Melons.order("1", melons: 1, recipient: Recipients.wang))
                } throws: { error in
                    guard case IntakeError.recipientsNotConfigured = error else { return false }
                    return true
                }
                _ = try await intake.desk.place(Melons.order("2", melons: 1))
            }
            #expect(try await base.number("SELECT count(*) FROM customer_order") == 1)
            #expect(try await base.number("SELECT count(*) FROM recipient") == 0)
        }
    }

    @Test("the same order with another recipient is the same order, and the first recipient stays")
    func repeated() async throws {
        try await Self.with { base in
            try await base.withIntake(recipientKeys: Recipients.keys) { intake in
                let with = try await intake.desk.place(Melons.order("1", melons: 1, recipient: Recipients.li))
                #expect(try await intake.desk.place(Melons.order("1", melons: 1)) == with)
                _ = try await intake.desk.place(Melons.order("3", melons: 1, recipient: Recipients.li))
            }
            #expect(try await base.orders.revealRecipient(of: Self.key("1"), by: base.principal) == Recipients.wang)
            #expect(try await base.number("SELECT count(*) FROM recipient") == 2)
        }
    }

    @Test("recipients of old orders that are over are erased; what is to be packed keeps its own")
    func erase() async throws {
        try await Self.with { base in
            _ = try await base.change(.cancel, Self.key("2"))
            let old = Timestamp(microsecondsSince1970: 1_700_000_000_000_000)
            #expect(try await base.orders.eraseRecipients(placedBefore: old, by: base.principal) == 0)
            let later = Timestamp(microsecondsSince1970: 4_000_000_000_000_000)
            #expect(try await base.orders.eraseRecipients(placedBefore: later, by: base.principal) == 1)
            #expect(try await base.orders.eraseRecipients(placedBefore: later, by: base.principal) == 0)
            let erased = try #require(try await base.orders.details(of: Self.key("2"))?.recipient)
            #expect(erased.mask == nil && erased.erasedAt != nil && erased.region == "山东省淄博市高青县")
            await #expect { try await base.orders.revealRecipient(of: Self.key("2"), by: base.principal) } throws: {
                "\($0)".hasPrefix("recipientErased")
            }
            #expect(try await base.orders.revealRecipient(of: Self.key("1"), by: base.principal) == Recipients.wang)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'recipient.erase'") == 1)
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("more recipients than one transaction erases are erased all the same, past those that stay")
    func eraseMany() async throws {
        try await TestBase.with { base in
            let chunk = Int64(Orders.erasedPerTransaction)
            try await base.run(
                script: """
                    INSERT INTO customer_order (id, source, reference, fingerprint, state, total_fen, placed_at)
                    SELECT ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 's', n::text,
                        sha256(n::text::bytea), CASE WHEN n % 3 = 0 THEN 'held' ELSE 'shipped' END, 0, now()
                    FROM generate_series(1, \(chunk * 3 + 3)) AS n;
                    INSERT INTO recipient (order_id, ciphertext, key_id, mask, merge_key, region)
                    SELECT id, repeat('x', 92)::bytea, 'k', 'm', fingerprint, 'r' FROM customer_order;
                    """)
            let later = Timestamp(microsecondsSince1970: 4_000_000_000_000_000)
            #expect(
                try await base.orders.eraseRecipients(placedBefore: later, by: base.principal) == Int(chunk) * 2 + 2)
            #expect(try await base.number("SELECT count(*) FROM recipient WHERE erased_at IS NULL") == chunk + 1)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'recipient.erase'") == 3)
        }
    }

    @Test("the table holds a recipient whole or erased, and the service changes nothing else of it")
    func guarded() async throws {
        try await Self.with { base in
            for sql in [
                "UPDATE recipient SET ciphertext = NULL", "UPDATE recipient SET erased_at = now()",
                "UPDATE recipient SET mask = NULL, erased_at = now()",
                "UPDATE recipient SET ciphertext = NULL, mask = NULL, erased_at = now()",
            ] {
                await #expect("\(sql)") { try await base.owner.execute(sql: sql) } throws: { error in
                    (error as? PostgresError)?.sqlState == .checkViolation
                }
            }
            for sql in [
                "UPDATE recipient SET order_id = order_id", "UPDATE recipient SET key_id = 'x'",
                "UPDATE recipient SET region = 'x'", "DELETE FROM recipient",
                "UPDATE customer_order SET fingerprint = NULL", "UPDATE customer_order SET reference = 'x'",
                "UPDATE order_line SET quantity = 1", "UPDATE order_line SET sku_id = owner_id",
            ] {
                await #expect("\(sql)") {
                    try await base.pool.withConnection { try await $0.execute(sql: sql) }
                } throws: { error in
                    (error as? PostgresError)?.sqlState == .insufficientPrivilege
                }
            }
        }
    }
}
