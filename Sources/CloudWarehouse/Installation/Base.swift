public import Postgres

/// One livestream base (基地): the tenant, in a PostgreSQL schema of its own.
public struct Base: Hashable, Sendable {
    /// What people call it on the command line and in tokens.
    public let key: BaseKey
    /// Its name, such as 37度云仓直播基地.
    public let name: Name
    /// The PostgreSQL schema that holds it.
    public let schema: String
    /// Where its days begin and end, such as `Asia/Shanghai`.
    public let timeZone: String
}

/// The short name of a base: a lower-case letter, then up to 31 of lower-case letters, digits and hyphens.
public struct BaseKey: RawRepresentable, Hashable, Sendable, PostgresCodable, CustomStringConvertible {
    /// A key like any other.
    public static var sample: BaseKey { BaseKey(unchecked: "sample") }

    /// The key itself.
    public let rawValue: String

    /// Takes the key, or nothing when it breaks the rule.
    public init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard (1...32).contains(bytes.count), (97...122).contains(bytes[0]),
            bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) {
        self.rawValue = rawValue
    }

    /// The key itself.
    public var description: String { rawValue }

    /// The schema of a base with this key; the prefix keeps clear of PostgreSQL's own names.
    var schema: String { "base_" + rawValue.replacing("-", with: "_") }
}

extension ConnectionOptions {
    /// These options for work in that base: its schema is where names are looked up, and no plan is compiled to machine code.
    ///
    /// Compiling takes 200 ms, and PostgreSQL does it by what it expects a statement to cost, which is far too much for tables
    /// that are new.
    public func inside(_ base: Base) -> ConnectionOptions {
        session("search_path", base.schema).session("jit", "off")
    }
}

/// All bases, in the order of their keys.
struct AllBases: Statement {
    static let sql = """
        SELECT key, name, schema_name, time_zone
        FROM yuncang.base
        ORDER BY key
        """

    func bind(to parameters: inout Parameters) {}

    static func decode(_ row: inout RowDecoder) throws(DecodingFailure) -> Base {
        Base(key: try row.next(), name: try row.next(), schema: try row.next(), timeZone: try row.next())
    }
}

/// Registers a base; a key that is taken is left as it is, and no row is written.
struct InsertBase: Command {
    let base: Base

    static let sql = """
        INSERT INTO yuncang.base (key, name, schema_name, time_zone, created_at)
        VALUES ($1, $2, $3, $4, now())
        ON CONFLICT (key) DO NOTHING
        """

    func bind(to parameters: inout Parameters) {
        parameters.append(base.key)
        parameters.append(base.name)
        parameters.append(base.schema)
        parameters.append(base.timeZone)
    }
}
