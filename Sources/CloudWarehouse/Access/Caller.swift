/// Who asks: the bearer of a token that was found good.
public struct Caller: Hashable, Sendable {
    /// What a token was shown as, with what is told of its kind alone.
    public enum Bearing: Hashable, Sendable {
        /// A program.
        case program
        /// A browser that a person signed in with. All sessions that came of one code are of one family.
        case session(family: ID<Token>)
        /// An overlay, which shows these SKUs and nothing else.
        case overlay([SKUCode])
    }

    /// The token that was shown.
    public let token: ID<Token>
    /// What people know the token by.
    public let prefix: TokenPrefix
    /// What it lets its bearer do, and whose things it is about.
    public let scope: TokenScope
    /// What people call it.
    public let name: TokenName
    private let kind: TokenKind
    private let family: ID<Token>?
    private let skus: [SKUCode]

    init(token: ID<Token>, prefix: TokenPrefix, scope: TokenScope, name: TokenName, bearing: Bearing) {
        (self.token, self.prefix, self.scope, self.name) = (token, prefix, scope, name)
        switch bearing {
        case .program: (kind, family, skus) = (.program, nil, [])
        case .session(let first): (kind, family, skus) = (.session, first, [])
        case .overlay(let shown): (kind, family, skus) = (.overlay, nil, shown)
        }
    }

    /// What was shown; of a person's browser, with the session that they signed in to first.
    public var bearing: Bearing {
        switch kind {
        case .program: .program
        case .session: .session(family: family ?? token)
        case .overlay: .overlay(skus)
        }
    }

    /// What the bearer may do.
    public var role: Role { scope.role }
    /// Whose goods the bearer may see, and no others; nil for everybody's.
    public var owner: OwnerCode? { scope.owner }
    /// Whose orders the bearer places; nil for one who is no source.
    public var source: OrderSource? { scope.source }

    /// The bearer as the audit log records it: the token's name, and as the origin which token it was.
    public var principal: Principal {
        let origin =
            switch bearing {
            case .program: "token"
            case .session: "session"
            case .overlay: "overlay"
            }
        guard let principal = try? Principal(name: name.rawValue, origin: "\(origin) \(prefix)") else {
            preconditionFailure("a token's name is longer than a principal's")
        }
        return principal
    }
}
