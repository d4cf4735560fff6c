import EventLoop
import Logging
import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("The audit log's seals", .onDatabase)
struct AuditSealTests {
    /// What somebody with every right might do to a sealed log of four rows, and the words by which it is named.
    private static let corruptions: [(sql: String, named: [String])] = [
        ("UPDATE audit SET actor = 'somebody else' WHERE id = $2", ["audit 2: content is altered"]),
        ("UPDATE audit SET origin = 'elsewhere' WHERE id = $1", ["audit 1: content is altered"]),
        ("UPDATE audit SET action = 'nothing' WHERE id = $3", ["audit 3: content is altered"]),
        ("UPDATE audit SET subject = subject || ' ' WHERE id = $4", ["audit 4: content is altered"]),
        (#"UPDATE audit SET detail = detail || '{"x": 1}' WHERE id = $4"#, ["audit 4: content is altered"]),
        (
            "UPDATE audit SET recorded_at = recorded_at + interval '1 microsecond' WHERE id = $2",
            ["audit 2: content is altered"]
        ),
        ("DELETE FROM audit WHERE id = $1", ["audit 1: content is missing"]),
        ("DELETE FROM audit WHERE id = $3", ["audit 3: content is missing"]),
        ("DELETE FROM audit WHERE id >= $3", ["audit 3: content is missing", "audit 4: content is missing"]),
        (
            """
            UPDATE audit SET actor = other.actor, origin = other.origin, action = other.action,
                subject = other.subject, detail = other.detail, recorded_at = other.recorded_at
            FROM audit AS other WHERE audit.id IN ($1, $4) AND other.id IN ($1, $4) AND other.id <> audit.id
            """, ["audit 1: content is that of 4", "audit 4: content is that of 1"]
        ),
        (
            "INSERT INTO audit SELECT overlay(id::text placing 'fff' from 16 for 3)::uuid, actor, origin, action, subject, "
                + "detail, recorded_at FROM audit WHERE id = $2",
            ["content is inserted, should be missing"]
        ),
        ("DELETE FROM audit_seal WHERE number = 2", ["audit_seal 2: digest is missing", "audit_seal 3: digest is"]),
        (
            "DELETE FROM audit_seal WHERE number <= 2",
            ["audit_seal 1: digest is missing", "audit_seal 2: digest is missing"]
        ),
        (
            "UPDATE audit_seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 2",
            ["audit_seal 2: digest is"]
        ),
        ("UPDATE audit_seal SET from_id = $1 WHERE number = 2", ["audit_seal 2: digest is"]),
        (
            "UPDATE audit_seal SET contents = set_byte(contents, 20, get_byte(contents, 20) # 1) WHERE number = 2",
            ["audit_seal 2: digest is", "audit 2: content is altered"]
        ),
        ("UPDATE audit_seal SET digest = sha256(digest) WHERE number = 4", ["audit_seal 4: digest is"]),
    ]

    @Test("each way to falsify a sealed log names the row or the seal", arguments: corruptions.indices)
    func corrupted(index: Int) async throws {
        let (sql, named) = Self.corruptions[index]
        try await TestBase.with { base in
            try await base.prepareMelons()
            let marks = try await base.sealAll(rowsPerSeal: 1)
            #expect(marks.map(\.number) == [1, 2, 3, 4])
            let before = try await Verification(pool: base.pool, known: marks[3]).run()
            #expect(before.differences.isEmpty && before.audit.sealed == 4 && before.audit.last == marks[3])
            let ids = try await base.auditIDs()
            #expect(try await base.owner.execute(sql: Self.text(sql, ids)) >= 1)
            let found = try await base.differences().map { difference in
                ids.enumerated().reduce(difference.description) { $0.replacing($1.element, with: "\($1.offset + 1)") }
            }
            for words in named {
                #expect(found.contains { $0.contains(words) }, "\(words) is not among \(found)")
            }
            #expect(found.count == named.count || sql.contains("audit_seal"), "more than happened: \(found)")
        }
    }

    @Test("rows under each other's ids are named with the rows whose content they have")
    func swappedIDs() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            try await base.sealAll(rowsPerSeal: 1_000)
            let ids = try await base.auditIDs()
            // The last of the ids of its millisecond, so that the row stays in its partition meanwhile.
            let spare = String(ids[0].prefix(14) + "7fff" + ids[0].dropFirst(18))
            for (from, to) in [(ids[0], spare), (ids[1], ids[0]), (spare, ids[1])] {
                try await base.owner.execute(sql: "UPDATE audit SET id = '\(to)' WHERE id = '\(from)'")
            }
            let found = try await base.differences().map(\.description)
            #expect(
                found.sorted() == [
                    "audit \(ids[0]): content is that of \(ids[1]), should be as sealed by 1",
                    "audit \(ids[1]): content is that of \(ids[0]), should be as sealed by 1",
                ], "\(found)")
        }
    }

    @Test("a tail cut off with its seals, or a chain forged as a whole, is named to who noted a seal elsewhere")
    func cutTail() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let marks = try await base.sealAll(rowsPerSeal: 1)
            let ids = try await base.auditIDs()
            try await base.owner.execute(sql: "DELETE FROM audit WHERE id >= '\(ids[2])'")
            try await base.owner.execute(sql: "DELETE FROM audit_seal WHERE number >= 3")
            #expect(try await base.differences().isEmpty, "nothing in the database tells of it")
            let cut = try await Verification(pool: base.pool, known: marks[3]).run().differences
            #expect(
                cut.map(\.description) == ["audit_seal 4: digest is missing, should be \(marks[3].digest.hexadecimal)"])
            try await base.owner.execute(sql: "UPDATE audit SET actor = 'somebody else'")
            try await base.owner.execute(sql: "DELETE FROM audit_seal")
            let forged = try await base.sealAll(rowsPerSeal: 1)
            #expect(try await base.differences().isEmpty)
            let named = try await Verification(pool: base.pool, known: marks[1]).run().differences
            #expect(named.map(\.stored) == [forged[1].digest.hexadecimal])
        }
    }

    @Test("rows after the last seal are counted as unprotected, and sealing them leaves the older seals alone")
    func unsealed() async throws {
        try await TestBase.with { base in
            let empty = try await Verification(pool: base.pool).run()
            #expect(empty.audit.last == nil && empty.audit.unsealed == 0)
            try await base.prepareMelons()
            let young = AuditSealer(pool: base.pool, logger: .silent)
            #expect(try await young.seal().isEmpty, "rows of this minute are left for the next")
            #expect(try await Verification(pool: base.pool).run().audit.unsealed == 4)
            let first = try await base.sealAll()
            _ = try await base.catalog.importEntries(
                [Melons.entries[0].renamed("甜瓜")], of: Melons.owner, by: base.principal)
            #expect(try await Verification(pool: base.pool).run().audit.unsealed == 1)
            let second = try await base.sealAll()
            let last = try #require(first.last)
            #expect(second.map(\.number) == [last.number + 1])
            let report = try await Verification(pool: base.pool, known: last).run()
            #expect(report.differences.isEmpty && report.audit.sealed == 5 && report.audit.unsealed == 0)
        }
    }

    @Test("what a transaction commits late, under an id below others that are there already, is not sealed without it")
    func lateCommit() async throws {
        try await TestBase.with(connections: 3) { base in
            try await base.pool.withTransaction { late in
                let at = try #require(try await late.query(DatabaseClock()).first)
                // The same moment in which the others read the clock: their ids are higher.
                try await base.prepareMelons()
                let sealer = AuditSealer(pool: base.pool, limits: .atOnce, logger: .silent)
                #expect(try await sealer.seal().isEmpty, "a row may come below all of them")
                var ids = IDGenerator(at: at)
                try await late.execute(
                    InsertAuditEntry(
                        id: ids.next(), principal: base.principal, action: "late", subject: "x",
                        detail: JSONB(text: "{}"), at: at))
            }
            try await base.sealAll()
            let report = try await Verification(pool: base.pool).run()
            #expect(report.differences.isEmpty && report.audit.sealed == 5)
        }
    }

    @Test("sealers that run at the same time seal each row once, in one chain")
    func concurrentSealers() async throws {
        try await TestBase.with(connections: 6) { base in
            for number in 0..<5 {
                _ = try await base.stock.addWarehouse(
                    code: WarehouseCode("w\(number)"), name: Name("仓\(number)"), by: base.principal)
            }
            let numbers = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for _ in 0..<6 { group.addTask { try await base.sealAll(rowsPerSeal: 1).map(\.number) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(numbers.sorted() == [1, 2, 3, 4, 5], "each number was given once")
            let report = try await Verification(pool: base.pool).run()
            #expect(report.differences.isEmpty && report.audit.sealed == 5 && report.audit.unsealed == 0)
        }
    }

    @Test("a running sealer seals what comes, and ends when it is cancelled")
    func running() async throws {
        try await TestBase.with { base in
            var limits = AuditSealLimits.atOnce
            limits.interval = .milliseconds(1)
            let sealer = AuditSealer(pool: base.pool, limits: limits, logger: .silent)
            let running = Task { await sealer.run() }
            try await base.prepareMelons()
            while try await Verification(pool: base.pool).run().audit.unsealed > 0 { await Task.yield() }
            running.cancel()
            await running.value
            #expect(try await base.differences().isEmpty)
        }
    }

    @Test("a mark reads as it is written, and nothing else reads as one")
    func marks() throws {
        let mark = try #require(SealMark(number: 12, digest: Bytea((0..<32).map { UInt8($0 * 8) })))
        #expect(SealMark(mark.description) == mark)
        #expect(mark.description.hasPrefix("12:000810"))
        let digits = String(repeating: "0", count: 64)
        for text in [
            "", "12", "12:", ":\(digits)", "0:\(digits)", "-1:\(digits)", "1:\(digits)00", "1:\(digits.dropLast())x",
        ] {
            #expect(SealMark(text) == nil, "\(text)")
        }
    }

    private static func text(_ sql: String, _ ids: [String]) -> String {
        ids.enumerated().reduce(sql) { $0.replacing("$\($1.offset + 1)", with: "'\($1.element)'") }
    }
}

extension AuditSealLimits {
    /// Without a margin: the tests' clock is not set back.
    fileprivate static var atOnce: AuditSealLimits {
        var limits = AuditSealLimits()
        limits.margin = .zero
        return limits
    }
}

extension Logger {
    fileprivate static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

extension CatalogEntry {
    fileprivate func renamed(_ name: String) throws -> CatalogEntry {
        CatalogEntry(code: code, name: try Name(name), unit: unit, category: category, price: price)
    }
}

extension TestBase {
    /// Seals until nothing is left: transactions of other tests, which have the same role, may hold it up.
    @discardableResult
    fileprivate func sealAll(rowsPerSeal: Int32 = 1_000) async throws -> [SealMark] {
        var limits = AuditSealLimits.atOnce
        limits.rowsPerSeal = rowsPerSeal
        let sealer = AuditSealer(pool: pool, limits: limits, logger: .silent)
        var marks: [SealMark] = []
        repeat { marks += try await sealer.seal() } while try await Verification(pool: pool).run().audit.unsealed > 0
        return marks
    }

    /// The log's ids in order.
    fileprivate func auditIDs() async throws -> [String] {
        try await owner.query(sql: "SELECT id::text FROM audit ORDER BY id") { row throws(DecodingFailure) in
            try row.next(String.self)
        }
    }
}
