import EventLoop
import Logging
import Postgres
import Synchronization
import Testing
import WarehouseTesting

@testable import CloudWarehouse

@Suite("Telling who asks", .onDatabase)
struct AuthenticatorTests {
    @Test("the bearer of a good token is known by it, with role and scope")
    func known() async throws {
        try await Gatehouse.with { gate in
            try await gate.base.prepareMelons()
            let cooperative = try await gate.caller(showing: gate.base.token(.cooperative))
            #expect(cooperative.role == .cooperative && cooperative.owner == Melons.owner && cooperative.source == nil)
            let source = try await gate.caller(showing: gate.base.token(.source))
            #expect(source.role == .source && source.owner == nil && source.source == Melons.source)
            #expect(source.principal.name == "a source")
            #expect(source.principal.origin == "token \(source.prefix)")
        }
    }

    @Test("a revoked token is dead 5 s after it was read, though nobody told the server")
    func revoked() async throws {
        try await Gatehouse.with { gate in
            let token = try await gate.base.token(.operator)
            _ = try await gate.caller(showing: token)
            _ = try await gate.base.tokens.revoke(token.prefix, by: gate.base.principal)
            gate.clock.advance(by: .milliseconds(4_999))
            _ = try await gate.caller(showing: token)
            gate.clock.advance(by: .milliseconds(1))
            #expect(await gate.refuses(token.revealed))
        }
    }

    @Test("a token that was shown again and again is dead at once where it was forgotten")
    func forgotten() async throws {
        try await Gatehouse.with { gate in
            let token = try await gate.base.token(.operator)
            for _ in 0..<3 { _ = try await gate.caller(showing: token) }
            #expect(await gate.isKnownAgain(token.revealed))
            _ = try await gate.base.tokens.revoke(token.prefix, by: gate.base.principal)
            await gate.authenticator.forget(token.prefix)
            #expect(await !gate.isKnownAgain(token.revealed))
            #expect(await gate.refuses(token.revealed))
        }
    }

    @Test("a program's token is no session's and no overlay's, however often it was shown as what it is")
    func otherKind() async throws {
        try await Gatehouse.with { gate in
            let token = try await gate.base.token(.operator)
            for _ in 0..<3 { _ = try await gate.caller(showing: token) }
            #expect(await gate.isKnownAgain(token.revealed))
            for kind in [TokenKind.session, .overlay] { #expect(await gate.refuses(token.revealed, as: kind)) }
        }
    }

    @Test("a token is dead at its end, and was good until then")
    func expired() async throws {
        try await Gatehouse.with { gate in
            let token = try await gate.base.token(.operator, expiry: TokenExpiry(days: 1))
            _ = try await gate.caller(showing: token)
            try await gate.base.age(token, byDays: 1)
            gate.clock.advance(by: .seconds(5))
            #expect(await gate.refuses(token.revealed))
        }
    }

    @Test("a wrong secret under a good prefix is refused, looked up or remembered, and does the good one no harm")
    func wrongSecret() async throws {
        try await Gatehouse.with { gate in
            let token = try await gate.base.token(.operator)
            var wrong = Array(token.revealed.utf8)
            wrong[wrong.count - 1] = UInt8(ascii: wrong.last == UInt8(ascii: "0") ? "1" : "0")
            let text = String(decoding: wrong, as: UTF8.self)
            for _ in 0..<2 { #expect(await gate.refuses(text)) }
            _ = try await gate.caller(showing: token)
            #expect(await gate.refuses(text))
        }
    }

    @Test("fifty that show one token at once are one question, on one connection")
    func together() async throws {
        try await Gatehouse.with(connections: 4) { gate in
            let token = try await gate.base.token(.operator)
            // While the table is locked, nobody is answered.
            let asking = try await gate.base.owner.withTransaction { transaction in
                try await transaction.connection.execute(sql: "LOCK TABLE token IN ACCESS EXCLUSIVE MODE")
                let asking = (0..<50).map { _ in Task { try await gate.caller(showing: token) } }
                while await gate.authenticator.waiting < 50 { await Task.yield() }
                let status = await gate.base.pool.status
                #expect(status.connected == 1 && status.waiting == 0)
                return asking
            }
            for task in asking { #expect(try await task.value.prefix == token.prefix) }
            #expect(await gate.authenticator.waiting == 0)
        }
    }

    @Test("so many may wait to be looked up, and no more")
    func bounded() async throws {
        var limits = AuthenticatorLimits()
        limits.waiting = 0
        try await Gatehouse.with(limits: limits) { gate in
            let token = try await gate.base.token(.operator)
            await #expect { try await gate.caller(showing: token) } throws: { error in
                guard case AuthenticationError.busy = error else { return false }
                return true
            }
        }
    }

    @Test("without the database a token that was read lately is good, another one is not known, and nothing is refused")
    func databaseGone() async throws {
        try await Gatehouse.with { gate in
            let (known, unknown) = (try await gate.base.token(.operator), try await gate.base.token(.operator))
            _ = try await gate.caller(showing: known)
            try await gate.base.run(script: "ALTER TABLE token RENAME TO token_elsewhere")
            gate.clock.advance(by: .milliseconds(4_999))
            _ = try await gate.caller(showing: known)
            #expect(await gate.refuses(nil), "what shows no token needs no database to be refused")
            gate.clock.advance(by: .milliseconds(1))
            for token in [known, unknown] {
                await #expect { try await gate.caller(showing: token) } throws: { error in
                    guard case AuthenticationError.database = error else { return false }
                    return true
                }
            }
            try await gate.base.run(script: "ALTER TABLE token_elsewhere RENAME TO token")
            for token in [known, unknown] { _ = try await gate.caller(showing: token) }
        }
    }

    @Test("the use of a token is noted, at most once a minute, by however many servers")
    func noting() async throws {
        try await Gatehouse.with { gate in
            let token = try await gate.base.token(.operator)
            _ = try await gate.caller(showing: token)
            let first = try await gate.lastUse(of: token) { $0 != nil }
            // This server would note it again, but for what the database says of the last time.
            gate.clock.advance(by: .seconds(60))
            _ = try await gate.caller(showing: token)
            await gate.noted()
            #expect(try await gate.lastUse(of: token) { _ in true } == first)
            try await gate.base.run(script: "UPDATE token SET last_used_at = last_used_at - interval '2 minutes'")
            _ = try await gate.caller(showing: token)
            await gate.noted()
            let moved = first!.microsecondsSince1970 - 120_000_000
            #expect(
                try await gate.lastUse(of: token) { _ in true }?.microsecondsSince1970 == moved, "within the minute")
            gate.clock.advance(by: .seconds(60))
            _ = try await gate.caller(showing: token)
            let second = try await gate.lastUse(of: token) { $0 != nil && $0! >= first! }
            #expect(second! > first!)
        }
    }

    @Test("a use that cannot be noted is logged and disturbs nobody, and the log does not hold the secret")
    func notingFails() async throws {
        try await Gatehouse.with { gate in
            let token = try await gate.base.token(.operator)
            try await gate.base.run(script: "REVOKE UPDATE ON token FROM yuncang_service")
            try await gate.base.run(script: "REVOKE UPDATE (last_used_at, revoked_at) ON token FROM yuncang_service")
            _ = try await gate.caller(showing: token)
            await gate.noted()
            let log = gate.log.text
            #expect(log.contains("a token's use was not noted"))
            #expect(!log.contains(token.revealed.suffix(32)))
            _ = try await gate.caller(showing: token)
        }
    }
}
