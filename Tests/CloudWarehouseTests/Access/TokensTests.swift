import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Issuing and revoking tokens", .onDatabase)
struct TokensTests {
    private static let name = TokenName(rawValue: "伊马乔合作社的手机")!

    @Test("an issued token is listed without its secret, which the database does not hold, and is audited")
    func issue() async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            let scope = try TokenScope(role: .cooperative, owner: Melons.owner)
            let issued = try await base.tokens.issue(scope, name: Self.name, by: base.principal)
            #expect(issued.text.revealed.hasPrefix("gaoqing.\(issued.token.prefix)."))
            let listed = try await base.tokens.list()
            #expect(listed == [issued.token])
            #expect(listed[0].scope == scope && listed[0].state == .live && listed[0].lastUsedAt == nil)
            let audited = """
                SELECT count(*) FROM audit WHERE action = 'token.issue' AND subject = '\(issued.token.prefix)'
                AND actor = 'tester' AND detail = '{"role": "cooperative"}'
                """
            #expect(try await base.number(audited) == 1)
            let secret = issued.text.revealed.suffix(32)
            for table in ["token", "audit"] {
                let holding = "SELECT count(*) FROM \(table) WHERE \(table)::text LIKE '%\(secret)%'"
                #expect(try await base.number(holding) == 0)
            }
            let digest =
                "SELECT count(*) FROM token WHERE digest = sha256(convert_to('\(issued.text.revealed)', 'UTF8'))"
            #expect(try await base.number(digest) == 1)
        }
    }

    @Test("a revoked token is revoked for good: again changes nothing and is not audited; an unknown one is named")
    func revoke() async throws {
        try await TestBase.with { base in
            let issued = try await base.tokens.issue(
                TokenScope(role: .operator), name: Self.name, by: base.principal)
            let revoked = try await base.tokens.revoke(issued.token.prefix, by: base.principal)
            #expect(revoked.state == .revoked)
            #expect(try await base.tokens.revoke(issued.token.prefix, by: base.principal) == revoked)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'token.revoke'") == 1)
            let unknown = TokenPrefix.random()
            await #expect { try await base.tokens.revoke(unknown, by: base.principal) } throws: { error in
                guard case TokenError.unknownToken(unknown) = error else { return false }
                return true
            }
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'token.revoke'") == 1)
        }
    }

    @Test("a token ends so many days after its issue, or with a day where the base is, and not in the past")
    func expiry() async throws {
        try await TestBase.with { base in
            let scope = try TokenScope(role: .host)
            let days = try await base.tokens.issue(
                scope, name: Self.name, expiry: TokenExpiry("30d"), by: base.principal)
            #expect(
                days.token.expiresAt?.microsecondsSince1970
                    == days.token.createdAt.microsecondsSince1970 + 30 * 86_400_000_000)
            let day = try await base.tokens.issue(
                scope, name: Self.name, expiry: TokenExpiry("2099-12-31"), by: base.principal)
            #expect(day.token.expiresAt?.description == "2099-12-31T16:00:00.000000Z", "midnight in Shanghai")
            await #expect {
                try await base.tokens.issue(
                    scope, name: Self.name, expiry: TokenExpiry("2026-01-01"), by: base.principal)
            } throws: { error in
                guard case TokenError.expiryNotAhead = error else { return false }
                return true
            }
            #expect(try await base.number("SELECT count(*) FROM token") == 2)
            try await base.age(day.text, byDays: 40_000)
            #expect(try await base.tokens.list().map(\.state) == [.live, .expired])
        }
    }

    @Test("an owner that there is not is named, and nothing is issued")
    func unknownOwner() async throws {
        try await TestBase.with { base in
            let nobody = try OwnerCode("nobody")
            await #expect { try await base.token(.cooperative, owner: nobody) } throws: { error in
                guard case TokenError.unknownOwner(nobody) = error else { return false }
                return true
            }
            #expect(try await base.number("SELECT count(*) FROM token") == 0)
            #expect(try await base.number("SELECT count(*) FROM audit") == 0)
        }
    }

    @Test("pages follow each other without gap or overlap")
    func pages() async throws {
        try await TestBase.with { base in
            for _ in 0..<5 { _ = try await base.token(.warehouse) }
            let all = try await base.tokens.list()
            #expect(all.count == 5)
            #expect(try await base.tokens.list(limit: 2) == Array(all[..<2]))
            #expect(try await base.tokens.list(after: all[1].id, limit: 2) == Array(all[2..<4]))
            #expect(try await base.tokens.list(after: all[4].id).isEmpty)
        }
    }

    @Test(
        "a role goes with what belongs to it and with nothing else, in the code and in the database",
        arguments: Role.allCases)
    func scopes(role: Role) async throws {
        try await TestBase.with { base in
            try await base.prepareMelons()
            for (owner, source) in [(false, false), (true, false), (false, true), (true, true)] {
                let fits = owner == (role == .cooperative) && source == (role == .source)
                let scope = try? TokenScope(
                    role: role, owner: owner ? Melons.owner : nil, source: source ? Melons.source : nil)
                #expect((scope != nil) == fits)
                let insert = """
                    INSERT INTO token (id, prefix, digest, role, owner_id, source, name, created_at)
                    VALUES (gen_random_uuid(), '\(TokenPrefix.random())', sha256(''), '\(role.rawValue)',
                    \(owner ? "(SELECT id FROM owner)" : "NULL"), \(source ? "'shop'" : "NULL"), 'x', now())
                    """
                do {
                    try await base.run(script: insert)
                    #expect(fits, "\(role) \(owner) \(source)")
                } catch let error as PostgresError {
                    #expect(!fits && error.sqlState == .checkViolation, "\(role) \(owner) \(source): \(error)")
                }
            }
        }
    }

    @Test(
        "an expiry is read from days or a day, and from nothing else",
        arguments: [
            ("1d", true), ("30d", true), ("3650d", true), ("2026-12-31", true), ("2028-02-29", true),
            ("0d", false), ("3651d", false), ("-1d", false), ("+1d", false), ("d", false), ("1", false), ("1h", false),
            ("1.5d", false), ("１d", false), (" 1d", false), ("99999999999d", false), ("2027-02-29", false),
            ("2026-12-31T00:00", false), ("31.12.2026", false), ("", false),
        ])
    func expiryTexts(text: String, isRead: Bool) {
        #expect(((try? TokenExpiry(text)) != nil) == isRead)
    }
}
