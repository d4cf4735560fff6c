/// Big-endian integers, as PostgreSQL sends and reads them.
///
/// What encodes is inlinable: a batch encodes arrays of thousands, whose elements' types only its own module knows.
extension Array<UInt8> {
    @inlinable
    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Overwrites what stands at `offset`.
    @inlinable
    mutating func putBigEndian(_ value: some FixedWidthInteger, at offset: Int) {
        precondition(offset >= 0 && offset + MemoryLayout.size(ofValue: value) <= count, "beyond the end")
        withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: value.bigEndian, toByteOffset: offset, as: type(of: value))
        }
    }
}

/// Reads a binary form from its start to its end, with every access checked.
struct BinaryReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type = Integer.self) throws(DecodingFailure)
        -> Integer
    {
        let size = MemoryLayout<Integer>.size
        guard bytes.count - offset >= size else {
            throw .malformed("\(bytes.count) bytes where \(offset + size) or more were due")
        }
        defer { offset += size }
        return Integer(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }

    mutating func take(_ count: Int) throws(DecodingFailure) -> UnsafeRawBufferPointer {
        guard count >= 0, bytes.count - offset >= count else {
            throw .malformed("\(bytes.count - offset) bytes where \(count) were due")
        }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    func finish() throws(DecodingFailure) {
        guard isAtEnd else { throw .malformed("\(bytes.count - offset) bytes too many") }
    }

    /// Reads one integer that fills the whole form.
    static func whole<Integer: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, as type: Integer.Type = Integer.self
    ) throws(DecodingFailure) -> Integer {
        var reader = BinaryReader(bytes)
        let value = try reader.integer(type)
        try reader.finish()
        return value
    }
}
