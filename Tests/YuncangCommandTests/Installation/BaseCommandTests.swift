import CloudWarehouse
import PostgresTesting
import Testing

@testable import yuncang

/// `base` and `maintain` against a server of its own.
@Suite("base and maintain", .serialized)
struct BaseCommandTests {
    @Test("bases are created, listed and shown; a taken key, a bad one or an unknown time zone makes nothing")
    func bases() async throws {
        try await PrivateInstallation.with { installation in
            let early = await installation.yuncang("base", "list")
            #expect(early.status == .configuration && early.error.contains("yuncang migrate"))
            #expect(await installation.yuncang("migrate").status == .success)
            #expect(await installation.yuncang("base", "list").output == "there is no base yet\n")
            try await installation.install()
            let taken = await installation.yuncang("base", "create", "gaoqing", "--name", "另一个")
            #expect(taken.status == .failure && taken.error.contains("there is a base 'gaoqing' already"))
            let bad = await installation.yuncang("base", "create", "Gao Qing", "--name", "x")
            #expect(bad.status == .usage)
            let zone = await installation.yuncang(
                "base", "create", "zibo", "--name", "淄博", "--time-zone", "Asia/Gaoqing")
            #expect(zone.status == .usage && zone.error.contains("Asia/Gaoqing"))
            #expect(try await installation.number("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'base%'") == 1)
            let list = await installation.yuncang("base", "list", "--json")
            #expect(
                list.output == #"[{"key":"gaoqing","name":"高青基地","schema":"base_gaoqing","time_zone":"Asia/Shanghai"}]"#
                    + "\n")
            let row = "FROM base_gaoqing.audit WHERE action = 'base.create' AND subject = 'gaoqing'"
            #expect(try await installation.number("SELECT count(*) \(row)") == 1)
            // The only one needs no name; the service's role may look.
            let shown = await installation.yuncang("base", "show", "--json")
            #expect(shown.output.contains(#""migrations":"current","missing_partitions":[]}"#))
            let unknown = await installation.yuncang("base", "show", "gaoqin")
            #expect(unknown.status == .configuration && unknown.error.contains("did you mean 'gaoqing'?"))
        }
    }

    @Test("two that create the same base at once: one of them has, and it is whole")
    func concurrent() async throws {
        try await PrivateInstallation.with { installation in
            #expect(await installation.yuncang("migrate").status == .success)
            let create = ["base", "create", "gaoqing", "--name", "高青基地"]
            async let first = Call.make(create, of: Yuncang.self, environment: installation.environment)
            async let second = Call.make(create, of: Yuncang.self, environment: installation.environment)
            let calls = await [first, second]
            #expect(Set(calls.map(\.status.rawValue)) == [0, 1], "\(calls.map(\.error))")
            let troubles = try await installation.doctor().troubles
            #expect(troubles == [])
            let partitions = try await installation.partitions()
            #expect(partitions == Partitions.tables.count * (Int(Partitions.monthsAhead) + 1))
        }
    }

    @Test("a creation that broke off before the base was registered is simply repeated")
    func brokenOff() async throws {
        try await PrivateInstallation.withBase { installation in
            try await installation.sql(
                """
                DELETE FROM yuncang.base;
                ALTER TABLE base_gaoqing.balance DROP CONSTRAINT balance_is_a_quantity;
                DELETE FROM base_gaoqing.migration WHERE name = 'm0013_bounds'
                """)
            #expect(
                await installation.yuncang("base", "create", "gaoqing", "--name", "高青基地").status == .success)
            #expect(try await installation.doctor().troubles == [])
        }
    }

    @Test("maintain makes the months that are missing up to three ahead, and a second run none, also of two at once")
    func maintain() async throws {
        try await PrivateInstallation.withBase { installation in
            let all = Partitions.tables.count * (Int(Partitions.monthsAhead) + 1)
            #expect(try await installation.partitions() == all)
            let nothing = await installation.yuncang("maintain", "--json")
            #expect(nothing.output == #"[{"base":"gaoqing","made":[]}]"# + "\n")
            try await installation.sql(
                """
                DO $$ DECLARE name regclass; BEGIN
                    FOR name IN SELECT inhrelid::regclass FROM pg_inherits
                        JOIN pg_class ON pg_class.oid = inhrelid AND relkind = 'r' AND relname LIKE 'audit%'
                    LOOP EXECUTE 'DROP TABLE ' || name; END LOOP;
                END $$
                """)
            #expect(try await installation.partitions() == all - 4)
            async let first = installation.yuncang("maintain", "--json")
            async let second = installation.yuncang("maintain", "--json")
            let calls = await [first, second]
            #expect(calls.map(\.status) == [.success, .success], "\(calls.map(\.error))")
            #expect(calls.map { $0.output.ranges(of: "audit_").count }.sorted() == [0, 4])
            let made = try await installation.partitions()
            #expect(made == all)
            #expect(await installation.yuncang("maintain").output == "all partitions were there already\n")
        }
    }

    @Test("the service's role may not make partitions")
    func serviceRole() async throws {
        try await PrivateInstallation.withBase { installation in
            let call = await installation.yuncang(
                "maintain", with: ["YUNCANG_OWNER_URL": installation.url("yuncang_service")])
            #expect(call.status == .notPermitted && call.error.contains("set YUNCANG_OWNER_URL"))
        }
    }
}

extension PrivateInstallation {
    /// How many partitions there are in the base `gaoqing`.
    fileprivate func partitions() async throws -> Int {
        let tables = "pg_inherits JOIN pg_class ON pg_class.oid = inhrelid AND relkind = 'r'"
        return Int(try await number("SELECT count(*) FROM \(tables) WHERE relnamespace = 'base_gaoqing'::regnamespace"))
    }
}
