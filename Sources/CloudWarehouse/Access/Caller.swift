/// Who asks: the bearer of a token that was found good.
public struct Caller: Hashable, Sendable {
    /// The token that was shown.
    public let token: ID<Token>
    /// What people know the token by.
    public let prefix: TokenPrefix
    /// What it lets its bearer do, and whose things it is about.
    public let scope: TokenScope
    /// What people call it.
    public let name: TokenName

    /// What the bearer may do.
    public var role: Role { scope.role }
    /// Whose goods the bearer may see, and no others; nil for everybody's.
    public var owner: OwnerCode? { scope.owner }
    /// Whose orders the bearer places; nil for one who is no source.
    public var source: OrderSource? { scope.source }

    /// The bearer as the audit log records it: the token's name, and as the origin which token it was.
    public var principal: Principal {
        guard let principal = try? Principal(name: name.rawValue, origin: "token \(prefix)") else {
            preconditionFailure("a token's name is longer than a principal's")
        }
        return principal
    }
}
