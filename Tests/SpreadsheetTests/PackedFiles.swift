import CZlib
import FoundationEssentials

/// An archive made by hand, apart from the room's own writer: every field of it can be wrong.
struct PackedFiles {
    /// One file of it.
    struct File {
        var name: String
        var content: [UInt8]
        var isDeflated = true
        var flags = 0
        var method: Int?
        var checksum: Int?
        /// What the directory tells instead of the content's length.
        var toldBytes: Int?
    }

    var files: [File] = []
    /// Sizes and places go into 64-bit additions, as Java's streaming writers have it.
    var is64Bit = false
    var comment: [UInt8] = []

    mutating func add(_ name: String, _ text: String, isDeflated: Bool = true) {
        files.append(File(name: name, content: Array(text.utf8), isDeflated: isDeflated))
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let packed = file.isDeflated ? Self.deflated(file.content) : file.content
            let sum = file.checksum ?? Int(crc32(crc32(0, nil, 0), file.content, uInt(file.content.count)))
            let told = file.toldBytes ?? file.content.count
            let name = Array(file.name.utf8)
            let offset = bytes.count
            let extra =
                is64Bit ? le(1, 2) + le(24, 2) + le(told, 8) + le(packed.count, 8) + le(offset, 8) : []
            let head =
                le(45, 2) + le(file.flags, 2) + le(file.method ?? (file.isDeflated ? 8 : 0), 2) + le(0, 4) + le(sum, 4)
            let sizes = is64Bit ? le(0xFFFF_FFFF, 4) + le(0xFFFF_FFFF, 4) : le(packed.count, 4) + le(told, 4)
            bytes += le(0x0403_4B50, 4) + head + sizes + le(name.count, 2) + le(0, 2) + name + packed
            directory += le(0x0201_4B50, 4) + le(45, 2) + head + sizes + le(name.count, 2) + le(extra.count, 2)
            directory +=
                le(0, 2) + le(0, 2) + le(0, 2) + le(0, 4) + le(is64Bit ? 0xFFFF_FFFF : offset, 4) + name + extra
        }
        let start = bytes.count
        bytes += directory
        if is64Bit {
            let end = bytes.count
            bytes += le(0x0606_4B50, 4) + le(44, 8) + le(45, 2) + le(45, 2) + le(0, 4) + le(0, 4)
            bytes += le(files.count, 8) + le(files.count, 8) + le(directory.count, 8) + le(start, 8)
            bytes += le(0x0706_4B50, 4) + le(0, 4) + le(end, 8) + le(1, 4)
        }
        let count = is64Bit ? 0xFFFF : files.count
        bytes += le(0x0605_4B50, 4) + le(0, 4) + le(count, 2) + le(count, 2)
        bytes += le(is64Bit ? 0xFFFF_FFFF : directory.count, 4) + le(is64Bit ? 0xFFFF_FFFF : start, 4)
        return bytes + le(comment.count, 2) + comment
    }

    private func le(_ number: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(number >> ($0 * 8) & 0xFF) } }

    static func deflated(_ content: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(czlib_raw_deflate_init(&stream, 9) == Z_OK)
        defer { deflateEnd(&stream) }
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(content.count))))
        var content = content
        let written = content.withUnsafeMutableBufferPointer { input in
            packed.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(output.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                return output.count - Int(stream.avail_out)
            }
        }
        return Array(packed[..<written])
    }

    /// Lends a file of these bytes.
    static func withFile<Value>(_ bytes: [UInt8], _ body: (String) throws -> Value) throws -> Value {
        let path = "/tmp/yuncang-sheet-\(UUID().uuidString).xlsx"
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }
}
