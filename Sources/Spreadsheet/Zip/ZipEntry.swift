/// What the directory of an archive says of one file in it.
struct ZipEntry: Hashable {
    /// How it is packed.
    enum Method: Hashable {
        case stored, deflated
    }

    let name: String
    /// Nil for a way that is not read.
    let method: Method?
    let isEncrypted: Bool
    let checksum: UInt32
    let packedBytes: Int
    let bytes: Int
    /// Where its own header stands.
    let offset: Int
}

/// Little-endian numbers at places in bytes.
struct ZipBytes {
    let bytes: [UInt8]

    /// Two bytes; nil beyond the end.
    func number16(at index: Int) -> Int? {
        guard index >= 0, index + 2 <= bytes.count else { return nil }
        return Int(bytes[index]) | Int(bytes[index + 1]) << 8
    }

    /// Four bytes; nil beyond the end.
    func number32(at index: Int) -> Int? {
        guard let low = number16(at: index), let high = number16(at: index + 2) else { return nil }
        return low | high << 16
    }

    /// Eight bytes; nil beyond the end, and for what no file is as large as.
    func number64(at index: Int) -> Int? {
        guard let low = number32(at: index), let high = number32(at: index + 4), high < 1 << 16 else { return nil }
        return low | high << 32
    }
}
