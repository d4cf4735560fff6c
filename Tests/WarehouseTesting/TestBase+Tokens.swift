package import CloudWarehouse

extension TestBase {
    /// A new token of this role, with the owner or source that belongs to it.
    package func token(
        _ role: Role, owner: OwnerCode = Melons.owner, source: OrderSource = Melons.source,
        expiry: TokenExpiry? = nil
    ) async throws -> TokenText {
        let scope = try TokenScope(
            role: role, owner: role == .cooperative ? owner : nil, source: role == .source ? source : nil)
        guard let name = TokenName(rawValue: "a \(role)") else { throw NoRow() }
        return try await tokens.issue(scope, name: name, expiry: expiry, by: principal).text
    }
}

extension TestBase {
    /// Its services.
    package var signIn: SignIn { SignIn(pool: pool, base: Self.key, timeZone: "Asia/Shanghai") }
    /// Its services.
    package var overlays: Overlays { Overlays(pool: pool, base: Self.key, timeZone: "Asia/Shanghai") }
}

extension TestBase {
    /// Makes a token older than it is, with all of its times.
    package func age(_ token: TokenText, byDays days: Int) async throws {
        let prefix = token.revealed.split(separator: ".")[1]
        try await run(
            script: """
                UPDATE token SET created_at = created_at - interval '\(days) days',
                    expires_at = expires_at - interval '\(days) days' WHERE prefix = '\(prefix)'
                """)
    }
}
