/// An archive that is read piece by piece, from the file: its directory is kept, its parts are not.
struct ZipArchive: ~Copyable {
    private let file: OpenFile
    private let size: Int
    let limits: WorkbookLimits
    /// By name.
    let entries: [String: ZipEntry]

    /// Opens the archive at `path`.
    init(path: String, limits: WorkbookLimits) throws(WorkbookError) {
        let file = try OpenFile(path: path)
        let size = try file.size()
        guard size <= limits.fileBytes else { throw .tooLarge(.fileBytes, atMost: limits.fileBytes) }
        let entries = try Self.directory(of: file, size: size, limits: limits)
        self.entries = entries
        self.file = file
        self.size = size
        self.limits = limits
    }

    private static func directory(
        of file: borrowing OpenFile, size: Int, limits: WorkbookLimits
    ) throws(WorkbookError) -> [String: ZipEntry] {
        let tailBytes = min(size, ZipDirectory.tailBytes)
        let tail = try file.read(at: size - tailBytes, tailBytes)
        guard let found = ZipDirectory.find(in: ZipBytes(bytes: tail), start: size - tailBytes) else { throw .damaged }
        var place = found.place
        if let end64 = found.end64 {
            guard end64 >= 0, end64 + ZipDirectory.end64Bytes <= size,
                let larger = ZipDirectory.place64(
                    ZipBytes(bytes: try file.read(at: end64, ZipDirectory.end64Bytes)))
            else { throw .damaged }
            place = larger
        }
        guard place.entries <= limits.entries else { throw .tooLarge(.entries, atMost: limits.entries) }
        guard place.offset >= 0, place.bytes >= 0, place.offset <= size, place.bytes <= size - place.offset,
            let entries = ZipDirectory.entries(
                ZipBytes(bytes: try file.read(at: place.offset, place.bytes)), count: place.entries)
        else { throw .damaged }
        return entries
    }

    /// Starts to read a part; nil when there is none of that name.
    func part(_ name: String) throws(WorkbookError) -> ZipPart? {
        guard let entry = entries[name] else { return nil }
        guard !entry.isEncrypted else { throw .encrypted }
        guard let method = entry.method else { throw .otherCompression }
        guard entry.bytes <= limits.partBytes else { throw .tooLarge(.partBytes, atMost: limits.partBytes) }
        guard entry.offset <= size - 30 else { throw .damaged }
        // The part's own header may have other additions than the directory, so that only it tells where the part begins.
        let header = ZipBytes(bytes: try file.read(at: entry.offset, 30))
        guard header.number32(at: 0) == 0x0403_4B50, let name = header.number16(at: 26),
            let extra = header.number16(at: 28)
        else { throw .damaged }
        let start = entry.offset + 30 + name + extra
        guard start <= size, entry.packedBytes <= size - start else { throw .damaged }
        return ZipPart(entry: entry, method: method, start: start, limits: limits)
    }

    /// The next bytes of a part, unpacked; nil at its end, when its length and sum are what they should be.
    func next(of part: inout ZipPart) throws(WorkbookError) -> [UInt8]? {
        while true {
            if part.isAtEnd { return try part.finish() }
            let wanted = min(part.packedLeft, limits.chunkBytes)
            let packed = part.needsInput ? try file.read(at: part.position, wanted) : []
            let bytes = try part.unpack(packed)
            if !bytes.isEmpty { return bytes }
        }
    }
}
