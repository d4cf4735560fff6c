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

    /// What is known of the bearer; shared by all copies, since every request makes some.
    private final class Facts: Sendable {
        struct Values: Hashable, Sendable {
            let token: ID<Token>
            let prefix: TokenPrefix
            let scope: TokenScope
            let name: TokenName
            let kind: TokenKind
            let family: ID<Token>?
            let skus: [SKUCode]
        }

        let values: Values
        let tokenHash: UInt64

        init(_ values: Values) {
            self.values = values
            tokenHash = UInt64(bitPattern: Int64(values.token.hashValue))
        }
    }

    private let facts: Facts

    init(token: ID<Token>, prefix: TokenPrefix, scope: TokenScope, name: TokenName, bearing: Bearing) {
        let (kind, family, skus): (TokenKind, ID<Token>?, [SKUCode]) =
            switch bearing {
            case .program: (.program, nil, [])
            case .session(let first): (.session, first, [])
            case .overlay(let shown): (.overlay, nil, shown)
            }
        facts = Facts(
            Facts.Values(
                token: token, prefix: prefix, scope: scope, name: name, kind: kind, family: family, skus: skus))
    }

    /// The token that was shown.
    public var token: ID<Token> { facts.values.token }
    /// What people know the token by.
    public var prefix: TokenPrefix { facts.values.prefix }
    /// What it lets its bearer do, and whose things it is about.
    public var scope: TokenScope { facts.values.scope }
    /// What people call it.
    public var name: TokenName { facts.values.name }
    /// A hash of the token's id with this process's own seed.
    public var tokenHash: UInt64 { facts.tokenHash }

    /// Whether two are the same, with all that is known of them.
    public static func == (one: Caller, other: Caller) -> Bool {
        one.facts === other.facts || one.facts.values == other.facts.values
    }

    /// Hashes all that is known.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(facts.values)
    }

    /// What was shown; of a person's browser, with the session that they signed in to first.
    public var bearing: Bearing {
        switch facts.values.kind {
        case .program: .program
        case .session: .session(family: facts.values.family ?? token)
        case .overlay: .overlay(facts.values.skus)
        }
    }

    /// What the bearer may do.
    public var role: Role { facts.values.scope.role }
    /// Whose goods the bearer may see, and no others; nil for everybody's.
    public var owner: OwnerCode? { facts.values.scope.owner }
    /// Whose orders the bearer places; nil for one who is no source.
    public var source: OrderSource? { facts.values.scope.source }

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
