import CloudWarehouse
import PostgresTesting
import Testing

@testable import yuncang

/// Each finding of `doctor`, by a fault that is really there.
@Suite("doctor", .serialized)
struct DoctorTests {
    /// A fault of an installation: how it comes about and goes away, and how it is named.
    private struct Fault {
        let check: Check
        let verdict: Diagnosis.Verdict
        let inflict: String
        let heal: String
        /// What is found, in part.
        let found: String
        /// What to do, in part.
        let remedy: String
        var next: String?
    }

    private static let faults = [
        Fault(
            check: .durability, verdict: .problem, inflict: "ALTER ROLE yuncang_service SET synchronous_commit = off",
            heal: "ALTER ROLE yuncang_service RESET synchronous_commit", found: "synchronous_commit off",
            remedy: "ALTER SYSTEM RESET"),
        Fault(
            check: .service, verdict: .problem, inflict: "ALTER ROLE yuncang_service SUPERUSER",
            heal: "ALTER ROLE yuncang_service NOSUPERUSER", found: "is a superuser",
            remedy: "ALTER ROLE yuncang_service NOSUPERUSER;"),
        Fault(
            check: .service, verdict: .problem, inflict: "GRANT CREATE ON DATABASE yuncang TO yuncang_service",
            heal: "REVOKE CREATE ON DATABASE yuncang FROM yuncang_service", found: "may create schemas or tables",
            remedy: "REVOKE CREATE"),
        Fault(
            check: .service, verdict: .problem, inflict: "ALTER TABLE base_gaoqing.pool OWNER TO yuncang_service",
            heal: "ALTER TABLE base_gaoqing.pool OWNER TO yuncang_owner", found: "tables or indexes",
            remedy: "REASSIGN OWNED BY yuncang_service"),
        Fault(
            check: .owner, verdict: .problem, inflict: "REVOKE CREATE ON DATABASE yuncang FROM yuncang_owner",
            heal: "GRANT CREATE ON DATABASE yuncang TO yuncang_owner", found: "yuncang_owner may not create",
            remedy: "GRANT CREATE ON DATABASE"),
        Fault(
            check: .schema, verdict: .problem,
            inflict: """
                INSERT INTO base_gaoqing.migration
                VALUES (99, 'm0099_later', decode(repeat('00', 32), 'hex'), now())
                """,
            heal: "DELETE FROM base_gaoqing.migration WHERE position = 99", found: "is newer than this yuncang",
            remedy: "run the yuncang that migrated it"),
        Fault(
            check: .schema, verdict: .problem,
            inflict: """
                CREATE TABLE public.saved AS SELECT * FROM base_gaoqing.migration;
                UPDATE base_gaoqing.migration SET checksum = decode(repeat('00', 32), 'hex') WHERE position = 2
                """,
            heal: """
                UPDATE base_gaoqing.migration SET checksum = saved.checksum FROM public.saved
                WHERE saved.position = migration.position;
                DROP TABLE public.saved
                """,
            found: "has run with another text", remedy: "run the yuncang that migrated it"),
        Fault(
            check: .schema, verdict: .problem,
            inflict: """
                CREATE TABLE public.saved AS SELECT * FROM base_gaoqing.migration;
                DELETE FROM base_gaoqing.migration WHERE name = 'm0013_bounds'
                """,
            heal: """
                INSERT INTO base_gaoqing.migration SELECT * FROM public.saved WHERE name = 'm0013_bounds';
                DROP TABLE public.saved
                """,
            found: "m0013_bounds", remedy: "migrate it", next: "yuncang migrate"),
        Fault(
            check: .bases, verdict: .warning,
            inflict: "CREATE TABLE public.saved AS SELECT * FROM yuncang.base; DELETE FROM yuncang.base",
            heal: "INSERT INTO yuncang.base SELECT * FROM public.saved; DROP TABLE public.saved",
            found: "there is no base yet", remedy: "create one", next: "yuncang base create KEY --name NAME"),
        Fault(
            check: .vacuum, verdict: .warning, inflict: "BEGIN; CREATE TABLE t (); PREPARE TRANSACTION 'forgotten'",
            heal: "ROLLBACK PREPARED 'forgotten'", found: "1 prepared", remedy: "ROLLBACK PREPARED"),
    ]

    @Test("a sound installation has no trouble; each fault is named with its remedy, and is gone when it is healed")
    func faults() async throws {
        try await PrivateInstallation.withBase(settings: ["max_prepared_transactions = 2"]) { installation in
            #expect(try await installation.doctor().troubles == [])
            for fault in Self.faults {
                try await installation.sql(fault.inflict)
                let report = try await installation.doctor()
                let entry = try #require(
                    report.about(fault.check).first { $0.verdict == fault.verdict.rawValue }, "\(fault) \(report)")
                #expect(entry.found.contains(fault.found), "\(entry)")
                #expect(entry.remedy?.contains(fault.remedy) == true, "\(entry)")
                #expect(entry.next.map(\.command) == (fault.next.map { [$0] } ?? []))
                try await installation.sql(fault.heal)
                #expect(try await installation.doctor().troubles == [], "after \(fault.heal)")
            }
        }
    }

    @Test("partitions that are missing now are a problem, those of a coming month a warning, and maintain heals both")
    func partitions() async throws {
        try await PrivateInstallation.withBase { installation in
            for (monthsAhead, verdict) in [(0, "problem"), (1, "warning")] {
                try await installation.sql(
                    """
                    DO $$ BEGIN
                        EXECUTE 'DROP TABLE base_gaoqing.audit_' || to_char(
                            date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai')
                                + interval '\(monthsAhead) months', 'YYYY_MM');
                    END $$
                    """)
                let entry = try #require(try await installation.doctor().about(.partitions).first)
                #expect(entry.verdict == verdict && entry.found.contains("gaoqing lacks audit_"))
                #expect(entry.next.map(\.command) == ["yuncang maintain"])
                #expect(await installation.yuncang("maintain").status == .success)
                #expect(try await installation.doctor().troubles == [])
            }
        }
    }

    @Test("before migration it says so, and of what stands on the schema that it was not looked at")
    func notInstalled() async throws {
        try await PrivateInstallation.with { installation in
            let report = try await installation.doctor()
            #expect(report.troubles == ["schema problem", "bases not_examined", "partitions not_examined"])
            #expect(report.about(.schema).first?.next.map(\.command) == ["yuncang migrate"])
            try await installation.sql("DROP ROLE yuncang_service", in: "postgres")
            let service = try await installation.doctor(
                with: ["YUNCANG_DATABASE_URL": installation.url("yuncang_owner")]
            ).about(.service).first
            #expect(service?.remedy?.contains("CREATE ROLE yuncang_service LOGIN") == true)
        }
    }

    @Test("a database that cannot be reached is the finding; the machine is looked at all the same")
    func unreachable() async throws {
        try await PrivateInstallation.with { installation in
            try await installation.cluster.stop()
            let report = try await installation.doctor()
            #expect(report.status == .differences)
            let connection = try #require(report.about(.connection).first)
            #expect(connection.verdict == "problem" && connection.found.hasPrefix("the database cannot be reached: "))
            #expect(connection.remedy?.contains("start PostgreSQL") == true)
            #expect(connection.next.isEmpty, "who asks the doctor is not sent to the doctor")
            for check in Check.inDatabase {
                #expect(report.about(check).map(\.verdict) == ["not_examined"])
            }
            #expect(report.about(.listener).first?.verdict == "ok")
            #expect(report.about(.ownerConnection).first?.verdict == "problem")
            let words = await installation.yuncang("doctor", "--listen", "127.0.0.1:0")
            #expect(words.output.contains("✗ problem  connection"))
            #expect(words.output.contains("1 problem") || words.output.contains("2 problems"))
            let chinese = await installation.yuncang("doctor", "--listen", "127.0.0.1:0", "--lang", "zh")
            #expect(chinese.output.contains("✗ 问题  连接"))
            #expect(chinese.output.contains("办法：启动 PostgreSQL"))
            #expect(!words.output.contains("\u{1B}"), "colours in a pipe")
        }
    }

    @Test("who is connected, and to what, is told: a superuser, a stranger, a socket, an old encoding, a busy server")
    func surroundings() async throws {
        try await PrivateInstallation.withBase { installation in
            func entry(_ check: Check, _ url: String) async throws -> DoctorReport.Entry {
                try #require(
                    try await installation.doctor(with: ["YUNCANG_DATABASE_URL": url]).about(check).first)
            }
            let superuser = try await entry(.session, installation.url("postgres"))
            #expect(superuser.verdict == "warning" && superuser.found == "postgres, a superuser")
            try await installation.sql("CREATE ROLE stranger LOGIN")
            let stranger = try await entry(.schema, installation.url("stranger"))
            #expect(stranger.verdict == "problem" && stranger.found == "this role may not look at schema yuncang")
            let socket =
                "host=\(installation.cluster.folder) port=\(installation.cluster.port) user=yuncang_service dbname=yuncang"
            #expect(try await entry(.transport, socket).found == "a Unix-domain socket")
            for (encoding, verdict) in [("UTF8", "warning"), ("SQL_ASCII", "problem")] {
                try await installation.sql(
                    "CREATE DATABASE \(encoding) TEMPLATE template0 LOCALE 'C' ENCODING '\(encoding)'")
                let text = try await entry(
                    .text, installation.url("yuncang_service", database: encoding.lowercased()))
                #expect(text.verdict == verdict && text.found == "\(encoding), C", "\(text)")
            }
            let busy = try await installation.doctor("--connections", "500").about(.connections).first
            #expect(busy?.verdict == "warning" && busy?.found.hasSuffix("serve wants 500") == true)
            #expect(await installation.yuncang("doctor", "--connections", "0").status == .usage)
        }
    }

    @Test("the owner's connection must lead to the same database, as a role that owns the schemas")
    func owner() async throws {
        try await PrivateInstallation.withBase { installation in
            func entry(_ url: String) async throws -> DoctorReport.Entry {
                try #require(
                    try await installation.doctor(with: ["YUNCANG_OWNER_URL": url]).about(.ownerConnection).first)
            }
            #expect(try await entry(installation.url("yuncang_owner")).verdict == "ok")
            let elsewhere = try await entry(installation.url("yuncang_owner", database: "postgres"))
            #expect(elsewhere.verdict == "problem" && elsewhere.found.contains("another database"))
            let other = try await entry(installation.url("yuncang_service"))
            #expect(other.found == "yuncang_service does not own the installation; yuncang_owner does")
            try await installation.cluster.authenticate(["host all all 127.0.0.1/32 scram-sha-256"])
            let wrong = try await entry(installation.url("yuncang_owner", password: "falsch-4711"))
            #expect(wrong.verdict == "problem" && wrong.found.contains("password is wrong"))
            #expect(!wrong.found.contains("falsch-4711"))
            let unset = try await installation.doctor(with: ["YUNCANG_OWNER_URL": ""])
            #expect(unset.about(.ownerConnection).isEmpty)
        }
    }
}
