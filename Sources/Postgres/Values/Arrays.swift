/// One-dimensional arrays; elements may be optional, so that NULLs within are read and written.
extension Array: PostgresTyped where Element: PostgresTyped {
    /// The array type of the element's.
    @inlinable public static var postgresType: PostgresType { Element.postgresType.array }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// Appends dimensions, a flag for NULLs, the element type, then each element with its length.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(isEmpty ? 0 : 1))
        let flag = bytes.count
        bytes.appendBigEndian(Int32(0))
        bytes.appendBigEndian(Element.postgresType.oid)
        guard !isEmpty else { return }
        bytes.appendBigEndian(Int32(count))
        bytes.appendBigEndian(Int32(1))
        for element in self {
            guard !element.isNull else {
                bytes.putBigEndian(Int32(1), at: flag)
                bytes.appendBigEndian(Int32(-1))
                continue
            }
            let start = bytes.count
            bytes.appendBigEndian(Int32(0))
            element.encode(into: &bytes)
            bytes.putBigEndian(Int32(bytes.count - start - 4), at: start)
        }
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// An empty array.
    public static var sample: [Element] { [] }

    /// Reads an array of no or one dimension.
    public init(binary bytes: UnsafeRawBufferPointer) throws(DecodingFailure) {
        var reader = BinaryReader(bytes)
        let dimensions: Int32 = try reader.integer()
        _ = try reader.integer(Int32.self)
        let elementType: UInt32 = try reader.integer()
        guard Element.postgresType.reads(elementType) else {
            throw .wrongType(expected: Element.postgresType, found: elementType)
        }
        self = []
        guard dimensions != 0 else {
            try reader.finish()
            return
        }
        guard dimensions == 1 else { throw .malformed("an array of \(dimensions) dimensions") }
        let count: Int32 = try reader.integer()
        _ = try reader.integer(Int32.self)
        for _ in 0..<Swift.max(0, count) {
            let length: Int32 = try reader.integer()
            append(length < 0 ? try Element.null() : try Element(binary: reader.take(Int(length))))
        }
        try reader.finish()
    }
}
