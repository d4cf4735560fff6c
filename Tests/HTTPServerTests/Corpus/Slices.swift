/// Ways in which the same bytes can arrive, chosen by the bytes themselves, so that a failure can be had again.
enum Slices {
    /// Whole; byte by byte; in two; and in pieces of irregular size.
    static func ways(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
        var state = seed(of: bytes)
        let middle = bytes.isEmpty ? 0 : Int(truncatingIfNeeded: next(&state) % UInt64(bytes.count))
        var irregular: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + 1 + Int(truncatingIfNeeded: next(&state) % 13))
            irregular.append(bytes[start..<end])
            start = end
        }
        return [[bytes[...]], bytes.indices.map { bytes[$0...$0] }, [bytes[..<middle], bytes[middle...]], irregular]
    }

    /// FNV-1a.
    private static func seed(of bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// xorshift64*.
    private static func next(_ state: inout UInt64) -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return (state | 1) &* 0x2545_F491_4F6C_DD1D >> 16
    }
}
