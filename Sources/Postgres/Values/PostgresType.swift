/// A type of PostgreSQL's, by the number that it has in every database.
public struct PostgresType: Hashable, Sendable {
    /// The object id in `pg_type`; fixed for built-in types.
    public let oid: UInt32
    /// The object id of its array type; 0 for arrays, which have none.
    public let arrayOID: UInt32
    /// The name, for messages.
    public let name: String

    /// A built-in type.
    public init(oid: UInt32, arrayOID: UInt32, name: String) {
        self.oid = oid
        self.arrayOID = arrayOID
        self.name = name
    }

    /// `boolean`
    public static let bool = PostgresType(oid: 16, arrayOID: 1000, name: "bool")
    /// `bytea`
    public static let bytea = PostgresType(oid: 17, arrayOID: 1001, name: "bytea")
    /// `bigint`
    public static let int8 = PostgresType(oid: 20, arrayOID: 1016, name: "int8")
    /// `smallint`
    public static let int2 = PostgresType(oid: 21, arrayOID: 1005, name: "int2")
    /// `integer`
    public static let int4 = PostgresType(oid: 23, arrayOID: 1007, name: "int4")
    /// `text`
    public static let text = PostgresType(oid: 25, arrayOID: 1009, name: "text")
    /// `date`
    public static let date = PostgresType(oid: 1082, arrayOID: 1182, name: "date")
    /// `timestamptz`
    public static let timestamptz = PostgresType(oid: 1184, arrayOID: 1185, name: "timestamptz")
    /// `numeric`
    public static let numeric = PostgresType(oid: 1700, arrayOID: 1231, name: "numeric")
    /// `uuid`
    public static let uuid = PostgresType(oid: 2950, arrayOID: 2951, name: "uuid")
    /// `jsonb`
    public static let jsonb = PostgresType(oid: 3802, arrayOID: 3807, name: "jsonb")

    /// The type of arrays of this one.
    public var array: PostgresType {
        precondition(arrayOID != 0, "\(name) is an array: PostgreSQL has no type for arrays of arrays")
        return PostgresType(oid: arrayOID, arrayOID: 0, name: name + "[]")
    }

    /// Whether a column of type `oid` arrives in this type's binary form; `name`, `bpchar` and `varchar` do as text.
    public func reads(_ oid: UInt32) -> Bool {
        oid == self.oid || self == .text && [19, 1042, 1043].contains(oid)
            || self == .text.array && [1003, 1014, 1015].contains(oid)
    }
}
