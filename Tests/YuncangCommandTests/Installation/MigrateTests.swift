import CloudWarehouse
import Postgres
import PostgresTesting
import Schema
import Testing

@testable import yuncang

/// `migrate` against a server of its own.
@Suite("migrate", .serialized)
struct MigrateTests {
    private static let register = Schema.installation.map(\.name)
    private static let base = Schema.base.map(\.name)

    @Test("--check lists what would run, and changes nothing; migrate runs it in order, once, and records it")
    func ordered() async throws {
        try await PrivateInstallation.with { installation in
            let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'yuncang' OR nspname LIKE 'base%'"
            let check = await installation.yuncang("migrate", "--check", "--json")
            #expect(check.status == .differences)
            #expect(check.output == #"[{"schema":"yuncang","pending":\#(Self.json(Self.register))}]"# + "\n")
            #expect(try await installation.number(schemas) == 0)
            let first = await installation.yuncang("migrate", "--json")
            #expect(first.status == .success)
            #expect(first.output == #"[{"schema":"yuncang","ran":\#(Self.json(Self.register))}]"# + "\n")
            let again = await installation.yuncang("migrate")
            #expect(again.status == .success && again.output == "everything had run already\n")
            #expect(await installation.yuncang("migrate", "--check").output == "nothing is pending\n")
            let record = try await installation.record(of: "yuncang")
            #expect(record.map(\.name) == Self.register)
            #expect(record.map(\.checksum) == Schema.installation.map { $0.checksum.bytes })
        }
    }

    @Test("a base that is created has run everything that there is, and later migrations come by migrate")
    func bases() async throws {
        try await PrivateInstallation.withBase { installation in
            let record = try await installation.record(of: "base_gaoqing")
            #expect(record.map(\.name) == Self.base)
            #expect(record.map(\.checksum) == Schema.base.map { $0.checksum.bytes })
            try await installation.sql(
                """
                DROP TABLE base_gaoqing.shipment;
                DELETE FROM base_gaoqing.migration WHERE name = 'm0015_shipments'
                """)
            let call = await installation.yuncang("migrate", "--json")
            #expect(call.output.contains(#"{"schema":"base_gaoqing","ran":["m0015_shipments"]}"#))
            #expect(try await installation.record(of: "base_gaoqing").map(\.name) == Self.base)
            #expect(try await installation.number("SELECT count(*) FROM base_gaoqing.shipment") == 0)
        }
    }

    @Test("four at once: all succeed, and each migration ran once")
    func concurrent() async throws {
        try await PrivateInstallation.with { installation in
            let calls = await withTaskGroup(of: Call.self) { group in
                for _ in 0..<4 { group.addTask { await installation.yuncang("migrate", "--json") } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(calls.map(\.status) == Array(repeating: .success, count: 4), "\(calls.map(\.error))")
            for name in Self.register {
                #expect(calls.count { $0.output.contains(#""\#(name)""#) } == 1, "\(calls.map(\.output))")
            }
            let record = try await installation.record(of: "yuncang").map(\.name)
            #expect(record == Self.register)
        }
    }

    @Test("a record that does not fit is refused, named, and nothing runs")
    func misfits() async throws {
        try await PrivateInstallation.withBase { installation in
            try await installation.sql("CREATE TABLE public.saved AS SELECT * FROM base_gaoqing.migration")
            let zeros = "decode(repeat('00', 32), 'hex')"
            for (change, words) in [
                (
                    "UPDATE base_gaoqing.migration SET checksum = \(zeros) WHERE position = 1",
                    "m0001_places has run with another text"
                ),
                (
                    "UPDATE base_gaoqing.migration SET name = 'm0002_other' WHERE position = 2",
                    "m0002_other has run, but this binary does not have it"
                ),
                (
                    """
                    UPDATE base_gaoqing.migration SET position = 100 WHERE position = 1;
                    UPDATE base_gaoqing.migration SET position = 1 WHERE position = 2
                    """, "m0002_catalog has run in another order"
                ),
                (
                    "INSERT INTO base_gaoqing.migration VALUES (99, 'm0099_later', \(zeros), now())",
                    "the schema is newer than this binary: m0099_later has run"
                ),
            ] {
                try await installation.sql(change)
                let before = try await installation.record(of: "base_gaoqing").map(\.name)
                for arguments in [["migrate"], ["migrate", "--check"], ["maintain"]] {
                    let call = await Call.make(arguments, of: Yuncang.self, environment: installation.environment)
                    #expect(call.status == .configuration, "\(arguments): \(call)")
                    #expect(call.error.contains(words) && call.error.contains("run the yuncang that migrated it"))
                    #expect(call.output.isEmpty)
                }
                #expect(try await installation.record(of: "base_gaoqing").map(\.name) == before)
                try await installation.sql(
                    "DELETE FROM base_gaoqing.migration; INSERT INTO base_gaoqing.migration SELECT * FROM public.saved")
                #expect(await installation.yuncang("migrate").status == .success)
            }
        }
    }

    @Test("the service's role may not migrate, create or maintain, and is told who may", arguments: [true, false])
    func serviceRole(isInstalled: Bool) async throws {
        try await PrivateInstallation.with { installation in
            if isInstalled { try await installation.install() }
            let changes = isInstalled ? [["base", "create", "zibo", "--name", "淄博"]] : [["migrate"]]
            var environment = installation.environment
            environment["YUNCANG_OWNER_URL"] = nil
            for arguments in changes {
                let call = await Call.make(arguments, of: Yuncang.self, environment: environment)
                #expect(call.status == .notPermitted, "\(arguments): \(call.error)")
                #expect(call.error.contains("set YUNCANG_OWNER_URL"))
            }
            let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'yuncang' OR nspname LIKE 'base%'"
            #expect(try await installation.number(schemas) == (isInstalled ? 2 : 0))
        }
    }

    @Test("without the role that serves nothing is made, and the remedy is to create it")
    func missingRole() async throws {
        try await PrivateInstallation.with { installation in
            try await installation.sql("DROP ROLE yuncang_service", in: "postgres")
            let call = await installation.yuncang("migrate")
            #expect(call.status == .configuration)
            #expect(call.error.contains("CREATE ROLE yuncang_service LOGIN"))
            #expect(try await installation.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'yuncang'") == 0)
            try await installation.sql("CREATE ROLE yuncang_service LOGIN", in: "postgres")
            #expect(await installation.yuncang("migrate").status == .success)
        }
    }

    private static func json(_ names: [String]) -> String {
        "[" + names.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    }
}
