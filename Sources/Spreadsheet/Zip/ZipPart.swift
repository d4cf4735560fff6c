internal import CZlib

/// One file of an archive while it is read: unpacked chunk by chunk, within bounds, and summed up.
struct ZipPart: ~Copyable {
    private let entry: ZipEntry
    private let limits: WorkbookLimits
    private let inflater: Inflater?
    /// Where the next packed bytes are in the archive.
    private(set) var position: Int
    /// How many packed bytes have not been taken yet.
    private(set) var packedLeft: Int
    private var produced = 0
    private var checksum: UInt = crc32(0, nil, 0)

    init(entry: ZipEntry, method: ZipEntry.Method, start: Int, limits: WorkbookLimits) {
        self.entry = entry
        self.limits = limits
        inflater = method == .deflated ? Inflater() : nil
        position = start
        packedLeft = entry.packedBytes
    }

    /// Whether more packed bytes are to be given before any come out.
    var needsInput: Bool { inflater?.hasInput != true }

    /// Whether all has come out.
    var isAtEnd: Bool {
        guard let inflater else { return packedLeft == 0 }
        return inflater.isFinished || (packedLeft == 0 && !inflater.hasInput)
    }

    /// Takes the next packed bytes, if any were asked for, and gives the next that they stand for.
    mutating func unpack(_ packed: [UInt8]) throws(WorkbookError) -> [UInt8] {
        position += packed.count
        packedLeft -= packed.count
        let bytes: [UInt8]
        if let inflater {
            guard let unpacked = inflater.inflate(packed, room: limits.chunkBytes) else { throw .damaged }
            bytes = unpacked
        } else {
            bytes = packed
        }
        produced += bytes.count
        checksum = crc32(checksum, bytes, uInt(bytes.count))
        guard produced <= limits.partBytes else { throw .tooLarge(.partBytes, atMost: limits.partBytes) }
        guard produced <= limits.ratioFreeBytes || produced / limits.unpackingRatio <= entry.packedBytes else {
            throw .tooLarge(.unpackingRatio, atMost: limits.unpackingRatio)
        }
        return bytes
    }

    /// Nil, when all came out as the directory says.
    func finish() throws(WorkbookError) -> [UInt8]? {
        guard inflater?.isFinished != false, produced == entry.bytes,
            UInt32(truncatingIfNeeded: checksum) == entry.checksum
        else { throw .damaged }
        return nil
    }
}

/// zlib's inflate, for deflate without a frame.
final class Inflater {
    // zlib keeps a pointer to the stream in its own state: it must not move, so it is allocated.
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    private var taken = 0
    private var isFull = false
    /// The stream has said that it is over.
    private(set) var isFinished = false

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = czlib_raw_inflate_init(stream)
        precondition(code == Z_OK, "inflateInit2: \(code), which means that there is no memory or another zlib")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether some of what was given has not come out yet.
    var hasInput: Bool { taken < input.count || isFull }

    /// Takes bytes once all before them are through, and gives at most `room`; nil when they are not what deflate makes.
    func inflate(_ bytes: [UInt8], room: Int) -> [UInt8]? {
        if !bytes.isEmpty {
            input = bytes
            taken = 0
        }
        var code: CInt = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            input.withUnsafeBufferPointer { input in
                // zlib reads the input and never writes it; its declaration does not say so.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + taken })
                stream.pointee.avail_in = uInt(input.count - taken)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = uInt(room)
                code = CZlib.inflate(stream, Z_NO_FLUSH)
                taken = input.count - Int(stream.pointee.avail_in)
                count = room - Int(stream.pointee.avail_out)
                stream.pointee.next_in = nil
            }
        }
        isFull = output.count == room && code == Z_OK
        if code == Z_STREAM_END { isFinished = true }
        // No progress is not an error: more input is to come.
        return code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR ? output : nil
    }
}
