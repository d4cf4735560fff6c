/// The values of a statement's parameters in binary form, in one buffer.
public struct Parameters: Sendable {
    /// The type of each.
    @usableFromInline private(set) var types: [UInt32] = []
    /// The length of each, -1 for NULL.
    @usableFromInline private(set) var lengths: [Int32] = []
    @usableFromInline private(set) var bytes: [UInt8] = []

    /// No parameters.
    public init() {}

    /// How many there are; PostgreSQL allows 65,535.
    public var count: Int { types.count }

    /// Adds the next parameter.
    @inlinable
    public mutating func append<Value: PostgresEncodable>(_ value: Value) {
        types.append(Value.postgresType.oid)
        guard !value.isNull else { return lengths.append(-1) }
        let start = bytes.count
        value.encode(into: &bytes)
        lengths.append(Int32(bytes.count - start))
    }

    /// Calls `body` with pointers to the values, as libpq wants them.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        // libpq takes a null pointer for NULL, so an empty value needs one that is not null, though nothing is read.
        let readable = bytes.isEmpty ? [0] : bytes
        return readable.withUnsafeBytes { buffer in
            var offset = 0
            let pointers = lengths.map { length -> UnsafePointer<CChar>? in
                guard length >= 0 else { return nil }
                defer { offset += Int(length) }
                return buffer.baseAddress!.advanced(by: offset).assumingMemoryBound(to: CChar.self)
            }
            let binary = [Int32](repeating: 1, count: lengths.count)
            return body(pointers, lengths, binary)
        }
    }
}
