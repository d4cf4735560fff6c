import Postgres
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Signing in with a code", .onDatabase)
struct SignInTests {
    private static let name = TokenName(rawValue: "王师傅")!

    private func code(_ base: TestBase, _ role: Role = .warehouse) async throws -> IssuedSignInCode {
        let scope = try TokenScope(
            role: role, owner: role == .cooperative ? Melons.owner : nil, source: role == .source ? Melons.source : nil)
        return try await base.signIn.makeCode(for: Self.name, scope, by: base.principal)
    }

    private func refuses(_ base: TestBase, _ text: SignInCodeText) async -> Bool {
        do throws(SignInError) {
            _ = try await base.signIn.enter(text)
            return false
        } catch .refused {
            return true
        } catch {
            return false
        }
    }

    /// The same code with another secret.
    private func wrong(_ text: SignInCodeText) throws -> SignInCodeText {
        let last = text.revealed.last == "0" ? "1" : "0"
        return try #require(SignInCodeText(typed: text.revealed.dropLast() + last))
    }

    @Test("a code opens one session of its person, role and scope, and is used up", arguments: Role.allCases)
    func once(role: Role) async throws {
        try await Gatehouse.with { gate in
            try await gate.base.prepareMelons()
            let issued = try await code(gate.base, role)
            let typed = try #require(SignInCodeText(typed: issued.text.revealed))
            let session = try await gate.base.signIn.enter(typed)
            #expect(session.token.kind == .session && session.token.expiresAt == issued.code.sessionExpiresAt)
            let caller = try await gate.caller(showing: session.text, as: .session)
            #expect(caller.scope == issued.code.scope && caller.name == Self.name)
            #expect(caller.principal.origin == "session \(session.token.prefix)")
            #expect(await refuses(gate.base, typed), "again")
            #expect(try await gate.base.signIn.sessions().map(\.id) == [session.token.id])
            let audited = try await gate.base.number(
                "SELECT count(*) FROM audit WHERE action IN ('signin.code', 'signin.enter') AND subject = '\(issued.code.handle)'"
            )
            #expect(audited == 2)
            for secret in [session.text.revealed.suffix(32), issued.text.revealed.suffix(5).lowercased()[...]] {
                for table in ["token", "sign_in_code", "audit"] {
                    let holding = "SELECT count(*) FROM \(table) WHERE \(table)::text LIKE '%\(secret)%'"
                    #expect(try await gate.base.number(holding) == 0, "\(table)")
                }
            }
        }
    }

    @Test("twenty that show one code at once open one session")
    func together() async throws {
        try await TestBase.with(connections: 8) { base in
            let issued = try await code(base)
            let opened = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { await !refuses(base, issued.text) } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(opened == 1)
            #expect(try await base.number("SELECT count(*) FROM token WHERE kind = 'session'") == 1)
        }
    }

    @Test("after five wrong tries the right one is refused too, and that is recorded once")
    func burnt() async throws {
        try await TestBase.with { base in
            let issued = try await code(base)
            let wrong = try wrong(issued.text)
            for tries in 1...4 {
                #expect(await refuses(base, wrong))
                #expect(try await base.signIn.codes().map(\.wrongTries) == [Int16(tries)])
            }
            #expect(try await base.signIn.codes().map(\.state) == [.live])
            for _ in 0..<2 { #expect(await refuses(base, wrong)) }
            #expect(await refuses(base, issued.text))
            #expect(try await base.signIn.codes().map(\.state) == [.burnt])
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'signin.burn'") == 1)
            #expect(try await base.number("SELECT count(*) FROM token") == 0)
        }
    }

    @Test("an expired code, one that was called off and one that never was are refused; the database's clock decides")
    func dead() async throws {
        try await TestBase.with { base in
            let (expired, revoked) = (try await code(base), try await code(base))
            try await base.run(
                script: """
                    UPDATE sign_in_code SET created_at = created_at - interval '11 minutes',
                        expires_at = expires_at - interval '11 minutes' WHERE handle = '\(expired.code.handle)'
                    """)
            try await base.signIn.revokeCode(revoked.code.handle, by: base.principal)
            try await base.signIn.revokeCode(revoked.code.handle, by: base.principal)
            for text in [expired.text, revoked.text, SignInCodeText()] { #expect(await refuses(base, text)) }
            #expect(Set(try await base.signIn.codes().map(\.state)) == [.expired, .revoked])
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'signin.cancel'") == 1)
            await #expect(throws: SignInError.self) {
                try await base.signIn.revokeCode(SignInHandle.random(), by: base.principal)
            }
            #expect(try await base.number("SELECT count(*) FROM token") == 0)
        }
    }

    @Test("a code in the place of a dead one has nothing of it; a live one keeps its place")
    func handles() async throws {
        try await TestBase.with { base in
            let old = try await code(base)
            try await base.run(script: "UPDATE sign_in_code SET wrong_tries = 5, used_at = created_at")
            let code = SignInCode(
                handle: old.code.handle, scope: old.code.scope, name: Self.name, issuer: nil,
                createdAt: old.code.createdAt, expiresAt: old.code.expiresAt,
                sessionExpiresAt: old.code.sessionExpiresAt, wrongTries: 0, usedAt: nil, revokedAt: nil,
                hasExpired: false)
            let insert = InsertSignInCode(code: code, owner: nil, digest: old.text.digest)
            #expect(try await base.pool.withTransaction { try await $0.execute(insert) } == 0)
            try await base.run(
                script:
                    "UPDATE sign_in_code SET expires_at = created_at + interval '1 microsecond', created_at = created_at - interval '1 hour'"
            )
            try await base.run(script: "UPDATE sign_in_code SET expires_at = created_at + interval '1 microsecond'")
            #expect(try await base.pool.withTransaction { try await $0.execute(insert) } == 1)
            #expect(try await base.signIn.codes().map(\.state) == [.live])
            #expect(await !refuses(base, old.text))
        }
    }

    @Test(
        "a session lets its person sign in elsewhere, for as long as itself; ending the family ends all and what waits")
    func family() async throws {
        try await Gatehouse.with { gate in
            let base = gate.base
            let first = try await base.signIn.enter(try await code(base, .operator).text)
            let stranger = try await base.signIn.enter(try await code(base, .operator).text)
            let caller = try await gate.caller(showing: first.text, as: .session)
            let second = try await base.signIn.enter(try await base.signIn.makeCode(forAnotherDeviceOf: caller).text)
            #expect(second.token.expiresAt == first.token.expiresAt && second.token.scope == first.token.scope)
            #expect(second.token.family == first.token.id && first.token.family == first.token.id)
            #expect(
                try await base.signIn.sessions(of: first.token.id).map(\.prefix) == [
                    first.token.prefix, second.token.prefix,
                ])
            let waiting = try await base.signIn.makeCode(forAnotherDeviceOf: caller)
            await #expect(throws: SignInError.self, "another's session is not there") {
                try await base.signIn.end(stranger.token.prefix, of: first.token.family, by: caller.principal)
            }
            let ended = try await base.signIn.endFamily(of: second.token.prefix, by: base.principal)
            #expect(ended.map(\.state) == [.revoked, .revoked])
            #expect(await refuses(base, waiting.text))
            await #expect(throws: SignInError.self) { try await base.signIn.makeCode(forAnotherDeviceOf: caller) }
            gate.clock.advance(by: .seconds(5))
            for text in [first.text, second.text] { #expect(await gate.refuses(text.revealed, as: .session)) }
            _ = try await gate.caller(showing: stranger.text, as: .session)
            #expect(try await base.number("SELECT count(*) FROM audit WHERE action = 'session.end'") == 2)
        }
    }

    @Test("while a family is being ended nobody signs in from it unseen")
    func endingRace() async throws {
        try await TestBase.with(connections: 6) { base in
            for _ in 0..<10 {
                let first = try await base.signIn.enter(try await code(base).text)
                let caller = Caller(
                    token: first.token.id, prefix: first.token.prefix, scope: first.token.scope, name: Self.name,
                    bearing: .session(family: first.token.id))
                let waiting = try await base.signIn.makeCode(forAnotherDeviceOf: caller)
                async let entering = refuses(base, waiting.text)
                async let ending = base.signIn.endFamily(of: first.token.prefix, by: base.principal)
                _ = try await (entering, ending)
            }
            #expect(try await base.number("SELECT count(*) FROM token WHERE revoked_at IS NULL") == 0)
        }
    }

    @Test("what is shown as something else than it is, is nothing", arguments: TokenKind.allCases, TokenKind.allCases)
    func kinds(issued: TokenKind, shown: TokenKind) async throws {
        try await Gatehouse.with { gate in
            try await gate.base.prepareMelons()
            let text =
                switch issued {
                case .program: try await gate.base.token(.operator)
                case .session: try await gate.base.signIn.enter(try await code(gate.base, .operator).text).text
                case .overlay:
                    try await gate.base.overlays.make(
                        showing: [Melons.melon], name: Self.name, by: gate.base.principal
                    ).text
                }
            #expect(await gate.refuses(text.revealed, as: shown) == (issued != shown))
        }
    }

    @Test(
        "a code is read however it was typed",
        arguments: [
            "7K3Q2-M9XWT", "7k3q2m9xwt", " 7k3q2 m9xwt ", "7K3Q2—M9XWT", "７Ｋ３Ｑ２－Ｍ９ＸＷＴ", "7-k-3-q-2-m-9-x-w-t",
            "7K3Q2\u{3000}M9XWT\n",
        ])
    func typed(text: String) throws {
        #expect(try #require(SignInCodeText(typed: text)).revealed == "7K3Q2-M9XWT")
    }

    @Test("letters that the alphabet lacks are the digits that they look like, and nothing else is a code")
    func looks() throws {
        #expect(try #require(SignInCodeText(typed: "OoIiL-l2345")).revealed == "00111-12345")
        for text in [
            "", "7K3Q2", "7K3Q2-M9XW", "7K3Q2-M9XWTT", "7K3Q2-M9XWU", "7K3Q2-M9XW瓜", String(repeating: " ", count: 200),
        ] {
            #expect(SignInCodeText(typed: text) == nil, "\(text)")
        }
        let text = SignInCodeText()
        for shown in ["\(text)", String(reflecting: text)] {
            #expect(!shown.uppercased().contains(text.revealed.suffix(5)))
        }
        #expect(Set((0..<200).map { _ in SignInCodeText().revealed }).count == 200)
    }
}
