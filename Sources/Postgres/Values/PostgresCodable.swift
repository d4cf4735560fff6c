/// A Swift type that stands for one of PostgreSQL's.
public protocol PostgresTyped: Sendable {
    /// The type that a parameter gets, or that a column must have.
    static var postgresType: PostgresType { get }
}

/// A value that can be bound to a parameter, in PostgreSQL's binary form.
public protocol PostgresEncodable: PostgresTyped {
    /// Whether this is NULL; then ``encode(into:)`` is not called.
    var isNull: Bool { get }
    /// Appends the binary form, without a length.
    func encode(into bytes: inout [UInt8])
}

/// A value that can be read from a column, from PostgreSQL's binary form.
public protocol PostgresDecodable: PostgresTyped {
    /// Any value; stands in where a statement's columns are listed without a database.
    static var sample: Self { get }
    /// Reads the binary form.
    ///
    /// - Throws: ``DecodingFailure/malformed(_:)`` when the bytes are no such value.
    init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure)
    /// What NULL reads as.
    ///
    /// - Throws: ``DecodingFailure/unexpectedNull`` unless the type is optional.
    static func null() throws(DecodingFailure) -> Self
}

/// A value that goes both ways.
public typealias PostgresCodable = PostgresDecodable & PostgresEncodable

extension PostgresEncodable {
    /// Only optionals are ever NULL.
    @inlinable public var isNull: Bool { false }
}

extension PostgresDecodable {
    /// Only optionals read NULL.
    public static func null() throws(DecodingFailure) -> Self {
        throw .unexpectedNull
    }
}

extension Optional: PostgresTyped where Wrapped: PostgresTyped {
    /// The wrapped value's type.
    @inlinable public static var postgresType: PostgresType { Wrapped.postgresType }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// Whether there is no value.
    @inlinable public var isNull: Bool { self == nil }
    /// Appends the wrapped value's form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        self?.encode(into: &bytes)
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// A wrapped sample.
    public static var sample: Wrapped? { Wrapped.sample }
    /// Reads a wrapped value.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        self = try Wrapped(binary: bytes)
    }
    /// `nil`
    public static func null() -> Wrapped? { nil }
}

extension RawRepresentable where Self: Sendable, RawValue: PostgresTyped {
    /// The raw value's type.
    @inlinable public static var postgresType: PostgresType { RawValue.postgresType }
}

extension RawRepresentable where Self: Sendable, RawValue: PostgresEncodable {
    /// Appends the raw value's form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }
}

extension RawRepresentable where Self: PostgresDecodable, RawValue: PostgresDecodable {
    /// Reads a raw value that this type admits.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        let raw = try RawValue(binary: bytes)
        guard let value = Self(rawValue: raw) else { throw .malformed("\(raw) is no \(Self.self)") }
        self = value
    }
}

extension CaseIterable where Self: PostgresDecodable {
    /// The first case.
    public static var sample: Self { allCases.first! }
}
