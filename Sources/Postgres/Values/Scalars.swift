public import FoundationEssentials

extension Bool: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .bool }
    /// Any value.
    public static var sample: Bool { false }
    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        let byte: UInt8 = try BinaryReader.whole(bytes)
        guard byte <= 1 else { throw .malformed("\(byte) is no bool") }
        self = byte == 1
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }
}

extension Int16: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .int2 }
    /// Any value.
    public static var sample: Int16 { 0 }
    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        self = try BinaryReader.whole(bytes)
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }
}

extension Int32: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .int4 }
    /// Any value.
    public static var sample: Int32 { 0 }
    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        self = try BinaryReader.whole(bytes)
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }
}

extension Int64: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .int8 }
    /// Any value.
    public static var sample: Int64 { 0 }
    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        self = try BinaryReader.whole(bytes)
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }
}

/// Text is UTF-8 on the wire; a NUL, which PostgreSQL refuses, comes back as the server's 22021.
extension String: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .text }
    /// Any value.
    public static var sample: String { "" }
    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed("text that is not UTF-8") }
        self = text
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }
}

extension UUID: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .uuid }
    /// Any value.
    public static var sample: UUID { UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) }
    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        guard bytes.count == 16 else { throw .malformed("\(bytes.count) bytes are no uuid") }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }
}

/// Bytes as they are: `bytea`. (An array of bytes would be an array of a type that PostgreSQL does not have.)
public struct Bytea: Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]

    /// These bytes.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension Bytea: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .bytea }
    /// Any value.
    public static var sample: Bytea { Bytea([]) }
    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) {
        self.bytes = Array(bytes)
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: self.bytes)
    }
}

/// A JSON document as text; PostgreSQL checks and normalises it.
public struct JSONB: Hashable, Sendable {
    /// The document.
    public var text: String

    /// The document `text`.
    public init(text: String) {
        self.text = text
    }
}

extension JSONB: PostgresCodable {
    /// The type of PostgreSQL's.
    @inlinable public static var postgresType: PostgresType { .jsonb }
    /// Any value.
    public static var sample: JSONB { JSONB(text: "null") }
    /// The binary form begins with the version of jsonb's format, which has been 1 since there is jsonb.
    @usableFromInline static let formatVersion: UInt8 = 1

    /// Reads the binary form.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        guard bytes.first == Self.formatVersion else { throw .malformed("a jsonb format other than 1") }
        text = try String(binary: UnsafeRawBufferPointer(rebasing: bytes.dropFirst()))
    }
    /// Appends the binary form.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.formatVersion)
        bytes.append(contentsOf: text.utf8)
    }
}
