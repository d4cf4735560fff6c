public import Postgres

/// Whose goods they are (货主).
public struct Owner: Hashable, Sendable {
    /// Which kind of owner it is.
    public enum Kind: String, CaseIterable, Hashable, Sendable, PostgresCodable {
        /// 合作社
        case cooperative
        /// 品牌客户
        case brand
    }

    /// Its identity in the database.
    public let id: ID<Owner>
    /// Its short name, unique in the base.
    public let code: OwnerCode
    /// Its name for people.
    public let name: Name
    /// Which kind of owner it is.
    public let kind: Kind
}

/// Adds an owner; a code that exists is the server's 23505.
struct InsertOwner: Command {
    let owner: Owner
    let at: Timestamp

    static let sql = """
        INSERT INTO owner (id, code, name, kind, created_at) VALUES ($1, $2, $3, $4, $5)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(owner.id)
        parameters.append(owner.code)
        parameters.append(owner.name)
        parameters.append(owner.kind)
        parameters.append(at)
    }
}

/// Finds owners by their codes.
struct OwnersByCode: Statement {
    let codes: [OwnerCode]

    static let sql = """
        SELECT id, code, name, kind FROM owner WHERE code = ANY ($1)
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(codes)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Owner {
        Owner(id: try row.next(), code: try row.next(), name: try row.next(), kind: try row.next())
    }
}

/// Lists owners in the order of their codes; an empty text lies before every code.
struct OwnersInOrder: Statement {
    /// The last one of the page before; nil for the first page.
    let after: OwnerCode?
    let limit: Int32

    static let sql = """
        SELECT id, code, name, kind FROM owner WHERE code > $1 ORDER BY code LIMIT $2
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(after?.rawValue ?? "")
        parameters.append(limit)
    }

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Owner {
        Owner(id: try row.next(), code: try row.next(), name: try row.next(), kind: try row.next())
    }
}
