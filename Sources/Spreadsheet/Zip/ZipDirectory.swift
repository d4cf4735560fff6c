/// The directory at the end of an archive (PKWARE's APPNOTE.TXT, 4.3.12 to 4.3.16), with the 64-bit additions that
/// programs on Java write into small files too.
struct ZipDirectory {
    /// Where the directory stands.
    struct Place: Hashable {
        let entries: Int
        let offset: Int
        let bytes: Int
    }

    /// Bytes from the end of the file among which the end of the directory is looked for: a comment may follow it.
    static let tailBytes = 22 + 65_535 + 20

    /// Finds the end of the directory in the last bytes of a file, which begin at `start`.
    ///
    /// - Returns: Where the directory is, or where the 64-bit end of it is; nil when there is none.
    static func find(in tail: ZipBytes, start: Int) -> (place: Place, end64: Int?)? {
        var index = tail.bytes.count - 22
        while index >= 0 {
            if tail.number32(at: index) == 0x0605_4B50, let comment = tail.number16(at: index + 20),
                index + 22 + comment == tail.bytes.count, let entries = tail.number16(at: index + 10),
                let bytes = tail.number32(at: index + 12), let offset = tail.number32(at: index + 16)
            {
                let hasLocator = tail.number32(at: index - 20) == 0x0706_4B50
                return (
                    Place(entries: entries, offset: offset, bytes: bytes),
                    hasLocator ? tail.number64(at: index - 12) : nil
                )
            }
            index -= 1
        }
        return nil
    }

    /// Bytes of the 64-bit end of the directory.
    static let end64Bytes = 56

    /// Reads the 64-bit end of the directory.
    static func place64(_ end: ZipBytes) -> Place? {
        guard end.number32(at: 0) == 0x0606_4B50, let entries = end.number64(at: 32),
            let bytes = end.number64(at: 40), let offset = end.number64(at: 48)
        else { return nil }
        return Place(entries: entries, offset: offset, bytes: bytes)
    }

    /// Reads all entries; nil when a name is there twice, or anything is not as it should be.
    static func entries(_ directory: ZipBytes, count: Int) -> [String: ZipEntry]? {
        var entries: [String: ZipEntry] = [:]
        var index = 0
        for _ in 0..<count {
            guard directory.number32(at: index) == 0x0201_4B50,
                let name = directory.number16(at: index + 28), let extra = directory.number16(at: index + 30),
                let comment = directory.number16(at: index + 32),
                index + 46 + name + extra + comment <= directory.bytes.count,
                let entry = entry(directory, at: index, nameBytes: name, extraBytes: extra)
            else { return nil }
            guard entries.updateValue(entry, forKey: entry.name) == nil else { return nil }
            index += 46 + name + extra + comment
        }
        return entries
    }

    private static func entry(
        _ directory: ZipBytes, at index: Int, nameBytes: Int, extraBytes: Int
    ) -> ZipEntry? {
        guard let flags = directory.number16(at: index + 8), let method = directory.number16(at: index + 10),
            let checksum = directory.number32(at: index + 16), var packed = directory.number32(at: index + 20),
            var bytes = directory.number32(at: index + 24), var offset = directory.number32(at: index + 42)
        else { return nil }
        // Only what does not fit stands in the addition, in this order.
        let extra = index + 46 + nameBytes
        if var place = addition64(directory, from: extra, to: extra + extraBytes) {
            for keyPath in [0, 1, 2] {
                let value = [bytes, packed, offset][keyPath]
                guard value == 0xFFFF_FFFF else { continue }
                guard let large = directory.number64(at: place) else { return nil }
                switch keyPath {
                case 0: bytes = large
                case 1: packed = large
                default: offset = large
                }
                place += 8
            }
        }
        return ZipEntry(
            name: String(decoding: directory.bytes[index + 46..<extra], as: UTF8.self),
            method: method == 0 ? .stored : method == 8 ? .deflated : nil, isEncrypted: flags & 0x41 != 0,
            checksum: UInt32(checksum), packedBytes: packed, bytes: bytes, offset: offset)
    }

    private static func addition64(_ directory: ZipBytes, from start: Int, to end: Int) -> Int? {
        var index = start
        while index + 4 <= end, let kind = directory.number16(at: index), let size = directory.number16(at: index + 2) {
            if kind == 1 { return index + 4 }
            index += 4 + size
        }
        return nil
    }
}
