internal import CZlib

/// Makes an archive in memory, its files packed by deflate.
struct ZipWriter {
    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Adds a file.
    mutating func append(_ name: String, _ content: [UInt8]) {
        let packed = Self.deflated(content)
        let sum = UInt32(truncatingIfNeeded: crc32(crc32(0, nil, 0), content, uInt(content.count)))
        var common = Self.number16(20) + Self.number16(0x0800) + Self.number16(8)
        // 1980-01-01: the same rows make the same file.
        common += Self.number16(0) + Self.number16(0x21)
        common += Self.number32(Int(sum)) + Self.number32(packed.count) + Self.number32(content.count)
        common += Self.number16(name.utf8.count) + Self.number16(0)
        directory += Self.number32(0x0201_4B50) + Self.number16(20) + common
        directory += Self.number16(0) + Self.number16(0) + Self.number16(0) + Self.number32(0)
        directory += Self.number32(bytes.count) + Array(name.utf8)
        bytes += Self.number32(0x0403_4B50) + common + Array(name.utf8) + packed
        count += 1
    }

    /// The archive, complete.
    consuming func finished() -> [UInt8] {
        let offset = bytes.count
        bytes += directory
        bytes += Self.number32(0x0605_4B50) + Self.number16(0) + Self.number16(0)
        bytes += Self.number16(count) + Self.number16(count) + Self.number32(directory.count)
        bytes += Self.number32(offset) + Self.number16(0)
        return bytes
    }

    private static func number16(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)] }

    private static func number32(_ number: Int) -> [UInt8] {
        number16(number & 0xFFFF) + number16(number >> 16 & 0xFFFF)
    }

    private static func deflated(_ content: [UInt8]) -> [UInt8] {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = czlib_raw_deflate_init(stream, 6)
        precondition(code == Z_OK, "deflateInit2: \(code), which means that there is no memory or another zlib")
        defer {
            deflateEnd(stream)
            stream.deallocate()
        }
        let room = Int(deflateBound(stream, uLong(content.count)))
        return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            content.withUnsafeBufferPointer { input in
                // zlib reads the input and never writes it; its declaration does not say so.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = uInt(input.count)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = uInt(room)
                let code = deflate(stream, Z_FINISH)
                precondition(code == Z_STREAM_END, "deflate wanted more room than deflateBound told")
                count = room - Int(stream.pointee.avail_out)
            }
        }
    }
}
