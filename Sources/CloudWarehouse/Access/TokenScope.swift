internal import Postgres

/// What a token lets its bearer do, and whose things it is about.
public struct TokenScope: Hashable, Sendable {
    /// What its bearer may do.
    public let role: Role
    /// Whose goods it shows, and no others; of a cooperative's token alone.
    public let owner: OwnerCode?
    /// Whose orders it places; of an order source's token alone.
    public let source: OrderSource?

    /// Takes a role with what belongs to it, or says what the rule is.
    public init(role: Role, owner: OwnerCode? = nil, source: OrderSource? = nil) throws(InvalidValue) {
        guard (role == .cooperative) == (owner != nil) else {
            throw .tokenOwner
        }
        guard (role == .source) == (source != nil) else {
            throw .tokenSource
        }
        self.role = role
        self.owner = owner
        self.source = source
    }

    /// Reads role, owner's code and source.
    init(_ row: inout RowDecoder) throws(DecodingFailure) {
        let (role, owner, source) = (
            try row.next(Role.self), try row.next(OwnerCode?.self), try row.next(OrderSource?.self)
        )
        self.role = role
        self.owner = owner
        self.source = source
    }
}
