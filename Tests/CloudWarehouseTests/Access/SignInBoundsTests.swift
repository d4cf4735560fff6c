import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("How many codes and sessions there are, and what becomes of old ones", .onDatabase)
struct SignInBoundsTests {
    private func code(_ base: TestBase, _ role: Role = .warehouse) async throws -> IssuedSignInCode {
        try await base.signIn.makeCode(
            for: TokenName(rawValue: "王师傅")!, try TokenScope(role: role), by: base.principal)
    }

    @Test("a session has so many codes at once, however many are asked for together; and so have operators")
    func codesAtMost() async throws {
        try await Gatehouse.with { gate in
            let base = gate.base
            let first = try await base.signIn.enter(try await code(base, .operator).text)
            let caller = try await gate.caller(showing: first.text, as: .session)
            func make() async throws -> IssuedSignInCode? {
                do throws(SignInError) { return try await base.signIn.makeCode(forAnotherDeviceOf: caller) } catch {
                    guard case .tooManyCodes(atMost: 5) = error else { throw error }
                    return nil
                }
            }
            let codes = try await withThrowingTaskGroup(of: IssuedSignInCode?.self) { group in
                for _ in 0..<12 { group.addTask { try await make() } }
                return try await group.reduce(into: [IssuedSignInCode?]()) { $0.append($1) }
            }.compactMap(\.self)
            #expect(codes.count == 5)
            _ = try await base.signIn.enter(codes[0].text)
            try await base.signIn.revokeCode(codes[1].code.handle, by: base.principal)
            try await base.run(
                script: """
                    UPDATE sign_in_code SET created_at = created_at - interval '1 hour', expires_at = now()
                    WHERE handle = '\(codes[2].code.handle)'
                    """)
            for _ in 0..<3 { #expect(try await make() != nil, "what is used, called off or over has made room") }
            #expect(try await make() == nil)
            _ = try await code(base)
            try await base.run(
                script: """
                    INSERT INTO sign_in_code (handle, digest, role, name, created_at, expires_at, session_expires_at,
                        wrong_tries)
                    SELECT translate(lpad(to_hex(number), 4, '0'), 'u', '0'), sha256('x'), 'host', 'x', now(),
                        now() + interval '1 hour', now() + interval '1 day', 0
                    FROM generate_series(1, 999) AS number
                    ON CONFLICT DO NOTHING
                    """)
            await #expect(throws: SignInError.self) { try await code(base) }
        }
    }

    @Test("ending a family ends whoever lives, however many came before them")
    func largeFamily() async throws {
        try await TestBase.with { base in
            let first = try await base.signIn.enter(try await code(base).text)
            let family = first.token.id
            try await base.run(
                script: """
                    INSERT INTO token (id, prefix, digest, role, name, created_at, expires_at, kind, family_id, revoked_at)
                    SELECT gen_random_uuid(), lpad(number::text, 12, '0'), sha256(number::text::bytea), 'warehouse', 'x',
                        now(), now() + interval '1 day', 'session', '\(family)', CASE WHEN number <= 1100 THEN now() END
                    FROM generate_series(1, 2200) AS number
                    """)
            let ended = try await base.signIn.endFamily(of: first.token.prefix, by: base.principal)
            #expect(ended.count == 2_201 && ended.allSatisfy { $0.state == .revoked })
            #expect(try await base.number("SELECT count(*) FROM token WHERE revoked_at IS NULL") == 0)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'session.end'") == 1_101)
        }
    }

    @Test("whoever signs in anew leaves the old session, or nothing happens and the code is still good")
    func leaving() async throws {
        try await Gatehouse.with { gate in
            let base = gate.base
            let old = try await base.signIn.enter(try await code(base).text)
            let caller = try await gate.caller(showing: old.text, as: .session)
            let next = try await code(base)
            try await base.run(
                script: """
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
                    CREATE TRIGGER refuse BEFORE UPDATE OF revoked_at ON token FOR EACH ROW EXECUTE FUNCTION refuse()
                    """)
            await #expect(throws: SignInError.self) { try await base.signIn.enter(next.text, leaving: caller) }
            try await base.run(script: "DROP TRIGGER refuse ON token")
            _ = try await base.signIn.enter(next.text, leaving: caller)
            #expect(try await base.signIn.sessions().map(\.state) == [.revoked, .live])
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'session.end'") == 1)
        }
    }
}
